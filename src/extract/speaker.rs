//! A noun phrase that speaks -> the name it goes by.

mod body;
mod person;

use std::ops::Range;

use super::source::Attribution;
use crate::data::{
    self,
    source::{Attribution as Words, role},
};
use crate::text::{Document, Token, TokenKind};

/// A document with the roles of its words at hand.
pub(crate) struct Ear<'a> {
    pub(crate) document: &'a Document<'a>,
    words: &'static Words,
}

/// How far from "the governor" the name of the governor may stand, in tokens.
const TITLED: usize = 600;

/// Who a noun phrase is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    Named {
        who: Attribution,
        media: bool,
    },
    /// "he", "the agency": someone named before.
    Back(Head),
    /// Nobody who speaks.
    Nobody,
}

/// What words that name nobody ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Head {
    /// "he": a person.
    Person,
    /// "it": whoever spoke last, or a body.
    Thing,
    /// "and added": whoever spoke last.
    Same,
    /// "its tally": a body that has spoken.
    Owner,
    /// "the agency": a body with that word, a token, in its name.
    Body(usize),
}

impl<'a> Ear<'a> {
    /// Hears a document.
    pub(crate) fn new(document: &'a Document<'a>) -> Self {
        let words = &data::get().lang.attribution;
        Ear { document, words }
    }
}

impl Ear<'_> {
    pub(crate) fn token(&self, at: usize) -> Option<&Token> {
        self.document.tokens.get(at)
    }
    /// Whether anything of `begins` can begin at a token.
    pub(crate) fn begins(&self, at: usize, begins: u32) -> bool {
        self.token(at).is_some_and(|t| t.begins & begins != 0)
    }
    pub(crate) fn has(&self, at: usize, roles: u64) -> bool {
        self.token(at)
            .is_some_and(|t| self.words.roles(t) & roles != 0)
    }
    pub(crate) fn str(&self, at: usize) -> &str {
        self.token(at).map_or("", |t| self.document.str(t))
    }
    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.kind == TokenKind::Word)
    }
    pub(crate) fn capital(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|t| t.kind == TokenKind::Word && t.capital)
    }
    /// The words of a range as the text has them.
    fn printed(&self, range: &Range<usize>) -> &str {
        let (Some(a), Some(b)) = (
            self.token(range.start),
            self.token(range.end.wrapping_sub(1)),
        ) else {
            return "";
        };
        let span = a.span.start as usize..b.span.end as usize;
        self.document.text.get(span).unwrap_or_default()
    }
    /// The same as a name: on one line, the possessive joined.
    pub(crate) fn text(&self, range: &Range<usize>) -> String {
        let text = self.printed(range);
        let mut out = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        out.replace(" 's", "'s")
    }

    /// A name with the words of the text it comes from.
    pub(crate) fn attribution(&self, name: String, range: &Range<usize>) -> Attribution {
        Attribution {
            name,
            text: self.printed(range).to_string(),
        }
    }

    fn named(&self, name: String, range: &Range<usize>, media: bool) -> Who {
        if name.is_empty() {
            return Who::Nobody;
        }
        Who::Named {
            who: self.attribution(name, range),
            media: media || self.has(range.end.wrapping_sub(1), role::RELAY),
        }
    }

    /// Who `range` is; `beside` is its apposition, which may name the body it speaks for.
    pub(crate) fn who(&self, range: Range<usize>, beside: Option<Range<usize>>) -> Who {
        let mut np = range.clone();
        while np.start < np.end
            && (!self.is_word(np.start)
                && self
                    .token(np.start)
                    .is_none_or(|t| t.kind == TokenKind::Mark)
                || self.has(np.start, role::ARTICLE | role::ADVERB)
                || self.has(np.start, role::TIME) && np.len() > 1)
        {
            np.start += 1;
            // "May 15 the office"
            if self.is_number(np.start) && self.has(np.start - 1, role::TIME) {
                np.start += 1;
            }
        }
        while np.start < np.end
            && (self
                .token(np.end - 1)
                .is_none_or(|t| t.kind == TokenKind::Mark)
                && self.str(np.end - 1) != ")"
                || self.has(np.end - 1, role::ADVERB | role::AUXILIARY | role::TIME))
        {
            np.end -= 1;
        }
        if np.is_empty() || np.len() > 22 {
            return Who::Nobody;
        }
        if self.has(np.end - 1, role::SELF) || self.has(np.start, role::SELF) {
            return Who::Nobody;
        }
        if self.has(np.end - 1, role::PERSON) {
            return Who::Back(Head::Person);
        }
        if self.has(np.end - 1, role::PRONOUN) {
            return Who::Back(Head::Thing);
        }
        if np.len() > 1 && np.len() < 4 && self.has(np.start, role::LINK) {
            np.start += 1;
        }
        if let Some(acronym) = np.clone().find(|&i| {
            self.token(i).is_some_and(|t| t.upper)
                && i > np.start
                && self.str(i - 1) == "("
                && self.str(i + 1) == ")"
        }) {
            let inside = acronym..acronym + 1;
            return self
                .known(&inside)
                .unwrap_or_else(|| self.named(self.str(acronym).to_string(), &np, false));
        }
        // "its human rights office, OHCHR,"
        if let Some(beside) = &beside
            && let start = beside.start + usize::from(self.has(beside.start, role::ARTICLE))
            && let Some((n, row)) = self.source(&(start..beside.end))
            && start + n == beside.end
            && !row.generic
        {
            return self.named(row.name.clone(), &range, row.media);
        }
        if let Some(who) = self.known(&np) {
            return who;
        }
        // "the president, Jalal Talabani,", "an official, deputy chief Abdul Qaderi,": the name
        if let Some(beside) = &beside
            && let Some(name) = self.person_beside(beside)
            && !self.capital(np.end - 1)
            && np.clone().any(|i| {
                self.has(i, role::TITLE) && !self.has(i, role::VOICE)
                    || self.has(i, role::TITLE) && self.hash(i) == self.hash(np.end - 1)
            })
            && self.body_of(&np).is_none_or(|b| b.is_empty())
        {
            return self.named(self.text(&name), &range, false);
        }
        // "Jean Fabre, of the United Nations,"
        if let Some(beside) = &beside
            && self.has(beside.start, role::LINK)
            && let Some(who @ Who::Named { .. }) = self.known(beside)
        {
            return who;
        }
        if let Some(beside) = beside
            && (beside.clone()).any(|i| self.has(i, role::VOICE))
        {
            if let Some(who) = self.known(&beside) {
                return who;
            }
            if let Some(body) = self.body_of(&beside) {
                return self.named(self.text(&body), &range, false);
            }
        }
        if let Some(bracket) = np.clone().find(|&i| self.str(i) == "(") {
            np.end = bracket;
            if np.is_empty() {
                return Who::Nobody;
            }
        }
        self.described(&np, range)
    }

    /// Nothing but a noun, or a noun and where it sits ("UK-based group").
    fn bare(&self, np: &Range<usize>) -> bool {
        np.len() == 1
            || np.len() == 4
                && self.str(np.start + 1) == "-"
                && self.capital(np.start)
                && !self.capital(np.end - 1)
    }

    pub(crate) fn is_number(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.kind == TokenKind::Number)
    }

    /// The stop of an initial or an acronym, not of a sentence.
    fn is_dot(&self, at: usize) -> bool {
        self.str(at) == "."
            && at > 0
            && self.token(at).is_some_and(|t| !t.spaced)
            && self.str(at - 1).len() <= 2
    }

    fn hash(&self, at: usize) -> Option<u64> {
        self.token(at).map(|t| t.hash)
    }

    fn described(&self, np: &Range<usize>, range: Range<usize>) -> Who {
        let last_is = |roles| self.has(np.end - 1, roles);
        // "the agency", alone and definite: someone named before
        let definite = np.start > range.start && self.has(np.start - 1, role::DEFINITE);
        let owned = np.start > range.start && self.has(np.start - 1, role::OWN);
        if (definite || owned)
            && last_is(role::TITLE)
            && !last_is(role::VOICE)
            && !np.clone().any(|i| self.capital(i))
            && let Some(name) = self.titled(np)
        {
            return self.named(self.text(&name), &range, false);
        }
        if definite && self.has(np.end - 1, role::BACK) && self.bare(np) {
            return Who::Back(Head::Body(np.end - 1));
        }
        // "the report", "the latest figures": nobody, unless someone owns them
        if np.clone().any(|i| self.has(i, role::PAPER)) {
            if let Some(owner) = np.clone().find(|&i| {
                self.str(i).ends_with('s')
                    && (self.str(i).starts_with('\'') || self.str(i).starts_with('’'))
            }) {
                let owner = np.start..owner;
                if !owner.is_empty()
                    && owner
                        .clone()
                        .any(|i| self.capital(i) || self.has(i, role::BODY))
                    && !owner.clone().any(|i| self.has(i, role::TIME))
                {
                    return self.named(self.text(&owner), &range, false);
                }
            }
            if let Some(by) = np.clone().find(|&i| self.has(i, role::OWNER))
                && by + 1 < np.end
            {
                return self.who(by + 1..np.end, None);
            }
            // "a ministry statement", "government data"
            let mut owner = np.clone();
            while owner.start < owner.end && self.has(owner.end - 1, role::PAPER) {
                owner.end -= 1;
            }
            let last = owner.end.wrapping_sub(1);
            if !owner.is_empty() && self.has(last, role::BODY) && !self.has(last, role::PAPER) {
                return self.named(self.text(&owner), &range, false);
            }
            // "official figures"
            if np.len() == 2 && self.has(np.start, role::PEOPLE) {
                return self.named(self.text(np), &range, false);
            }
            return Who::Nobody;
        }
        let roles = role::PEOPLE | role::BODY | role::VOICE | role::TITLE;
        let speaks = np.clone().any(|i| self.has(i, roles))
            || np.clone().any(|i| self.capital(i))
                && np.clone().all(|i| {
                    !self.is_word(i)
                        || self.capital(i)
                        || self.has(i, role::LINK | role::ARTICLE | role::AND)
                        || matches!(self.str(i), "'s" | "’s")
                        || np.len() < 3
                });
        if !speaks {
            return match self.person_last(np) {
                Some(name) => self.named(self.text(&name), &range, false),
                None => Who::Nobody,
            };
        }
        if let Some(body) = self.body_of(np)
            && !body.is_empty()
            && np.clone().any(|i| {
                let named = |b| b > body.start && self.capital(b) && self.has(b, role::BODY);
                self.has(i, role::VOICE) && (!self.has(i, role::PEOPLE) || body.clone().any(named))
            })
        {
            return self.named(self.text(&body), &range, false);
        }
        // "Rebbe at the health ministry": the ministry
        if let Some(link) =
            (np.start + 1..np.end.min(np.start + 4)).find(|&i| self.has(i, role::LINK))
            && (np.start..link).all(|i| {
                self.capital(i)
                    && !self.has(i, role::BODY | role::PEOPLE | role::TITLE | role::VOICE)
            })
        {
            let mut body = link + 1..np.end;
            while body.start < body.end
                && self.has(body.start, role::ARTICLE)
                && !self.capital(body.start)
            {
                body.start += 1;
            }
            if body.clone().any(|i| self.has(i, role::BODY)) {
                return self.named(self.text(&body), &range, false);
            }
        }
        // "authorities in the islands"
        if self.has(np.start, role::PEOPLE) && self.has(np.start + 1, role::WHERE) && np.len() > 2 {
            let people = np.start..np.start + 1;
            return self
                .known(&people)
                .unwrap_or_else(|| self.named(self.text(&people), &range, false));
        }
        // "a health ministry official"
        if np.len() > 2
            && last_is(role::VOICE)
            && self.has(np.end - 1, role::BACK)
            && self.has(np.end - 2, role::BODY)
            && self.has(np.end - 2, role::BACK)
        {
            return self.named(self.text(&(np.start..np.end - 1)), &range, false);
        }
        if np.start > range.start
            && self.has(np.start - 1, role::INDEFINITE)
            && let Some(cut) = (np.start + 1..np.end).find(|&i| self.has(i, role::WHERE))
            && (np.start..cut).any(|i| self.has(i, role::PEOPLE))
        {
            return self.named(self.text(&(np.start..cut)), &range, false);
        }
        // "electricity company Enexis": the name
        if let Some(body) = np.clone().rfind(|&i| !self.capital(i))
            && body + 1 < np.end
            && self.has(body, role::BODY)
            && !(np.start..body).any(|i| self.capital(i))
            && !(body + 1..np.end).any(|i| self.has(i, role::TITLE | role::PEOPLE))
        {
            return self.named(self.text(&(body + 1..np.end)), &range, false);
        }
        // a person: the run of capitals after the last title
        if self.capital(np.end - 1) && !last_is(role::BODY | role::PEOPLE) {
            let mut start = np.end;
            while start > np.start
                && (self.capital(start - 1) || matches!(self.str(start - 1), "-" | "."))
                && !self.has(start - 1, role::TITLE | role::LINK | role::BODY)
            {
                start -= 1;
            }
            // "Lt. Dana Frew"
            let titled = start > np.start && self.has(start - 1, role::TITLE);
            if titled && self.str(start) == "." {
                start += 1;
            }
            if start < np.end && titled {
                if start + 1 == np.end
                    && let Some(who) = self.in_full(start, &range)
                {
                    return who;
                }
                return self.named(self.text(&(start..np.end)), &range, false);
            }
            if np.len() > 3 && start > np.start && np.end - start >= 2
                || np.len() > 5 && start == np.start
            {
                let titled = np.clone().any(|i| self.has(i, role::TITLE));
                if titled
                    && self.capital(np.end - 2)
                    && !self.has(np.end - 2, role::BODY | role::TITLE)
                {
                    return self.named(self.text(&(np.end - 2..np.end)), &range, false);
                }
            }
        }
        if np.len() == 1
            && !definite
            && self.capital(np.start)
            && !last_is(role::BODY | role::PEOPLE)
            && let Some(who) = self.in_full(np.start, &range)
        {
            return who;
        }
        self.named(self.text(np), &range, false)
    }
}
