//! The addresses, as warp filters. Each leads to a function that knows no warp filter.

use std::convert::Infallible;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;

use futures_util::FutureExt;
use percent_encoding::percent_decode_str;
use warp::filters::BoxedFilter;
use warp::reply::Response;
use warp::{Filter, path};

use super::call::Call;
use super::problem::Problem;
use super::{
    Answer, App, bots, clients, events, messages, notifications, operate, page, people, sessions,
    tokens,
};

/// The first of some filters that takes a request, in a box.
macro_rules! choice {
    ($first:ident $(, $other:ident)*) => {
        $first $(.or($other).unify())* .boxed()
    };
}

/// A part of a path that names something, with what had to be escaped there.
struct Segment(String);

impl FromStr for Segment {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        // What is not text then is the name of nothing.
        let decoded = percent_decode_str(text).decode_utf8_lossy();
        Ok(Self(decoded.into_owned()))
    }
}

/// All of them, the busiest first.
pub(super) fn routes(app: Arc<App>) -> BoxedFilter<(Response,)> {
    let call = call(app);
    let messages = path!("api" / "sessions" / Segment / "messages")
        .and(call.clone())
        .then(|Segment(id), call| respond(messages::post(id, call)));
    let events = path!("api" / "events")
        .and(call.clone())
        .then(|call| respond(events::open(call)));
    let sessions = path!("api" / "sessions")
        .and(call.clone())
        .then(|call| respond(sessions::all(call)));
    let session = path!("api" / "sessions" / Segment)
        .and(call.clone())
        .then(|Segment(id), call| respond(sessions::one(id, call)));
    let transcript = path!("api" / "sessions" / Segment / "transcript")
        .and(call.clone())
        .then(|Segment(id), call| respond(sessions::transcript(id, call)));
    let participants = path!("api" / "sessions" / Segment / "participants")
        .and(call.clone())
        .then(|Segment(id), call| respond(people::participants(id, call)));
    let typing = path!("api" / "sessions" / Segment / "typing")
        .and(call.clone())
        .then(|Segment(id), call| respond(people::typing(id, call)));
    let receipts = path!("api" / "sessions" / Segment / "receipts")
        .and(call.clone())
        .then(|Segment(id), call| respond(people::receipts(id, call)));
    let presence = path!("api" / "sessions" / Segment / "presence")
        .and(call.clone())
        .then(|Segment(id), call| respond(people::presence(id, call)));
    let agent = path!("api" / "sessions" / Segment / "agent")
        .and(call.clone())
        .then(|Segment(id), call| respond(people::agent(id, call)));
    let token = path!("api" / "token")
        .and(call.clone())
        .then(|call| respond(tokens::renew(call)));
    let tokens = path!("api" / "tokens" / Segment)
        .and(call.clone())
        .then(|Segment(user), call| respond(tokens::revoke(user, call)));
    let bots = path!("api" / "bots")
        .and(call.clone())
        .map(|call| response(bots::list(&call)));
    let machine = path!("api" / "bots" / Segment / "machine")
        .and(call.clone())
        .map(|Segment(name), call| response(bots::machine(&name, &call)));
    let operators = operators(&call);
    let page = warp::path::full()
        .and(call)
        .map(|path: path::FullPath, call| response(page::file(path.as_str(), &call)));

    // In boxes of a few: to the compiler each further choice in a chain doubles what it has to look at.
    let conversations = choice!(events, sessions, session, transcript);
    let people = choice!(participants, typing, receipts, presence, agent);
    let about = choice!(token, tokens, bots, machine);
    let operation = choice!(operators, page);
    let others = choice!(conversations, people, about, operation);
    // The future of a choice is as large as its largest side, and moved about as a whole: so messages, of which
    // there are most, stand alone before all others, which are in a box.
    messages.or(others).unify().boxed()
}

/// What administrators and operators call.
fn operators(
    call: &(impl Filter<Extract = (Call,), Error = warp::Rejection> + Clone + Send + Sync + 'static),
) -> BoxedFilter<(Response,)> {
    let notifications = path!("api" / "notifications")
        .and(call.clone())
        .then(|call| respond(notifications::send(call)));
    let notification = path!("api" / "notifications" / Segment)
        .and(call.clone())
        .then(|Segment(id), call| respond(notifications::show(id, call)));
    let clients = path!("api" / "clients")
        .and(call.clone())
        .then(|call| respond(clients::list(call)));
    let health = path!("api" / "health")
        .and(call.clone())
        .map(|call| response(operate::health(&call)));
    let livez = path!("livez")
        .and(call.clone())
        .map(|call| response(operate::live(&call)));
    let readyz = path!("readyz")
        .and(call.clone())
        .then(|call| respond(operate::ready(call)));
    let metrics = path!("metrics")
        .and(call.clone())
        .map(|call| response(operate::metrics(&call)));
    let sent = choice!(notifications, notification, clients);
    let seen = choice!(health, livez, readyz, metrics);
    choice!(sent, seen)
}

fn call(app: Arc<App>) -> impl Filter<Extract = (Call,), Error = warp::Rejection> + Clone {
    let app = warp::any().map(move || Arc::clone(&app));
    app.and(warp::body::stream()).map(Call::new)
}

/// In a box of its own at once: warp moves the futures of its filters about as a whole, several times a request.
fn respond(
    answer: impl Future<Output = Answer> + Send + 'static,
) -> Pin<Box<dyn Future<Output = Response> + Send>> {
    Box::pin(answer.map(response))
}

fn response(answer: Answer) -> Response {
    answer.unwrap_or_else(Problem::into_response)
}
