//! The bytes of a page -> whether a figure can come of it at all. Nothing is parsed: tags, scripts and styles are stepped over, and what
//! is left is looked through for a word that figures hang on (see `triggers` in `data/lang/`), or of those of many words, for two in a row;
//! and for what is counted (see `nouns` there) close behind a number.

use memchr::{memchr, memmem};

use crate::data::lang::{WordId, begin};
use crate::data::{self, table::Table};

/// Elements whose content no reader sees.
const UNSEEN: [&[u8]; 2] = [b"script", b"style"];

/// Words from a number to what it counts.
const REACH: usize = 4;

/// The words figures hang on.
pub(super) struct Sieve {
    /// Words, and pairs of words.
    words: Table<Sign>,
    /// Some are not in plain letters, and could be written in any encoding.
    others: bool,
}

/// What a word says.
#[derive(Clone, Copy)]
enum Sign {
    /// Figures hang on it.
    Trigger,
    Number,
    /// What is counted, or the last word of it.
    Noun,
}

/// The words read last.
#[derive(Default)]
struct Before {
    word: u64,
    /// Words from here on that a number may count.
    reach: usize,
}

impl Sieve {
    pub(super) fn new() -> Self {
        let lang = &data::get().lang;
        let (mut words, mut others) = (Table::default(), false);
        for phrase in lang.trigger_words() {
            others |= phrase.iter().any(|word| !word.is_ascii());
            // of a phrase, the two words that say most
            let pairs = phrase.windows(2);
            let telling = match pairs.max_by_key(|pair| pair[0].len() + pair[1].len()) {
                Some(words) => pair(hash(words[0].as_bytes()), hash(words[1].as_bytes())),
                None => phrase.first().map_or(0, |word| hash(word.as_bytes())),
            };
            words.entry(telling, || Sign::Trigger);
        }
        let counted = lang.nouns.words(|class| {
            let class = lang.noun_classes.get(usize::from(*class));
            class.is_some_and(|class| class.unit.is_some())
        });
        let nouns = counted.filter_map(|words| words.last().copied());
        for noun in nouns {
            let parts = lang
                .vocabulary
                .word(noun)
                .rsplit(|c: char| !c.is_alphabetic());
            let last = parts.into_iter().find(|part| !part.is_empty());
            words.entry(hash(last.unwrap_or_default().as_bytes()), || Sign::Noun);
        }
        let ids = (0..lang.vocabulary.len() as u32).map(WordId);
        for word in ids.map(|id| lang.vocabulary.word(id)) {
            let hash = hash(word.as_bytes());
            if lang.vocabulary.by_hash(hash).1 & begin::NUMBER != 0 {
                words.entry(hash, || Sign::Number);
            }
        }
        Sieve { words, others }
    }

    /// False where no figure can come of this page.
    pub(super) fn holds(&self, page: &[u8]) -> bool {
        if page.iter().take(64).any(|b| *b == 0)
            || matches!(page, [0xfe, 0xff, ..] | [0xff, 0xfe, ..])
        {
            return true; // in an encoding where letters are not bytes
        }
        let mut before = Before::default();
        let mut rest = page;
        while let Some(at) = memchr(b'<', rest) {
            let (text, tag) = rest.split_at(at);
            if self.tells(text, &mut before) {
                return true;
            }
            rest = after(tag);
        }
        self.tells(rest, &mut before)
    }

    /// True where one of the words stands in it, or a pair of them; the words before it may stand in front of a tag.
    fn tells(&self, text: &[u8], before: &mut Before) -> bool {
        if self.others && !text.is_ascii() {
            return true;
        }
        let alike = |a: &u8, b: &u8| kind(*a) == kind(*b);
        text.chunk_by(alike).any(|run| match kind(run[0]) {
            Kind::Letter => self.word(hash(run), before),
            Kind::Digit => {
                before.reach = REACH;
                false
            }
            Kind::Other => false,
        })
    }

    fn word(&self, word: u64, before: &mut Before) -> bool {
        let pair = pair(std::mem::replace(&mut before.word, word), word);
        let near = before.reach > 0;
        before.reach = before.reach.saturating_sub(1);
        match self.words.get(word) {
            Some(Sign::Trigger) => return true,
            Some(Sign::Noun) if near => return true,
            Some(Sign::Number) => before.reach = REACH,
            _ => {}
        }
        self.words.get(pair).is_some()
    }
}

#[derive(PartialEq)]
enum Kind {
    Letter,
    Digit,
    Other,
}

fn kind(b: u8) -> Kind {
    if b.is_ascii_alphabetic() {
        Kind::Letter
    } else if b.is_ascii_digit() {
        Kind::Digit
    } else {
        Kind::Other
    }
}

fn pair(first: u64, second: u64) -> u64 {
    (first.rotate_left(23) ^ second).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn hash(word: &[u8]) -> u64 {
    word.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}

/// What follows the tag that starts here, and all that no reader sees after it.
fn after(tag: &[u8]) -> &[u8] {
    let from = |at: Option<usize>| at.map_or(&[][..], |at| &tag[at..]);
    if tag.starts_with(b"<!--") {
        return from(memmem::find(tag, b"-->"));
    }
    let unseen = UNSEEN.iter().find(|name| {
        tag.get(1..=name.len())
            .is_some_and(|n| n.eq_ignore_ascii_case(name))
    });
    let end = memchr(b'>', tag).map(|at| at + 1);
    // what a page says of itself may hold the whole article
    let read = unseen.filter(|_| memmem::find(&tag[..end.unwrap_or(0)], b"ld+json").is_none());
    let Some(name) = read else {
        return from(end);
    };
    let end = memmem::find_iter(tag, b"</").find(|at| {
        tag.get(at + 2..at + 2 + name.len())
            .is_some_and(|n| n.eq_ignore_ascii_case(name))
    });
    from(end.map(|at| at + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_a_reader_sees_count() {
        let sieve = Sieve::new();
        for page in [
            "<p>Five people were KILLED.</p>",
            "<style>p { x }</STYLE><p title='a > b'>Ten<b>injured</b>",
            "wounded",
            "<!-- x --> displaced",
            "<script>a</script>drowned",
            "two asylum-seekers",
            "<p>200 <b>residents</b>",
            "<p>Two hundred or so residents",
            "children out of <b>school</b>",
            "<script type='application/ld+json'>{\"articleBody\": \"Five were killed\"}</script>",
        ] {
            assert!(sieve.holds(page.as_bytes()), "{page}");
        }
        for page in [
            "",
            "<p>Ten new flowers.</p>",
            "<p>The choir sings.</p>",
            "<p>The residents sing in room 5.</p>",
            "<script>killed()</script><p>x</p>",
            "<style>.killed {}</style>",
            "<style>.killed {}",
            "<p class='killed'>x",
            "<!-- killed --><p>x</p>",
            "<!-- killed",
            "<p>overkilledest</p>",
        ] {
            assert!(!sieve.holds(page.as_bytes()), "{page}");
        }
        let wide: Vec<u8> = "<p>killed"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(sieve.holds(&wide));
    }

    #[test]
    fn what_gives_figures_passes() {
        let sieve = Sieve::new();
        let lines = include_str!("../../data/training/en.jsonl").lines();
        let (mut found, mut lost) = (0, 0);
        for line in lines {
            let article: crate::Article = serde_json::from_str(line).expect("an article");
            let figures = crate::extract::figures(&article).len();
            found += figures;
            if !sieve.holds(article.text.as_bytes()) {
                lost += figures;
            }
        }
        assert!(found > 1000 && lost == 0, "{lost} of {found} lost");
    }
}
