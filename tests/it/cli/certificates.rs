//! Certificates: a server that cannot show a good one gets nothing, the token least of all.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rcgen::{BasicConstraints, Certificate, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};

use super::{Project, SECRET};
use crate::run::Run;

const HOST: &str = "graph.facebook.com";

/// Who signs certificates, and the certificate that says so.
fn authority(name: &str) -> (Issuer<'static, KeyPair>, String) {
    let key = KeyPair::generate().expect("a key");
    let mut params = CertificateParams::new(Vec::new()).expect("parameters");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, name);
    let pem = params.self_signed(&key).expect("a certificate").pem();
    (Issuer::new(params, key), pem)
}

fn params(host: &str) -> CertificateParams {
    CertificateParams::new(vec![host.to_owned()]).expect("parameters")
}

/// What was said to the servers behind the proxy, a text for each connection: nothing where TLS did not come about.
type Said = Arc<Mutex<Vec<String>>>;

/// A proxy that leads every connection to a server with this certificate.
fn proxy(certificate: &Certificate, key: &KeyPair) -> (String, Said) {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .expect("a certificate and its key");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let said = Said::default();
    let log = Arc::clone(&said);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let heard = serve(stream, &config).unwrap_or_default();
            log.lock().expect("no panic elsewhere").push(heard);
        }
    });
    (address, said)
}

/// Answers one request with an empty account, and gives back what was said.
fn serve(mut stream: TcpStream, config: &Arc<ServerConfig>) -> Option<String> {
    let connect = head(&mut stream)?;
    assert!(connect.starts_with(&format!("CONNECT {HOST}:443 ")), "{connect}");
    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").ok()?;
    let mut connection = ServerConnection::new(Arc::clone(config)).ok()?;
    let mut tls = Stream::new(&mut connection, &mut stream);
    let heard = head(&mut tls)?;
    let body = "{\"data\": []}";
    let answer =
        format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    tls.write_all(answer.as_bytes()).ok()?;
    tls.conn.send_close_notify();
    tls.flush().ok()?;
    Some(heard)
}

fn head(stream: &mut impl Read) -> Option<String> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.extend(byte);
    }
    Some(String::from_utf8_lossy(&head).into_owned())
}

/// What was said, once a connection has ended: the server may learn of that after the client is gone.
fn said_over_one(said: &Said) -> Vec<String> {
    let patience = Instant::now() + Duration::from_secs(20);
    loop {
        let heard = said.lock().expect("no panic elsewhere").clone();
        if !heard.is_empty() || Instant::now() > patience {
            return heard;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// `watpl diff` through the proxy, with the certificates that are trusted.
fn run(project: &Project, proxy: &str) -> Run {
    let mut command = project.command("diff -vv");
    command.env("WATPL_TOKEN", SECRET).env("HTTPS_PROXY", proxy);
    Run::of(command.env("SSL_CERT_FILE", project.path("trusted.pem")))
}

#[test]
fn g01_a_server_without_a_good_certificate_learns_nothing_and_is_asked_once() {
    let (issuer, pem) = authority("The authority of a test");
    let (stranger, _) = authority("An authority that nobody trusts");
    let project = Project::at_meta().with("trusted.pem", pem);
    let key = KeyPair::generate().expect("a key");
    let until = |year: i32| {
        let mut params = params(HOST);
        params.not_after = date_time_ymd(year, 1, 1);
        params
    };
    let mut early = params(HOST);
    early.not_before = date_time_ymd(3000, 1, 1);
    let signed = |params: CertificateParams| params.signed_by(&key, &issuer).expect("a certificate");
    let cases = [
        ("expired", signed(until(2020)), "expired"),
        ("not valid yet", signed(early), "not valid yet"),
        ("of another host", signed(params("graph.example.com")), "not valid for name"),
        ("self-signed", params(HOST).self_signed(&key).expect("a certificate"), "UnknownIssuer"),
        ("of a stranger", params(HOST).signed_by(&key, &stranger).expect("a certificate"), "UnknownIssuer"),
    ];
    for (what, certificate, cause) in cases {
        let (address, said) = proxy(&certificate, &key);
        let run = run(&project, &address);
        run.assert(3, &[HOST, "cannot be reached", cause, "help: check this machine's clock"]);
        assert!(!run.shown().contains(SECRET), "{what}: {}", run.shown());
        // One connection, over which nothing was said: what is wrong with a certificate is so the next time too.
        assert_eq!(said_over_one(&said), [""], "{what}");
    }
}

#[test]
fn g20_certificates_of_a_file_are_trusted_where_the_environment_names_it() {
    let (issuer, pem) = authority("The authority of a test");
    let project = Project::at_meta().with("trusted.pem", pem);
    let key = KeyPair::generate().expect("a key");
    let (address, said) = proxy(&params(HOST).signed_by(&key, &issuer).expect("a certificate"), &key);
    run(&project, &address).assert(0, &["1 to create"]);
    let said = said_over_one(&said).join("\n");
    assert!(said.contains("GET /v26.0/100000000000000/message_templates"), "{said}");
    assert!(
        said.to_lowercase().contains(&format!("authorization: bearer {}", SECRET.to_lowercase())),
        "{said}"
    );
}
