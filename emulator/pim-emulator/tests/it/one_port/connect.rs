//! `CONNECT` and what happens inside a tunnel.

use std::time::Duration;

use pim_emulator::net::SERVED_HOSTS;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::kit::{Port, assert_answer, exchange, get, read_head, start};

/// A tunnel opened by this request.
async fn tunnel(port: &Port, request: &str) -> TcpStream {
    let mut stream = port.connect().await;
    let sent = stream.write_all(request.as_bytes()).await;
    sent.expect("a port that listens");
    let head = read_head(&mut stream).await;
    assert_eq!(head, "HTTP/1.1 200 Connection Established\r\n\r\n", "{request}");
    stream
}

#[tokio::test]
async fn a_tunnel_ends_in_a_certificate_for_the_name_asked() {
    let port = start().await;
    for (name, surface) in SERVED_HOSTS {
        let stream = tunnel(&port, &format!("CONNECT {name}:443 HTTP/1.1\r\n\r\n")).await;
        let secure = port.tls_over(stream, name).await.unwrap();
        let answer = exchange(secure, &get("/v1.0/me", name)).await;
        let body = format!("https://{name} /v1.0/me Some({surface:?})");
        assert_answer(&answer, 200, &body);
    }
}

#[tokio::test]
async fn connect_is_understood_in_all_its_spellings() {
    let port = start().await;
    for (request, name) in [
        ("CONNECT graph.microsoft.com:443 HTTP/1.0\r\n\r\n", "graph.microsoft.com"),
        (
            "CONNECT Graph.Microsoft.COM:8443 HTTP/1.1\r\nhOST: x\r\n\
             proxy-AUTHORIZATION: Basic eA==\r\nProxy-Connection: Keep-Alive\r\n\r\n",
            "graph.microsoft.com",
        ),
        ("CONNECT localhost:1 HTTP/1.1\n\n", "localhost"),
        ("CONNECT [::1]:443 HTTP/1.1\r\n\r\n", "::1"),
        ("CONNECT 127.0.0.1:443 HTTP/1.1\r\n\r\n", "127.0.0.1"),
    ] {
        let stream = tunnel(&port, request).await;
        let secure = port.tls_over(stream, name).await.unwrap();
        let answer = exchange(secure, &get("/", "a:443")).await;
        assert_answer(&answer, 200, "https://a:443 / None");
    }
}

#[tokio::test]
async fn connect_may_come_byte_by_byte() {
    let port = start().await;
    let mut stream = port.connect().await;
    for byte in b"CONNECT login.microsoftonline.com:443 HTTP/1.1\r\nHost: x\r\n\r\n" {
        stream.write_all(&[*byte]).await.unwrap();
        stream.flush().await.unwrap();
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    read_head(&mut stream).await;
    let secure = port.tls_over(stream, "login.microsoftonline.com").await;
    let answer = exchange(secure.unwrap(), &get("/", "login.microsoftonline.com")).await;
    assert_answer(&answer, 200, "https://login.microsoftonline.com / Some(Login)");
}

#[tokio::test]
async fn what_follows_connect_in_one_write_is_not_lost() {
    let port = start().await;
    let mut bytes = b"CONNECT graph.microsoft.com:80 HTTP/1.1\r\n\r\n".to_vec();
    bytes.extend(get("/hasty", "graph.microsoft.com"));
    let answer = port.say(&bytes).await;
    assert_answer(&answer, 200, "http://graph.microsoft.com /hasty Some(Graph)");
}

#[tokio::test]
async fn plain_http_is_served_inside_a_tunnel() {
    let port = start().await;
    let stream = tunnel(&port, "CONNECT management.azure.com:80 HTTP/1.1\r\n\r\n").await;
    let answer = exchange(stream, &get("/tenants", "management.azure.com")).await;
    assert_answer(&answer, 200, "http://management.azure.com /tenants Some(ResourceManager)");
}

#[tokio::test]
async fn a_tunnel_without_a_name_in_the_greeting_shows_the_tunnels_certificate() {
    use rustls_pki_types::ServerName;
    let port = start().await;
    let stream = tunnel(&port, "CONNECT graph.microsoft.com:443 HTTP/1.1\r\n\r\n").await;
    let connector = port.trusting(&[]);
    let mut config = connector.config().as_ref().clone();
    config.enable_sni = false;
    let name = ServerName::try_from("graph.microsoft.com").unwrap();
    tokio_rustls::TlsConnector::from(std::sync::Arc::new(config)).connect(name, stream).await.unwrap();
}

#[tokio::test]
async fn a_proxy_may_be_reached_over_tls_too() {
    let port = start().await;
    let mut outer = port.tls_over(port.connect().await, "localhost").await.unwrap();
    outer.write_all(b"CONNECT graph.microsoft.com:443 HTTP/1.1\r\n\r\n").await.unwrap();
    read_head(&mut outer).await;
    let inner = port.tls_over(outer, "graph.microsoft.com").await.unwrap();
    let answer = exchange(inner, &get("/", "graph.microsoft.com")).await;
    assert_answer(&answer, 200, "https://graph.microsoft.com / Some(Graph)");
}

#[tokio::test]
async fn any_other_host_is_refused_at_once() {
    let port = start().await;
    for host in [
        "example.com:443",
        "graph.microsoft.com.example.com:443",
        "evilgraph.microsoft.com:443",
        "10.0.0.1:443",
        "[2001:db8::1]:443",
        "localhost.example:443",
    ] {
        let at_once = Duration::from_millis(900);
        let request = format!("CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        let mut stream = port.connect().await;
        stream.write_all(request.as_bytes()).await.unwrap();
        let head = tokio::time::timeout(at_once, read_head(&mut stream)).await;
        let head = head.expect("an answer at once");
        assert!(head.starts_with("HTTP/1.1 403 Forbidden\r\n"), "{head}");
        assert!(head.contains("Connection: close\r\n"), "{head}");
        let body = exchange(stream, b"").await;
        let bare = host.trim_end_matches(":443").trim_matches(['[', ']']);
        assert!(body.contains(bare), "{body}");
        assert!(body.contains("never reaches the real network"), "{body}");
    }
}

#[tokio::test]
async fn a_connect_that_makes_no_sense_is_refused() {
    let port = start().await;
    for request in [
        "CONNECT  HTTP/1.1\r\n\r\n",
        "CONNECT graph.microsoft.com:443\r\n\r\n",
        "CONNECT graph.microsoft.com:443 HTTP/2.0\r\n\r\n",
        "CONNECT a b HTTP/1.1\r\n\r\n",
        "CONNECT user@graph.microsoft.com:443 HTTP/1.1\r\n\r\n",
        "CONNECT \u{e9}:443 HTTP/1.1\r\n\r\n",
        "CONNECT \" HTTP/1.1\r\n\r\n",
        "CONNECT [::1 HTTP/1.1\r\n\r\n",
    ] {
        let answer = port.say(request.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{request}: {answer}");
    }
}

#[tokio::test]
async fn a_connect_with_a_huge_head_is_refused() {
    let port = start().await;
    let mut request = b"CONNECT graph.microsoft.com:443 HTTP/1.1\r\nX: ".to_vec();
    request.resize(64 * 1024, b'x');
    let answer = port.say(&request).await;
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
}

#[tokio::test]
async fn a_tunnel_inside_a_tunnel_is_refused() {
    let port = start().await;
    let stream = tunnel(&port, "CONNECT localhost:443 HTTP/1.1\r\n\r\n").await;
    let again = b"CONNECT graph.microsoft.com:443 HTTP/1.1\r\nConnection: close\r\n\r\n";
    let answer = exchange(stream, again).await;
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
}
