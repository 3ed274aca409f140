//! Where the port may listen.

use pim_emulator::net::{bind, bind_is_allowed};

#[test]
fn loopback_needs_no_key_and_the_network_does() {
    let allowed = |addr: &str, key, insecure| {
        bind_is_allowed(addr.parse().unwrap(), key, insecure).map_err(|error| error.to_string())
    };
    for addr in ["127.0.0.1:1", "127.0.0.2:1", "[::1]:1", "[::ffff:127.0.0.1]:1"] {
        assert_eq!(allowed(addr, None, false), Ok(()), "{addr}");
    }
    for addr in ["0.0.0.0:1", "[::]:1", "192.168.1.1:1"] {
        assert_eq!(allowed(addr, Some("key"), false), Ok(()), "{addr}");
        assert_eq!(allowed(addr, None, true), Ok(()), "{addr}");
        for key in [None, Some("")] {
            let said = allowed(addr, key, false).unwrap_err();
            assert!(said.contains(addr), "{said}");
            assert!(said.contains("--admin-key KEY"), "{said}");
            assert!(said.contains("--insecure-no-admin-key"), "{said}");
        }
    }
}

#[tokio::test]
async fn a_taken_port_is_explained() {
    let first = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let taken = first.local_addr().unwrap();
    let said = bind(taken).await.unwrap_err().to_string();
    assert_eq!(
        said,
        format!(
            "port {} on 127.0.0.1 is taken by another program; choose another with --listen 127.0.0.1:PORT \
             (port 0 picks a free one)",
            taken.port()
        )
    );
}
