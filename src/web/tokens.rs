//! `/api/token` and `/api/tokens/SUB`: tokens renewed, exchanged and revoked.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use warp::http::{Method, StatusCode};
use warp::reply::Response;

use super::call::Call;
use super::problem::Problem;
use super::{Answer, json_response, no_content};
use crate::auth::guest;
use crate::identity::{Identity, Role};
use crate::record::UserId;

const EXAMPLE: &str = "nothing, {\"token\": TOKEN} or {\"code\": CODE}";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    token: Option<String>,
    code: Option<String>,
}

/// `POST /api/token`: a token to go on with. The caller's streams stay open for as long as it is good.
pub(super) async fn renew(mut call: Call) -> Answer {
    call.only(Method::POST, "POST")?;
    let wanted: Wanted = call.json_if_any(EXAMPLE).await?.unwrap_or_default();
    match wanted {
        Wanted {
            code: Some(code), ..
        } => redeemed(&call, &code),
        Wanted {
            token: Some(token), ..
        } => replaced(&call, &token).await,
        Wanted { .. } => renewed(&call).await,
    }
}

/// The cookie of an administrator, for the code of a link. Only the cookie: no script needs to read such a token.
fn redeemed(call: &Call, code: &str) -> Answer {
    call.check_origin()?;
    let admin = call.app.auth.redeem_link(code, Timestamp::now());
    let admin = admin.map_err(|_| {
        let detail = "the link was used before, or is too old; mint a token with statechat token --role admin";
        Problem::unauthorized(detail)
    })?;
    let token = call.app.auth.token(&admin);
    let mut response = json_response(&described(&admin));
    call.sign_in(&mut response, &admin, &token);
    Ok(response)
}

/// Another token of the same user, from where the first one came from.
async fn replaced(call: &Call, token: &str) -> Answer {
    let who = call.who().await?;
    let new = call.identity(token).await?;
    if new.user != who.user {
        let detail = "this token names another user; open streams of their own with it";
        return Err(Problem::new(StatusCode::FORBIDDEN, "other_user", detail));
    }
    Ok(answer(call, &new, token))
}

/// A guest's new token; anybody else's is good for as long as whoever signed it wanted.
async fn renewed(call: &Call) -> Answer {
    let who = call.who().await?;
    if call.app.auth.renews(&who) {
        let renewed = guest(who.user.clone(), Timestamp::now());
        let token = call.app.auth.token(&renewed);
        call.still_good(&who)?;
        return Ok(answer(call, &renewed, &token));
    }
    let token = call.token_of(&who).ok_or_else(|| call.bad_token())?;
    Ok(answer(call, &who, &token))
}

fn answer(call: &Call, identity: &Identity, token: &str) -> Response {
    call.app.chat.hub().extend(identity);
    let mut body = described(identity);
    body["token"] = token.into();
    let mut response = json_response(&body);
    call.sign_in(&mut response, identity, token);
    response
}

fn described(identity: &Identity) -> Value {
    json!({
        "user": identity.user,
        "name": identity.name,
        "role": identity.role,
        "expires": format!("{:.3}", identity.expires),
    })
}

/// `DELETE /api/tokens/SUB`: all tokens of a user that were issued before now are good no more.
pub(super) async fn revoke(user: String, call: Call) -> Answer {
    call.only(Method::DELETE, "DELETE")?;
    let admin = call.who_as(Role::Admin).await?;
    let user = user_id(&user)?;
    let before = Timestamp::now();
    // First what refuses calls, so that no token is renewed and no stream opened while the log is written.
    call.app.auth.revoke(user.clone(), before);
    call.app.chat.revoke(&user, before).await?;
    tracing::info!(%user, by = %admin.user, "tokens revoked");
    Ok(no_content())
}

/// The user that a path names.
fn user_id(text: &str) -> Result<UserId, Problem> {
    text.parse().map_err(|_| {
        Problem::invalid(
            "a user is named by 1 to 128 of the characters A-Z a-z 0-9 _ - . ~ @ | : +",
        )
    })
}
