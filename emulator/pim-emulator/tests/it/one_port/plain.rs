//! Plain HTTP, and what is not HTTP at all.

use std::time::Duration;

use pim_emulator::net::Patience;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::kit::{assert_answer, echo, exchange, get, read_head, start, start_with};

#[tokio::test]
async fn plain_http_is_served_and_names_its_origin() {
    let port = start().await;
    let answer = port.say(&get("/v1.0/me", "localhost:8443")).await;
    assert_answer(&answer, 200, "http://localhost:8443 /v1.0/me Some(ByPath)");
}

#[tokio::test]
async fn a_connection_is_kept_alive() {
    let port = start().await;
    let mut stream = port.connect().await;
    for _ in 0..3 {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
        let head = read_head(&mut stream).await;
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
        let mut body = [0; "http://a / None".len()];
        stream.read_exact(&mut body).await.unwrap();
        assert_eq!(&body, b"http://a / None");
    }
}

#[tokio::test]
async fn without_a_host_the_origin_is_the_sockets_address() {
    let port = start().await;
    let answer = port.say(b"GET /x HTTP/1.0\r\n\r\n").await;
    let origin = format!("http://{} /x Some(ByPath)", port.address);
    assert!(answer.ends_with(&origin), "{answer}");
}

#[tokio::test]
async fn a_host_that_cannot_be_one_never_becomes_an_origin() {
    let port = start().await;
    let answer = port.say(&get("/", "a\"><script>")).await;
    assert_answer(&answer, 200, "http://localhost / Some(ByPath)");
}

#[tokio::test]
async fn an_absolute_request_is_served_for_a_served_host() {
    let port = start().await;
    let answer = port.say(&get("http://graph.microsoft.com/v1.0/me", "elsewhere")).await;
    assert_answer(&answer, 200, "http://graph.microsoft.com /v1.0/me Some(Graph)");
    let answer = port.say(&get("http://[::1]:8443/x", "elsewhere")).await;
    assert_answer(&answer, 200, "http://[::1]:8443 /x Some(ByPath)");
}

#[tokio::test]
async fn an_absolute_request_for_any_other_host_is_refused() {
    let port = start().await;
    let answer = port.say(&get("http://example.com/", "localhost")).await;
    assert!(answer.starts_with("HTTP/1.1 403 "), "{answer}");
    assert!(answer.contains("'example.com' is not served"), "{answer}");
    assert!(answer.contains("never reaches the real network"), "{answer}");
}

#[tokio::test]
async fn a_method_that_begins_like_connect_is_an_ordinary_request() {
    let port = start().await;
    let answer = port.say(b"COPY /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await;
    assert_answer(&answer, 200, "http://localhost /a Some(ByPath)");
}

#[tokio::test]
async fn a_later_connect_on_a_kept_connection_is_refused() {
    let port = start().await;
    let answer =
        port.say(b"GET / HTTP/1.1\r\nHost: a\r\n\r\nCONNECT localhost:1 HTTP/1.1\r\nConnection: close\r\n\r\n").await;
    assert!(answer.contains("HTTP/1.1 400 "), "{answer}");
}

#[tokio::test]
async fn garbage_ends_in_a_refusal_or_a_closed_connection() {
    let port = start().await;
    for bytes in [
        &b"\0\0\0\0\r\n\r\n"[..],
        b"\xff\xfe\xfd\r\n\r\n",
        b"C\0\0\r\n\r\n",
        b"CONNECT\r\n\r\n",
        b"\x16\x03\x01\x00\x05hello",
        b"\x16\xff\xff\xff\xff\xff\xff",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\ngarbage that is no frame",
        b"connect graph.microsoft.com:443 HTTP/1.1\r\nConnection: close\r\n\r\n",
    ] {
        let answer = port.say(bytes).await;
        assert!(!answer.contains(" 200 "), "{bytes:?}: {answer}");
    }
    let answer = port.say(&get("/", "still-there")).await;
    assert_answer(&answer, 200, "http://still-there / None");
}

#[tokio::test]
async fn a_huge_head_is_refused() {
    let port = start().await;
    let mut request = b"GET / HTTP/1.1\r\nHost: a\r\nX: ".to_vec();
    request.resize(600 * 1024, b'x');
    request.extend_from_slice(b"\r\n\r\n");
    let mut stream = port.connect().await;
    // The port may close before all is sent.
    let _ = stream.write_all(&request).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer);
    assert!(!answer.contains(" 200 "), "{answer}");
}

#[tokio::test]
async fn a_client_that_dawdles_is_dropped_and_one_that_has_asked_may_stay() {
    let patience = Patience { reception: Duration::from_millis(200), ..Patience::default() };
    let port = start_with(echo(), "127.0.0.1:0", patience).await;
    let mut known = port.connect().await;
    known.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    for beginning in
        [&b""[..], b"G", b"GET / HTTP/1.1\r\nHost:", b"CONNECT graph.mic", b"\x16\x03", b"PRI * HTTP/2.0\r\n"]
    {
        let mut stream = port.connect().await;
        stream.write_all(beginning).await.unwrap();
        let mut rest = Vec::new();
        let closed = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut rest));
        assert!(closed.await.is_ok(), "{beginning:?}");
    }
    let answer = exchange(known, &get("/", "b")).await;
    assert!(answer.ends_with("http://b / None"), "{answer}");
}

#[tokio::test]
async fn stopping_lets_a_running_request_end_and_accepts_no_other() {
    let port = start().await;
    let idle = port.connect().await;
    let running = tokio::spawn(exchange(port.connect().await, &[]));
    let slow = port.connect().await;
    let slow = tokio::spawn(async move { exchange(slow, &get("/slow", "a")).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    port.stop.send(()).unwrap();
    assert!(port.served.await.unwrap().is_ok());
    assert_answer(&slow.await.unwrap(), 200, "slow");
    assert_eq!(running.await.unwrap(), "");
    drop(idle);
    assert!(tokio::net::TcpStream::connect(port.address).await.is_err(), "nothing listens any more");
}
