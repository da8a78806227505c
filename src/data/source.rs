//! `data/sources.csv`: organisations.

/// The organisations.
pub(crate) struct Sources {}

impl Sources {
    pub(crate) fn compiled_in() -> Self {
        Sources {}
    }
}
