//! `/privilegedAccess`: the older routes of PIM, in beta alone and on their way out.

pub(crate) mod aad_groups;
