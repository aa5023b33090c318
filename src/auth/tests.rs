use super::*;

fn auth() -> Auth {
    Auth::guest(&[7; KEY_BYTES])
}

#[test]
fn only_an_unexpired_token_of_this_key_names_a_user() {
    let auth = auth();
    let now = Timestamp::now();
    let identity = guest("u1".parse().unwrap(), now);
    let token = auth.token(&identity);
    assert_eq!(auth.identity(&token, now).unwrap().user, identity.user);
    assert_eq!(auth.identity(&token, identity.expires), Err(BadToken));
    let other = Auth::guest(&[8; KEY_BYTES]);
    assert_eq!(other.identity(&token, now), Err(BadToken));

    let parts: Vec<&str> = token.split('.').collect();
    for bad in [
        String::new(),
        "..".to_owned(),
        format!("{}.{}", parts[0], parts[1]),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{token}x"),
        format!(" {token}"),
        token[..token.len() - 1].to_owned(),
        "x".repeat(100_000),
    ] {
        assert_eq!(auth.identity(&bad, now), Err(BadToken), "{bad:?}");
    }
}

#[test]
fn what_was_issued_before_a_revocation_is_good_no_more() {
    let auth = auth();
    let now = Timestamp::now();
    let before = guest("u1".parse().unwrap(), now);
    let after = guest("u1".parse().unwrap(), now + Duration::from_millis(2));
    let other = guest("u2".parse().unwrap(), now);
    let tokens = [&before, &after, &other].map(|identity| auth.token(identity));
    for token in &tokens {
        assert!(auth.identity(token, now).is_ok());
    }
    auth.revoke(before.user, now + Duration::from_millis(1));
    let good = tokens.map(|token| auth.identity(&token, now).is_ok());
    assert_eq!(good, [false, true, true]);
}

#[test]
fn a_guest_is_renewed_and_nobody_else() {
    let (auth, now) = (auth(), Timestamp::now());
    let guest = guest(new_guest().unwrap(), now);
    assert!(auth.renews(&guest) && !auth.is_due(&guest, now));
    assert!(auth.is_due(&guest, now + GUEST_RENEWED_AFTER));
    let admin = Identity {
        role: Role::Admin,
        ..guest.clone()
    };
    let named = Identity {
        user: "u1".parse().unwrap(),
        ..guest.clone()
    };
    let short = Identity::new(guest.user.clone(), now, now + Duration::from_secs(60));
    assert!(!auth.renews(&admin) && !auth.renews(&named) && !auth.renews(&short));
}

#[test]
fn a_token_from_the_future_is_none() {
    let (auth, now) = (auth(), Timestamp::now());
    let from = |at| guest("u1".parse().unwrap(), at);
    let ahead = auth.token(&from(now + CLOCKS_APART));
    assert!(auth.identity(&ahead, now).is_ok());
    let future = auth.token(&from(now + 2 * CLOCKS_APART));
    assert_eq!(auth.identity(&future, now), Err(BadToken));
}
