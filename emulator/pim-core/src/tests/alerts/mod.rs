//! Alerts: what each finds, when the tenant is scanned, and what may be done with them.

mod azure_roles;
mod configuring;
mod directory_roles;
mod remediating;
mod scanning;
