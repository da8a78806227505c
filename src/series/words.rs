//! What the flags of a point say, in the words of the language's `[flags]`.

use crate::data;

/// A flag with what it says behind it; a flag that is not known as it is.
pub fn flag_in_words(flag: &str) -> String {
    let (name, of) = flag.split_once('=').unwrap_or((flag, ""));
    match data::get().lang.flags.get(name) {
        Some(says) => format!("{flag}: {}", says.replace("{of}", of)),
        None => flag.into(),
    }
}

/// Why a point has its flags: each in words.
pub(super) fn why(flags: &[String]) -> String {
    let words: Vec<String> = flags.iter().map(|flag| flag_in_words(flag)).collect();
    words.join("; ")
}
