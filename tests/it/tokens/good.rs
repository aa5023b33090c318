//! Tokens that are good: each kind of key takes its own.

use jsonwebtoken::Algorithm;
use serde_json::json;
use statechat::auth::{Auth, Expected, Outside};

use super::signer::Signer;
use super::{AUDIENCE, call, claims, expected, jwt_server, key};
use crate::folder::Folder;
use crate::server::{client, send};

const SECRET: &[u8] = b"at least thirty-two bytes, as it must be";

#[tokio::test]
async fn each_kind_of_key_takes_its_own_tokens() {
    let folder = Folder::new();
    let secret = folder.file("secret");
    std::fs::write(&secret, [SECRET, b"\r\n"].concat()).unwrap();
    let public = |name: &str| Outside::public_key(&key(name), &expected()).unwrap();
    for (signer, outside) in [
        (Signer::rsa("rsa"), public("rsa.public")),
        (Signer::ec("ec"), public("ec.public")),
        (Signer::ed("ed"), public("ed.public")),
        (
            Signer::secret(SECRET),
            Outside::secret(&secret, &expected()).unwrap(),
        ),
    ] {
        let (server, _) = jwt_server(&[], outside);
        let mut listed = claims("ann@example.org");
        listed["aud"] = json!(["elsewhere", AUDIENCE]);
        listed["exp"] = json!(listed["exp"].as_f64().unwrap() + 0.5);
        for claims in [claims("ann@example.org"), listed] {
            for signer in [signer.clone(), signer.named("any")] {
                let answer = send(call(&server, &signer.token(&claims))).await;
                assert_eq!(answer.status, 200, "{} {}", signer.header(), answer.body);
            }
        }
        let wrong = signer.token(&claims("a b"));
        send(call(&server, &wrong))
            .await
            .is_problem(401, "unauthorized");
    }
}

#[tokio::test]
async fn a_token_says_who_somebody_is() {
    let outside = Outside::public_key(&key("ed.public"), &Expected::default()).unwrap();
    let (server, _) = jwt_server(&[], outside);
    let mut claims = claims("ann");
    claims["aud"].take();
    claims["name"] = json!("  Ann\u{7} of \nNowhere ");
    claims["role"] = json!("agent");
    let token = Signer::ed("ed").token(&claims);
    let answer = send(client().post(server.url("/api/token")).bearer_auth(&token)).await;
    let body = answer.json();
    assert_eq!(body["user"], "ann");
    assert_eq!(body["name"], "Ann of Nowhere");
    assert_eq!(body["role"], "agent");
    assert_eq!(
        body["token"], token,
        "it is good for as long as whoever signed it wanted"
    );
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(
        cookie.starts_with(&format!("statechat={token}; ")),
        "{cookie}"
    );
    assert!(cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
}

#[test]
fn a_file_that_is_no_key_for_this_is_refused() {
    let folder = Folder::new();
    let written = |bytes: &[u8]| {
        let path = folder.file("key");
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let public = |path: &_| match Outside::public_key(path, &expected()) {
        Ok(_) => panic!("it was taken"),
        Err(error) => error.to_string(),
    };
    assert!(public(&key("rsa")).contains("holds a private key"));
    assert!(public(&key("ec384.public")).contains("holds no public key"));
    assert!(public(&written(b"nonsense")).contains("holds no public key"));
    assert!(public(&folder.file("missing")).contains("cannot read"));
    let short = Outside::secret(&written(&SECRET[..31]), &expected());
    assert!(short.err().unwrap().to_string().contains("too short"));
}

#[test]
fn a_key_of_a_family_takes_one_algorithm_of_it() {
    let outside = Outside::public_key(&key("rsa.public"), &expected()).unwrap();
    let auth = Auth::jwt(&crate::server::KEY, outside);
    let now = jiff::Timestamp::now();
    let signer = Signer::rsa("rsa");
    assert!(auth.identity(&signer.token(&claims("u1")), now).is_ok());
    for other in [Algorithm::RS384, Algorithm::RS512, Algorithm::PS256] {
        let token = signer.by(other).token(&claims("u1"));
        assert!(auth.identity(&token, now).is_err(), "{other:?}");
    }
}
