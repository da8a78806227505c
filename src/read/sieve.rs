//! The bytes of a page -> whether a figure can come of it at all. Nothing is parsed: tags, scripts and styles are stepped over, and what
//! is left is looked through for a word that figures hang on (see `triggers` in `data/lang/`), or of those of many words, for two in a row.

use memchr::{memchr, memmem};

use crate::data::{self, table::Table};

/// Elements whose content no reader sees.
const UNSEEN: [&[u8]; 2] = [b"script", b"style"];

/// The words figures hang on.
pub(super) struct Sieve {
    /// Words, and pairs of words.
    words: Table<()>,
    /// Some are not in plain letters, and could be written in any encoding.
    others: bool,
}

impl Sieve {
    pub(super) fn new() -> Self {
        let (mut words, mut others) = (Table::default(), false);
        for phrase in data::get().lang.trigger_words() {
            others |= phrase.iter().any(|word| !word.is_ascii());
            // of a phrase, the two words that say most
            let pairs = phrase.windows(2);
            let telling = match pairs.max_by_key(|pair| pair[0].len() + pair[1].len()) {
                Some(words) => pair(hash(words[0].as_bytes()), hash(words[1].as_bytes())),
                None => phrase.first().map_or(0, |word| hash(word.as_bytes())),
            };
            words.entry(telling, || ());
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
        let mut before = 0;
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

    /// True where one of the words stands in it, or a pair of them; the word before it may stand in front of a tag.
    fn tells(&self, text: &[u8], before: &mut u64) -> bool {
        if self.others && !text.is_ascii() {
            return true;
        }
        let words = text.split(|b| !b.is_ascii_alphabetic());
        words.filter(|word| !word.is_empty()).any(|word| {
            let word = hash(word);
            let pair = pair(std::mem::replace(before, word), word);
            self.words.get(word).is_some() || self.words.get(pair).is_some()
        })
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
            "children out of <b>school</b>",
            "<script type='application/ld+json'>{\"articleBody\": \"Five were killed\"}</script>",
        ] {
            assert!(sieve.holds(page.as_bytes()), "{page}");
        }
        for page in [
            "",
            "<p>Ten new flowers.</p>",
            "<p>The school opens.</p>",
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
    /// Figures that hang on a noun alone ("200 residents") can be lost, and hardly any other.
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
        assert!(found > 1000 && lost * 500 < found, "{lost} of {found} lost");
    }
}
