//! The certificate authority: kept, guarded, and good for nothing but its few names.

use std::fs;
use std::sync::{Arc, Barrier};

use chrono::TimeDelta;
use pim_emulator::net::{AuthorityError, CertificateAuthority};
use rcgen::{CertificateParams, Issuer, KeyPair};
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::aws_lc_rs;
use rustls_pki_types::{ServerName, UnixTime};

use super::kit::{Scratch, now};

fn load(scratch: &Scratch) -> Result<CertificateAuthority, AuthorityError> {
    CertificateAuthority::load_or_create(&scratch.0, now())
}

#[test]
fn it_is_kept_over_restarts() {
    let scratch = Scratch::new();
    let first = load(&scratch).unwrap();
    let second = load(&scratch).unwrap();
    assert_eq!(first.certificate_pem(), second.certificate_pem());
    let kept = fs::read_to_string(scratch.0.join("ca.pem")).unwrap();
    assert_eq!(kept, first.certificate_pem());
    assert!(!kept.contains("PRIVATE"));
}

#[cfg(unix)]
#[test]
fn its_key_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new();
    load(&scratch).unwrap();
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(scratch.0.join("ca-key.pem")), 0o600);
    assert_eq!(mode(scratch.0.clone()), 0o700);
}

#[test]
fn processes_that_start_at_once_agree_on_one() {
    let scratch = Scratch::new();
    let together = Barrier::new(8);
    let made: Vec<String> = std::thread::scope(|scope| {
        let starts = [(); 8].map(|()| {
            scope.spawn(|| {
                together.wait();
                load(&scratch).unwrap().certificate_pem().to_owned()
            })
        });
        starts.map(|start| start.join().unwrap()).into()
    });
    assert!(made.iter().all(|pem| *pem == made[0]));
    assert_eq!(load(&scratch).unwrap().certificate_pem(), made[0]);
}

#[test]
fn files_that_cannot_be_used_are_named_and_left_alone() {
    let other = Scratch::new();
    load(&other).unwrap();
    let other_key = fs::read(other.0.join("ca-key.pem")).unwrap();
    let not_ours = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    for (file, text, said) in [
        ("ca.pem", &b"garbage"[..], "is not a PEM certificate"),
        ("ca.pem", b"\xff\xfe", "is not a PEM file"),
        ("ca.pem", b"", "is not a PEM certificate"),
        ("ca.pem", not_ours.cert.pem().as_bytes(), "is not the certificate of an authority"),
        ("ca-key.pem", b"garbage", "is not a usable private key"),
    ] {
        let scratch = Scratch::new();
        load(&scratch).unwrap();
        let path = scratch.0.join(file);
        fs::write(&path, text).unwrap();
        let error = load(&scratch).unwrap_err().to_string();
        assert!(error.starts_with(path.to_str().unwrap()), "{error}");
        assert!(error.contains(said), "{error}");
        assert_eq!(fs::read(&path).unwrap(), text, "it is not overwritten");
    }

    let scratch = Scratch::new();
    load(&scratch).unwrap();
    fs::write(scratch.0.join("ca-key.pem"), other_key).unwrap();
    let error = load(&scratch).unwrap_err().to_string();
    assert!(error.contains("does not belong to the key"), "{error}");

    fs::remove_file(scratch.0.join("ca-key.pem")).unwrap();
    let error = load(&scratch).unwrap_err().to_string();
    assert!(error.contains("ca-key.pem: is missing"), "{error}");
}

#[test]
fn a_start_that_was_interrupted_between_the_files_is_completed() {
    let scratch = Scratch::new();
    load(&scratch).unwrap();
    let key = fs::read(scratch.0.join("ca-key.pem")).unwrap();
    fs::remove_file(scratch.0.join("ca.pem")).unwrap();
    fs::write(scratch.0.join("ca.pem.new"), "half a cert").unwrap();
    load(&scratch).unwrap();
    assert_eq!(fs::read(scratch.0.join("ca-key.pem")).unwrap(), key);
}

#[test]
fn one_that_has_expired_says_so() {
    let scratch = Scratch::new();
    load(&scratch).unwrap();
    let later = now() + TimeDelta::days(3651);
    let error = CertificateAuthority::load_or_create(&scratch.0, later).unwrap_err();
    assert!(error.to_string().contains("ca.pem: expired on "), "{error}");
}

#[test]
fn one_that_may_sign_for_the_whole_world_is_not_used() {
    let scratch = Scratch::new();
    load(&scratch).unwrap();
    let key = fs::read_to_string(scratch.0.join("ca-key.pem")).unwrap();
    let mut params = CertificateParams::default();
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let unlimited = params.self_signed(&KeyPair::from_pem(&key).unwrap());
    fs::write(scratch.0.join("ca.pem"), unlimited.unwrap().pem()).unwrap();
    let error = load(&scratch).unwrap_err().to_string();
    assert!(error.contains("is not limited to the names"), "{error}");
}

#[test]
fn it_cannot_vouch_for_any_other_name() {
    let scratch = Scratch::new();
    let authority = load(&scratch).unwrap();
    let key = fs::read_to_string(scratch.0.join("ca-key.pem")).unwrap();
    let key = KeyPair::from_pem(&key).unwrap();
    let issuer = Issuer::from_ca_cert_der(authority.certificate_der(), key).unwrap();

    let mut roots = RootCertStore::empty();
    roots.add(authority.certificate_der().clone()).unwrap();
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider);
    let verifier = verifier.build().unwrap();
    let verify = |name: &str| {
        let params = CertificateParams::new([name.to_owned()]).unwrap();
        let leaf = params.signed_by(&KeyPair::generate().unwrap(), &issuer).unwrap();
        let asked = ServerName::try_from(name.to_owned()).unwrap();
        verifier.verify_server_cert(leaf.der(), &[], &asked, &[], UnixTime::now())
    };
    for name in ["localhost", "graph.microsoft.com", "127.9.9.9", "::1"] {
        assert!(verify(name).is_ok(), "{name}: {:?}", verify(name));
    }
    for name in ["example.com", "microsoft.com", "10.0.0.1", "::2"] {
        let error = verify(name).expect_err(name).to_string();
        assert!(error.contains("NameConstraintViolation"), "{name}: {error}");
    }
}
