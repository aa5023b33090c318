//! Who is here: each user's presence, merged over the streams that the user has open.
//!
//! A user is online while one of its streams is looked at, away while none is, reconnecting for a grace after the last
//! has closed, and offline then. So nobody is told of a reload, nor of a break that heals in time, that a user went
//! offline; and a user who is gone is shown no longer than the grace.
//!
//! Pure: time is an argument, and no task waits here. Whoever holds a [`Roster`] asks it when it wants to be rung.
//!
//! # Layout
//!
//! - `machine`: what can become of one user, a statig machine as every bot is, and so explored, checked and exported.
//! - `tabs`: the streams of users, and what they come to.
//! - `roster`: the machines of all who are here, and when they want to be rung.
//! - `change`: what the others are told.

mod change;
// The enums that statig generates are public and carry no docs.
#[allow(missing_docs)]
mod machine;
mod roster;
mod tabs;

pub use change::{Change, Shown};
pub use machine::{Grace, Input, Presence, State as Place};
pub use roster::{LAST_SEEN_MAX, Roster};
pub use tabs::Attention;
