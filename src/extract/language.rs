//! Which languages there are words for.

use crate::article::Article;
use crate::data;

/// The languages there are words for, as articles name them (ISO 639-1).
pub fn languages() -> Vec<&'static str> {
    vec![data::get().lang.code.as_str()]
}

/// Why no figures can be found in this article: it names a language there are no words for.
///
/// An article that names none is taken for the first of [`languages`]; a region after the language (`-GB`) says nothing.
pub fn refusal(article: &Article) -> Option<String> {
    let lang = article.lang.as_deref()?.trim();
    let language = lang.split(['-', '_']).next().unwrap_or(lang);
    let known = languages();
    if language.is_empty() || known.iter().any(|l| l.eq_ignore_ascii_case(language)) {
        return None;
    }
    let shown: String = lang.chars().take(20).collect();
    Some(format!(
        "no words for language {} yet; leave it out or translate it, this version reads {}",
        shown.escape_debug(),
        known.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_language_that_is_named_is_refused() {
        let article = |lang: Option<&str>| Article {
            lang: lang.map(str::to_string),
            ..Article::default()
        };
        for known in [
            None,
            Some("en"),
            Some("EN"),
            Some("en-GB"),
            Some("en_US"),
            Some(""),
        ] {
            assert_eq!(refusal(&article(known)), None, "{known:?}");
        }
        for unknown in ["fr", "eng", "e", "uk-UA"] {
            let what = refusal(&article(Some(unknown))).expect(unknown);
            assert!(what.starts_with(&format!("no words for language {unknown} yet; ")));
        }
    }
}
