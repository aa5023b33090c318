//! Sources: what performs effects.

pub mod quotes;
