//! The control API is closed to web pages of other sites, and to whoever lacks the key.

use crate::support::{Answer, Client};
use axum::body::Body;
use axum::http::{Request, header};
use pim_emulator::control::Options;

async fn get(client: &Client, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    client.send(request.body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn pages_of_other_sites_are_kept_out() {
    let client = Client::new();
    for origin in
        ["https://evil.example", "null", "http://localhost.evil.example", "https://graph.microsoft.com", "file://"]
    {
        let answer = get(&client, "/_emulator/tenants", &[("host", "localhost:8443"), ("origin", origin)]).await;
        answer.problem(403, "CrossSite");
    }
    for origin in ["http://localhost:3000", "https://127.0.0.1:8443", "http://[::1]:8080"] {
        let answer = get(&client, "/_emulator/tenants", &[("host", "localhost:8443"), ("origin", origin)]).await;
        assert_eq!(answer.status, 200, "{origin}");
    }
    let own = [("host", "graph.microsoft.com"), ("origin", "https://graph.microsoft.com")];
    assert_eq!(get(&client, "/_emulator/tenants", &own).await.status, 200);
}

#[tokio::test]
async fn a_foreign_name_for_our_address_is_refused() {
    let client =
        Client::with(Options { hosts: vec!["pim.test".to_owned(), "fd00::1".to_owned()], ..Options::default() });
    for host in ["evil.example", "evil.example:8443", "localhost.evil.example", "10.0.0.1", "a b"] {
        get(&client, "/_emulator/health", &[("host", host)]).await.problem(403, "CrossSite");
    }
    for host in [
        "localhost",
        "LOCALHOST:1",
        "127.0.0.1:8443",
        "[::1]:8443",
        "graph.microsoft.com",
        "pim.test:8443",
        "[fd00::1]:8443",
    ] {
        assert_eq!(get(&client, "/_emulator/health", &[("host", host)]).await.status, 200, "{host}");
    }
}

#[tokio::test]
async fn a_key_is_asked_for_where_one_is_set() {
    let client = Client::with(Options { admin_key: Some("s3cret".to_owned()), ..Options::default() });
    for headers in [&[][..], &[("x-emulator-key", "wrong!")], &[("x-emulator-key", "s3cre")], &[("x-emulator-key", "")]]
    {
        get(&client, "/_emulator/tenants", headers).await.problem(401, "KeyRequired");
        get(&client, "/_emulator/nothing", headers).await.problem(401, "KeyRequired");
    }
    let key = ("x-emulator-key", "s3cret");
    assert_eq!(get(&client, "/_emulator/tenants", &[key]).await.status, 200);
    assert_eq!(get(&client, "/_emulator/tenants", &[key, ("host", "emulator:8443")]).await.status, 200);
    get(&client, "/_emulator/tenants", &[key, ("origin", "https://evil.example")]).await.problem(403, "CrossSite");
    assert_eq!(get(&client, "/_emulator/health", &[]).await.status, 200, "health needs no key");
    assert!(
        !format!("{:?}", Options { admin_key: Some("s3cret".to_owned()), ..Options::default() }).contains("s3cret")
    );
}

#[tokio::test]
async fn the_certificate_is_handed_out_where_there_is_one() {
    let pem = "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n";
    let client = Client::with(Options { authority_pem: Some(pem.to_owned()), ..Options::default() });
    let answer = get(&client, "/_emulator/ca.pem", &[]).await;
    assert_eq!(answer.body, pem.as_bytes());
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/x-pem-file");
    get(&Client::new(), "/_emulator/ca.pem", &[]).await.problem(404, "NotFound");
}
