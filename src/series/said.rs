//! What the sentences behind a point say of its number, beside the number: mentions in, flags out. The words are those of the language's `[said]`.
//!
//! | flag | when |
//! | --- | --- |
//! | `former` | the number stands as what another one of its sentence has changed from: "rose from 12 to 17" (it does not compete with the 17) |
//! | `revised` | the sentence says that the number was revised or corrected, so it may be lower than the one before |
//! | `backlog` | the sentence says that older cases came into it at once |
//! | `scope=WORDS` | the sentence, or that of a part of this figure, says what is counted in or left out, by a name: "including flight MH17" |
//! | `relays=NAME` | the source passes on a number of another: "UNHCR, citing the government" |
//!
//! What only some of the articles behind a point say is flagged too.

use std::collections::BTreeSet;

use super::Key;
use super::statement::Mention;
use crate::data;
use crate::figure::Figure;
use crate::text::{Token, TokenKind, token};

/// Most words of a scope.
const SCOPE: usize = 14;
/// Most scopes of a point.
const SCOPES: usize = 3;
/// How many tokens behind the words of passing on a name begins.
const RELAY: usize = 4;

/// The flags of a point.
pub(super) fn flags(key: &Key, part: bool, mentions: &[Mention<'_>]) -> Vec<String> {
    let said = &data::get().lang.said;
    let any = |holds: &dyn Fn(&str) -> bool| mentions.iter().any(|m| holds(&m.figure.sentence));
    let mut flags = Vec::new();
    if any(&|s| said.revised.is_match(s)) {
        flags.push("revised".into());
    }
    if any(&|s| said.backlog.is_match(s)) {
        flags.push("backlog".into());
    }
    if !part {
        let scopes: BTreeSet<String> = mentions.iter().filter_map(scope_told).collect();
        flags.extend(scopes.iter().take(SCOPES).map(|s| format!("scope={s}")));
    }
    let relays: BTreeSet<&str> = mentions
        .iter()
        .filter_map(|m| relayed(&m.figure.sentence))
        .filter(|name| key.source.as_deref().is_some_and(|s| s != *name))
        .collect();
    flags.extend(relays.iter().map(|name| format!("relays={name}")));
    flags
}

/// True where every sentence gives the number as one that has changed into another.
pub(super) fn is_former(mentions: &[Mention<'_>]) -> bool {
    mentions.iter().all(|m| {
        let another = |f: &Figure| {
            f.sentence == m.figure.sentence
                && f.measure == m.figure.measure
                && f.value.is_some()
                && f.value != m.figure.value
                && !stands_before_change(f)
        };
        stands_before_change(m.figure) && m.article.figures.iter().any(another)
    })
}

/// "From" and its like right before the number, wherever that stands in its sentence.
fn stands_before_change(figure: &Figure) -> bool {
    let (sentence, number) = (&figure.sentence, figure.number_text.as_str());
    if number.is_empty() {
        return false;
    }
    let former = &data::get().lang.said.former;
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    sentence.match_indices(number).any(|(at, _)| {
        let (before, after) = (&sentence[..at], &sentence[at + number.len()..]);
        if digit(before.chars().next_back()) || digit(after.chars().next()) {
            return false;
        }
        let before = before.trim_end();
        former.iter().any(|words| ends_with(before, words))
    })
}

/// Whether a text ends with these small words, in any case, the first of them whole.
fn ends_with(text: &str, words: &str) -> bool {
    let Some(at) = text.len().checked_sub(words.len()) else {
        return false;
    };
    text.is_char_boundary(at)
        && text[at..].eq_ignore_ascii_case(words)
        && !text[..at].ends_with(char::is_alphanumeric)
}

/// What is counted in or left out of a figure, as its sentence or that of a lesser part tells it.
fn scope_told(mention: &Mention<'_>) -> Option<String> {
    let whole = mention.figure;
    let parts = mention.article.figures.iter().filter(|f| {
        f.part_of
            && f.measure == whole.measure
            && f.country == whole.country
            && f.value < whole.value
    });
    let sentences = parts.map(|f| f.sentence.as_str());
    std::iter::once(whole.sentence.as_str())
        .chain(sentences)
        .find_map(scope)
}

/// The words of a scope that has a name in it.
fn scope(sentence: &str) -> Option<String> {
    let said = &data::get().lang.said;
    let behind = said.scope.find_iter(sentence).find_map(|found| {
        let words = clause(&sentence[found.end()..]);
        let rest = words.trim_start();
        let between = said.scope_between.iter().find_map(|b| {
            let start = rest.get(..b.len())?;
            let is = start.eq_ignore_ascii_case(b) && rest[b.len()..].starts_with(' ');
            is.then(|| rest[b.len()..].trim_start())
        });
        let named = between.unwrap_or(rest).starts_with(char::is_uppercase) || has_code(words);
        named.then(|| shortened(&format!("{}{words}", found.as_str())))
    });
    behind.or_else(|| {
        let found = said.left_out.find(sentence)?;
        let before = &sentence[..found.end()];
        has_code(before).then(|| shortened(before))
    })
}

/// Up to a semicolon, a stop, a bracket, or a comma that is in no number.
fn clause(text: &str) -> &str {
    let bytes = text.as_bytes();
    let end = text.char_indices().find(|(i, c)| match c {
        ';' | '(' | ')' | '\n' | '|' => true,
        ',' | '.' => !bytes.get(i + 1).is_some_and(u8::is_ascii_digit),
        _ => false,
    });
    text[..end.map_or(text.len(), |(i, _)| i)].trim_end()
}

/// The name of a flight, a road, a batch: capitals and digits in one word, as MH17.
fn has_code(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| {
        word.starts_with(char::is_uppercase) && word.ends_with(|c: char| c.is_ascii_digit())
    })
}

/// So many words, on one line.
fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.get(..SCOPE) {
        Some(first) if words.len() > SCOPE => format!("{} …", first.join(" ")),
        _ => words.join(" "),
    }
}

/// Whose number a sentence says that it passes on.
pub(crate) fn relayed(sentence: &str) -> Option<&'static str> {
    let lang = &data::get().lang;
    lang.said.relay.find_iter(sentence).find_map(|found| {
        let words = clause(&sentence[found.end()..]);
        let cut = token::tokens(words, &lang.vocabulary);
        let word = |t: &Token| t.kind == TokenKind::Word;
        (0..cut.len().min(RELAY))
            .filter(|i| word(&cut[*i]))
            .find_map(|i| data::get().sources.at(&cut[i..]))
            .map(|(_, row)| row.name.as_str())
    })
}
