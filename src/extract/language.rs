//! Which languages there are words for, and which language an article is in.

use std::borrow::Cow;

use isolang::Language;

use crate::article::Article;
use crate::data;

/// How much of a text is looked at, in bytes: its start.
const SAMPLE: usize = 4 << 10;
/// One word in so many is a common one, else the text is in doubt.
const COMMON: usize = 12;
/// With so many of them nothing more is read.
const SURE: usize = 6;
/// A text of fewer letters is too short to be told by its letters.
const LETTERS: usize = 60;
/// A text of so many letters without any common word is of no known language.
const MANY: usize = 300;
/// What a text is called whose language cannot be told (ISO 639-2).
const UNDETERMINED: &str = "und";

/// The languages there are words for, as articles name them (ISO 639-1).
pub fn languages() -> Vec<&'static str> {
    vec![data::get().lang.code.as_str()]
}

/// The language of an article that there are no words for: the one it names, else the one its text is in.
///
/// ISO 639-1 where the language has such a code, else ISO 639-3; `und` for a text of no language that can be told. A region
/// after the language (`-GB`) says nothing. A short text that names no language is taken for the first of [`languages`],
/// since a headline is easily mistaken.
pub fn foreign(article: &Article) -> Option<Cow<'_, str>> {
    let named = article.lang.as_deref().unwrap_or_default().trim();
    let language = named.split(['-', '_']).next().unwrap_or(named);
    if language.is_empty() {
        return told(&article.text).map(Cow::Borrowed);
    }
    let known = |code: &str| languages().iter().any(|l| l.eq_ignore_ascii_case(code));
    (!known(language)).then_some(Cow::Borrowed(named))
}

/// The language of a text without enough common words of a known one. Common words first: they are told fast and never mistaken.
fn told(text: &str) -> Option<&'static str> {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let lang = &data::get().lang;
    let (mut words, mut common) = (0, 0);
    for word in sample.split(|c: char| !c.is_alphabetic()) {
        if word.is_empty() {
            continue;
        }
        words += 1;
        common += usize::from(lang.is_common(word));
        if common >= SURE && common * COMMON >= words {
            return None;
        }
    }
    if common * COMMON >= words {
        return None;
    }
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters < LETTERS {
        return None;
    }
    let found = whatlang::detect(sample)?;
    let language = Language::from_639_3(found.lang().code());
    let code = language.map(|l| l.to_639_1().unwrap_or(l.to_639_3()));
    if code.is_some_and(|code| languages().contains(&code)) {
        return None;
    }
    match code {
        Some(code) if found.is_reliable() => Some(code),
        _ if common == 0 && letters >= MANY => Some(UNDETERMINED),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(lang: Option<&str>, text: &str) -> Article {
        Article {
            lang: lang.map(str::to_string),
            text: text.into(),
            ..Article::default()
        }
    }

    #[test]
    fn a_language_that_is_named_is_believed() {
        for known in [
            None,
            Some("en"),
            Some("EN"),
            Some("en-GB"),
            Some("en_US"),
            Some(""),
        ] {
            assert_eq!(foreign(&article(known, "")), None, "{known:?}");
        }
        for unknown in ["fr", "eng", "e", "uk-UA"] {
            let article = article(Some(unknown), "");
            assert_eq!(foreign(&article).as_deref(), Some(unknown));
        }
        let text = "Les pluies ont fait au moins douze morts dans le nord du pays, selon la protection civile.";
        assert_eq!(foreign(&article(Some("en"), text)), None);
    }

    #[test]
    fn else_the_text_tells_it() {
        for (language, text) in [
            (
                "fr",
                "Les pluies ont fait au moins douze morts dans le nord du pays, selon la protection civile, et des milliers de familles ont quitté leurs maisons.",
            ),
            (
                "es",
                "Las lluvias dejaron al menos doce muertos en el norte del país, según la protección civil, y miles de familias abandonaron sus casas.",
            ),
            (
                "uk",
                "Щонайменше семеро людей загинули, ще двадцятеро поранені внаслідок нічного обстрілу міста, повідомили рятувальники.",
            ),
            (
                "ru",
                "По меньшей мере семь человек погибли, ещё двадцать ранены в результате ночного обстрела города, сообщили спасатели.",
            ),
            (
                "ar",
                "قُتل سبعة أشخاص على الأقل وأصيب عشرون آخرون في قصف ليلي على المدينة، بحسب رجال الإنقاذ والسلطات المحلية.",
            ),
            (
                "cmn",
                "当地救援人员说，夜间对该城市的炮击造成至少七人死亡，另有二十人受伤，数千个家庭被迫离开家园，前往邻近省份避难，许多道路仍然无法通行，救援队正在继续搜寻失踪者。",
            ),
        ] {
            let article = article(None, text);
            assert_eq!(foreign(&article).as_deref(), Some(language), "{text}");
        }
    }

    #[test]
    fn short_and_telegraphic_texts_are_not_mistaken() {
        for text in [
            "",
            "At least 59 people died.",
            "Bombe: 12 Tote",
            "Killed: 45 | Injured: 120 | Missing: 3 | Displaced: 4,500 families | Houses destroyed: 1,200",
            "2 killed, 14 hurt in Quetta blast",
            "KABUL — Gunmen killed nine policemen and kidnapped four others in Ghazni province, officials said.",
            "Significant street flooding across Queens. Several cars stranded near Jamaica Bay.",
            "5,400 dead, 980,000 internally displaced, 600,000 asylum seekers abroad: Donetsk, Luhansk, Debaltseve, Mariupol, Kramatorsk",
        ] {
            assert_eq!(foreign(&article(None, text)), None, "{text}");
        }
    }
}
