//! What lies between a tenant and its callers: faults, the journal of requests, the hostile profile.

mod dropped;
mod faults;
mod hostile;
mod journal;
mod kit;
