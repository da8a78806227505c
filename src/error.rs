//! Every message of the library, in one file: small letters, no full stop, the cure where there is one.

/// What can go wrong outside extraction (which cannot fail).
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An input that cannot be used: its name, what is wrong and what to do.
    #[error("{name}: {what}")]
    Input {
        /// Path, `-`, or `path:line`.
        name: String,
        /// What is wrong; what to do.
        what: String,
        /// The addresses that led to it, where it is of the web.
        addresses: Vec<String>,
    },
    /// A data file that is wrong: file, line, what.
    #[error("{file}:{line}: {what}")]
    Data {
        /// The file, as `data/lang/en.toml`.
        file: String,
        /// Its line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A file that cannot be read or written.
    #[error("{path}: {cause}")]
    File {
        /// Its path.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// The store.
    #[error("{path}: {what}")]
    Store {
        /// The store's file.
        path: String,
        /// What is wrong; what to do.
        what: String,
    },
    /// A chart that cannot be drawn.
    #[error("chart {name}: {what}")]
    Chart {
        /// Its name.
        name: String,
        /// What is wrong; what to do.
        what: String,
    },
}

impl Error {
    /// The addresses that led to what cannot be used: they are to be asked again.
    pub fn addresses(&self) -> &[String] {
        match self {
            Error::Input { addresses, .. } => addresses,
            _ => &[],
        }
    }

    /// The same at an address.
    pub(crate) fn come_from(mut self, address: &str) -> Self {
        if let Error::Input { addresses, .. } = &mut self {
            addresses.push(address.into());
        }
        self
    }
}

/// An input that cannot be used.
pub(crate) fn input(name: impl std::fmt::Display, what: impl Into<String>) -> Error {
    Error::Input {
        name: name.to_string(),
        what: what.into(),
        addresses: Vec::new(),
    }
}

/// Shorthand.
pub type Result<T> = std::result::Result<T, Error>;
