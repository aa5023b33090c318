//! The bots that come with statechat. One statig machine a module.

pub mod stock;
