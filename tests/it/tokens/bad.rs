//! Tokens that are not good, each for a reason of its own. None is told which.

use jiff::Timestamp;
use jsonwebtoken::Algorithm;
use serde_json::{Map, Value, json};
use statechat::auth::{Auth, guest};
use statechat::identity::Role;

use super::signer::{Signer, encoded};
use super::{AUDIENCE, but, claims, key};
use crate::server::{identity, token};

/// A token, and what is wrong with it.
pub(super) type Bad = (String, String);

fn named(cases: Vec<(&str, String)>) -> Vec<Bad> {
    let cases = cases.into_iter();
    cases
        .map(|(name, token)| (name.to_owned(), token))
        .collect()
}

/// All that are bad where the tokens of `signer` are good.
pub(super) fn tokens(signer: &Signer, other: &Signer, public: &str) -> Vec<Bad> {
    let parts = [unsigned(signer), swapped(signer, other, public)];
    let claims = [times(signer), addressees(signer), users(signer)];
    let texts = [headers(signer, other), pieces(signer), texts(signer)];
    parts
        .into_iter()
        .chain(claims)
        .chain(texts)
        .flatten()
        .collect()
}

/// Without a signature.
fn unsigned(signer: &Signer) -> Vec<Bad> {
    let spellings = ["none", "None", "NONE", "nOnE", ""];
    let mut cases = Vec::new();
    for spelling in spellings {
        let mut header = signer.header();
        header["alg"] = json!(spelling);
        let message = format!(
            "{}.{}",
            encoded(header.to_string()),
            encoded(claims("u1").to_string())
        );
        cases.push((
            format!("alg {spelling:?}, no signature"),
            format!("{message}."),
        ));
        let good = signer.token(&claims("u1"));
        let signature = good.rsplit('.').next().unwrap();
        cases.push((
            format!("alg {spelling:?}, another's signature"),
            format!("{message}.{signature}"),
        ));
    }
    let mut header = signer.header();
    header.as_object_mut().unwrap().remove("alg");
    cases.push((
        "no alg".into(),
        signer.signed(&header.to_string(), claims("u1").to_string()),
    ));
    cases
}

/// Signed by another key, or by another algorithm with what everybody knows.
fn swapped(signer: &Signer, other: &Signer, public: &str) -> Vec<Bad> {
    let pem = std::fs::read(key(public)).unwrap();
    let header = signer.header().to_string();
    let by_pem = Signer::secret(&pem);
    named(vec![
        (
            "HS256 with the public key as its secret",
            by_pem.token(&claims("u1")),
        ),
        (
            "the same, its end trimmed",
            Signer::secret(pem.trim_ascii_end()).token(&claims("u1")),
        ),
        (
            "HS384 with the public key as its secret",
            by_pem.by(Algorithm::HS384).token(&claims("u1")),
        ),
        (
            "the public key as a secret, under the right alg",
            by_pem.signed(&header, claims("u1").to_string()),
        ),
        (
            "HS256 with an empty secret",
            Signer::secret(b"").token(&claims("u1")),
        ),
        ("another key", other.token(&claims("u1"))),
        (
            "another RSA key",
            Signer::rsa("rsa-other").token(&claims("u1")),
        ),
        (
            "another P-256 key",
            Signer::ec("ec-other").token(&claims("u1")),
        ),
        (
            "another Ed25519 key",
            Signer::ed("ed-other").token(&claims("u1")),
        ),
    ])
}

fn times(signer: &Signer) -> Vec<Bad> {
    let now = Timestamp::now().as_second();
    let with = |name: &str, value: Value| signer.token(&but(name, value));
    named(vec![
        ("expired", with("exp", json!(now - 60))),
        ("expires now", with("exp", json!(now))),
        ("no exp", signer.token(&but("exp", None))),
        ("exp as text", with("exp", json!((now + 600).to_string()))),
        ("exp negative", with("exp", json!(-1))),
        ("exp zero", with("exp", json!(0))),
        ("exp null", with("exp", Value::Null)),
        ("exp a list", with("exp", json!([now + 600]))),
        ("not yet", with("nbf", json!(now + 60))),
        ("nbf as text", with("nbf", json!("soon"))),
        ("iat in the future", with("iat", json!(now + 3_600))),
        ("iat as text", with("iat", json!("now"))),
        ("iat negative", with("iat", json!(-1))),
    ])
}

fn addressees(signer: &Signer) -> Vec<Bad> {
    let with = |name: &str, value: Value| signer.token(&but(name, value));
    named(vec![
        ("another audience", with("aud", json!("other.example.org"))),
        ("no audience", signer.token(&but("aud", None))),
        (
            "a list of audiences without ours",
            with("aud", json!(["a", "b"])),
        ),
        ("an empty list of audiences", with("aud", json!([]))),
        (
            "an audience that begins like ours",
            with("aud", json!(format!("{AUDIENCE}.evil"))),
        ),
        (
            "an audience that is no text",
            with("aud", json!({ AUDIENCE: true })),
        ),
        (
            "another issuer",
            with("iss", json!("https://evil.example.org")),
        ),
        ("no issuer", signer.token(&but("iss", None))),
        (
            "an issuer with a slash more",
            with("iss", json!("https://id.example.org/")),
        ),
    ])
}

fn users(signer: &Signer) -> Vec<Bad> {
    let with = |name: &str, value: Value| signer.token(&but(name, value));
    named(vec![
        ("no sub", signer.token(&but("sub", None))),
        ("sub empty", with("sub", json!(""))),
        ("sub a number", with("sub", json!(7))),
        ("sub with a slash", with("sub", json!("../admin"))),
        (
            "sub with a line break",
            with("sub", json!("u1\r\nset-cookie: x")),
        ),
        ("sub with a null character", with("sub", json!("u1\0"))),
        ("sub that looks like another", with("sub", json!("аdmin"))),
        ("sub too long", with("sub", json!("x".repeat(129)))),
        ("role unknown", with("role", json!("root"))),
        ("role in capitals", with("role", json!("Admin"))),
        ("role a number", with("role", json!(2))),
        ("role a list", with("role", json!(["admin"]))),
        ("meta a text", with("meta", json!("desk=bonds"))),
        ("meta a list", with("meta", json!(["bonds"]))),
        ("name an object", with("name", json!({}))),
    ])
}

/// Headers that ask for more than to be checked.
fn headers(signer: &Signer, other: &Signer) -> Vec<Bad> {
    let mut jwk = other.header();
    jwk["jwk"] = other.public();
    let brought = other.signed(&jwk.to_string(), claims("u1").to_string());
    named(vec![
        ("crit", signer.with("crit", json!(["exp"]))),
        ("crit, empty", signer.with("crit", json!([]))),
        ("crit, a text", signer.with("crit", json!("exp"))),
        (
            "kid of the server's own key",
            signer.named("statechat").token(&claims("u1")),
        ),
        (
            "kid a path",
            other.named("../../../../dev/null").token(&claims("u1")),
        ),
        (
            "kid a query",
            other.named("' UNION SELECT 'x").token(&claims("u1")),
        ),
        ("kid a number", signer.with("kid", json!(1))),
        ("jwk brings another key", brought),
        (
            "jku names another set",
            other.with("jku", json!("http://127.0.0.1:1/jwks")),
        ),
        (
            "x5u names a certificate",
            other.with("x5u", json!("http://127.0.0.1:1/x")),
        ),
        (
            "x5c brings a certificate",
            other.with("x5c", json!(["MIIB"])),
        ),
    ])
}

/// What is left of a good one, or more than that.
fn pieces(signer: &Signer) -> Vec<Bad> {
    let good = signer.token(&claims("u1"));
    let [header, body, signature]: [&str; 3] =
        good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let admin = encoded(but("role", json!("admin")).to_string());
    let mut cases = named(vec![
        (
            "other claims under a good signature",
            format!("{header}.{admin}.{signature}"),
        ),
        ("no header", format!(".{body}.{signature}")),
        ("no claims", format!("{header}..{signature}")),
        ("no signature", format!("{header}.{body}.")),
        ("two parts", format!("{header}.{body}")),
        ("one part", header.to_owned()),
        ("only dots", "..".to_owned()),
        ("a part more behind", format!("{good}.{signature}")),
        ("a part more in front", format!("{header}.{good}")),
        (
            "the shape of a JWE",
            format!("{header}.{body}.{signature}.{body}.{signature}"),
        ),
        ("a letter more", format!("{good}A")),
        (
            "signed for another's header",
            format!("{}.{body}.{signature}", encoded("{}")),
        ),
    ]);
    let ends = [header.len() - 1, header.len() + body.len(), good.len() - 1];
    for (part, end) in ["header", "claims", "signature"].iter().zip(ends) {
        cases.push((format!("cut off in the {part}"), good[..end].to_owned()));
    }
    cases
}

/// Other ways to write the same.
fn texts(signer: &Signer) -> Vec<Bad> {
    let good = signer.token(&claims("u1"));
    let (head, signature) = good.rsplit_once('.').unwrap();
    let header = signer.header().to_string();
    // Letters that plain base64 writes otherwise.
    let mut odd = claims("u1");
    odd["name"] = json!("ÿÿÿ???>>>~~~");
    let odd = signer.token(&odd);
    let plain = odd.replace('-', "+").replace('_', "/");
    assert_ne!(plain, odd);
    let twice = |name: &str, value: &str| {
        let all: Map<_, _> = claims("u1").as_object().unwrap().clone();
        let all = Value::from(all).to_string();
        signer.signed(&header, format!("{{\"{name}\":{value},{}", &all[1..]))
    };
    let broken = [
        b"{\"sub\":\"\xff\xfe\",".as_slice(),
        &claims("u1").to_string().as_bytes()[1..],
    ]
    .concat();
    named(vec![
        ("plain base64", plain),
        ("padded", format!("{head}.{signature}==")),
        ("padded claims", head.to_owned() + "=." + signature),
        ("a space in it", format!("{head}. {signature}")),
        ("in quotes", format!("\"{good}\"")),
        ("percent-escaped", good.replace('.', "%2E")),
        ("huge", format!("{head}.{}", "A".repeat(9_000))),
        (
            "huge, with a good signature",
            signer.token(&but("name", json!("x".repeat(9_000)))),
        ),
        ("sub twice", twice("sub", "\"admin\"")),
        (
            "role and another role",
            signer.signed(
                &header,
                claims("u1")
                    .to_string()
                    .replacen('{', "{\"role\":\"user\",\"role\":\"admin\",", 1),
            ),
        ),
        ("exp twice", twice("exp", "1")),
        ("aud twice", twice("aud", "\"other\"")),
        (
            "alg twice",
            signer.signed(
                &format!("{{\"alg\":\"none\",{}", &header[1..]),
                claims("u1").to_string(),
            ),
        ),
        ("claims that are not UTF-8", signer.signed(&header, broken)),
        ("claims that are a list", signer.signed(&header, "[]")),
        ("claims that are no JSON", signer.signed(&header, "sub=u1")),
        (
            "something behind the claims",
            signer.signed(&header, format!("{} {{}}", claims("u1"))),
        ),
    ])
}

/// Those of the server's own kind, bad where anyone may come.
pub(super) fn own() -> Vec<Bad> {
    let now = Timestamp::now();
    let good = token(&identity("u1", Role::User));
    let (head, signature) = good.rsplit_once('.').unwrap();
    let other = Auth::guest(&[8; 32]);
    let mut expired = identity("u1", Role::Admin);
    expired.expires = now;
    named(vec![
        (
            "a server's with another key",
            other.token(&identity("admin", Role::Admin)),
        ),
        ("our own, ended", token(&expired)),
        ("our own, cut off", good[..good.len() - 1].to_owned()),
        ("our own, without its signature", format!("{head}.")),
        (
            "our own, with other claims",
            format!(
                "{}.{}.{signature}",
                head.split('.').next().unwrap(),
                encoded(r#"{"sub":"admin","role":"admin","exp":9999999999}"#)
            ),
        ),
        (
            "our own secret, without its name",
            Signer::secret(&crate::server::KEY).token(&claims("u1")),
        ),
        (
            "our own secret, by another algorithm",
            Signer::secret(&crate::server::KEY)
                .named("statechat")
                .by(Algorithm::HS512)
                .token(&but("aud", None)),
        ),
    ])
}

/// A guest's, good only where anyone may come.
pub(super) fn of_a_guest() -> Bad {
    let guest = guest("guest-1".parse().unwrap(), Timestamp::now());
    ("a guest's, from before".into(), token(&guest))
}
