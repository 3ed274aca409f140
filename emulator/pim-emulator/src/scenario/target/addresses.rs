//! Where a target is.

use std::fmt;
use std::net::IpAddr;
use ureq::http::Uri;

/// Where a target is, as it was said.
#[derive(Clone, Debug, Default)]
pub struct TargetAddresses {
    /// Its address; that of Microsoft Graph where each part has its own.
    pub graph: String,
    /// The address of Azure Resource Manager, where it is another one.
    pub resource_manager: Option<String>,
    /// The address where one signs in, where it is another one.
    pub login: Option<String>,
    /// The certificates to trust instead of those of the machine, as PEM.
    pub certificate_pem: Option<Vec<u8>>,
}

/// Why something cannot be a target, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TargetError(pub(super) String);

impl fmt::Display for TargetError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for TargetError {}

/// The same, looked at: each without a slash at the end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Addresses {
    pub(super) graph: String,
    pub(super) resource_manager: String,
    pub(super) login: String,
}

/// Microsoft's own, which are three.
const MICROSOFT: [&str; 3] =
    ["https://graph.microsoft.com", "https://management.azure.com", "https://login.microsoftonline.com"];

impl Addresses {
    pub(super) fn of(said: &TargetAddresses) -> Result<Self, TargetError> {
        let graph = base(&said.graph)?;
        let [_, manager, login] = if graph == MICROSOFT[0] { MICROSOFT } else { [graph.as_str(); 3] };
        Ok(Self {
            resource_manager: base(said.resource_manager.as_deref().unwrap_or(manager))?,
            login: base(said.login.as_deref().unwrap_or(login))?,
            graph,
        })
    }
}

/// An address without a path. What is secret goes over plain HTTP only within this machine.
fn base(text: &str) -> Result<String, TargetError> {
    let wrong = || TargetError(format!("'{text}' is not an address like https://graph.microsoft.com"));
    let uri: Uri = text.parse().map_err(|_| wrong())?;
    let (Some(scheme), Some(authority), "" | "/", None) = (uri.scheme_str(), uri.authority(), uri.path(), uri.query())
    else {
        return Err(wrong());
    };
    if authority.as_str().contains('@') {
        return Err(TargetError("who signs in stands in the file of the target, and not in its address".to_owned()));
    }
    match scheme {
        "https" => Ok(format!("https://{authority}").to_ascii_lowercase()),
        "http" if is_loopback(authority.host()) => Ok(format!("http://{authority}").to_ascii_lowercase()),
        "http" => Err(TargetError(format!("passwords and tokens would travel unprotected: say https://{authority}"))),
        _ => Err(wrong()),
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{Addresses, TargetAddresses};

    fn of(graph: &str) -> Result<Addresses, String> {
        let said = TargetAddresses { graph: graph.to_owned(), ..TargetAddresses::default() };
        Addresses::of(&said).map_err(|error| error.to_string())
    }

    #[test]
    fn microsoft_has_three_addresses_and_an_emulator_one() {
        let microsoft = of("https://graph.microsoft.com/").unwrap();
        assert_eq!(microsoft.resource_manager, "https://management.azure.com");
        assert_eq!(microsoft.login, "https://login.microsoftonline.com");
        let emulator = of("http://localhost:8443").unwrap();
        assert_eq!((emulator.login.as_str(), emulator.resource_manager.as_str()), (&*emulator.graph, &*emulator.graph));
    }

    #[test]
    fn secrets_do_not_travel_unprotected() {
        assert!(of("http://10.0.0.1:8443").unwrap_err().contains("https://10.0.0.1:8443"));
        assert!(of("http://[::1]:8443").is_ok());
        for no_address in
            ["localhost:8443", "https://graph.microsoft.com/v1.0", "ftp://localhost", "https://a:b@localhost"]
        {
            assert!(of(no_address).is_err(), "{no_address}");
        }
    }
}
