//! How names are written in the gazetteer's index: small letters, no accents, no apostrophes, no full stops; anything else is
//! one space. Shared with `build.rs`, so that the index and the reader agree.

/// Base letters, each with the accented letters that are read as it.
const LETTERS: [(&str, &str); 28] = [
    ("a", "àáâãäåāăąạảấầẩẫậắằẳẵặǎȁȃəḁ"),
    ("ae", "æ"),
    ("b", "ḃḅḇ"),
    ("c", "çćĉċč"),
    ("d", "ďđðḍḑḏ"),
    ("e", "èéêëēĕėęěẹẻẽếềểễệȩ"),
    ("f", "ḟ"),
    ("g", "ĝğġģǧḡ"),
    ("h", "ĥħḥḩẖḫ"),
    ("i", "ìíîïĩīĭįıỉịǐ"),
    ("j", "ĵ"),
    ("k", "ķḳḵǩ"),
    ("l", "ĺļľŀłḷḻ"),
    ("m", "ḿṃ"),
    ("n", "ñńņňŉṇṉ"),
    ("ng", "ŋ"),
    ("o", "òóôõöøōŏőơọỏốồổỗộớờởỡợǒ"),
    ("oe", "œ"),
    ("r", "ŕŗřṛ"),
    ("s", "śŝşšșṣ"),
    ("ss", "ß"),
    ("t", "ţťŧțṭṯ"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųưụủứừửữựǔ"),
    ("v", "ṿ"),
    ("w", "ŵẁẃẅẇ"),
    ("y", "ýÿŷỳỵỷỹ"),
    ("z", "źżžẓẕ"),
];

/// What a character becomes in a name.
pub(crate) enum Folded {
    /// These small letters or digits.
    Letters(&'static str),
    /// The small letter or digit itself.
    Plain(u8),
    /// Nothing: an apostrophe, a full stop, a mark on the letter before.
    Nothing,
    /// A border between words.
    Space,
    /// A letter of another script: no name of the index holds it.
    Foreign,
}

/// Folds one character.
pub(crate) fn fold(c: char) -> Folded {
    if c.is_ascii() {
        return match c {
            'a'..='z' | '0'..='9' => Folded::Plain(c as u8),
            'A'..='Z' => Folded::Plain(c.to_ascii_lowercase() as u8),
            '\'' | '.' | '`' => Folded::Nothing,
            _ => Folded::Space,
        };
    }
    if matches!(
        c,
        '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | '´' | '”' | '“' | '\u{ad}'
    ) || matches!(c as u32, 0x300..=0x36f)
    {
        return Folded::Nothing;
    }
    for small in c.to_lowercase() {
        if let Some((base, _)) = LETTERS.iter().find(|(_, all)| all.contains(small)) {
            return Folded::Letters(base);
        }
    }
    if c.is_alphabetic() {
        Folded::Foreign
    } else {
        Folded::Space
    }
}

/// The key of a name. A short name in capitals only ("UAE") keeps them: it is no word in small letters.
pub(crate) fn key(name: &str) -> String {
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let plain = name.chars().all(|c| c.is_ascii_uppercase() || c == '.');
    if plain && (2..=ACRONYM).contains(&letters.len()) {
        return letters;
    }
    let mut out = String::with_capacity(name.len());
    let mut space = false;
    for c in name.chars() {
        let letters = match fold(c) {
            Folded::Plain(b) => &(b as char).to_string(),
            Folded::Letters(letters) => letters,
            Folded::Space => {
                space = true;
                continue;
            }
            Folded::Nothing | Folded::Foreign => continue,
        };
        if space && !out.is_empty() {
            out.push(' ');
        }
        space = false;
        out.push_str(letters);
    }
    out
}

/// The longest acronym.
pub(crate) const ACRONYM: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_apostrophes_and_hyphens_do_not_count() {
        assert_eq!(key("Za'atari"), key("Zaatari"));
        assert_eq!(key("Côte d’Ivoire"), "cote divoire");
        assert_eq!(key("Deir ez-Zor"), key("Deir Ez Zor"));
        assert_eq!(key("St. Petersburg"), "st petersburg");
    }

    #[test]
    fn short_names_in_capitals_stay_capitals() {
        assert_eq!(key("U.S."), "US");
        assert_eq!(key("UAE"), "UAE");
        assert_eq!(key("Ub"), "ub");
    }
}
