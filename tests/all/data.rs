//! The data as data: every table is well formed, every pattern fires, and the code names nothing that is data.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use headcount::{Article, Kind, Measure, Qualifier, Unit, compare, extract, series, sheet};

use crate::cases;

/// What can be counted; a measure more or less is a decision, not an edit.
const MEASURES: &[&str] = &[
    "fatalities",
    "injured",
    "casualties",
    "missing",
    "abducted",
    "detained",
    "idps",
    "refugees",
    "asylum_seekers",
    "displaced",
    "returnees",
    "migrants",
    "evacuated",
    "rescued",
    "homeless",
    "sheltered",
    "stranded",
    "affected",
    "people_in_need",
    "food_insecure",
    "malnourished",
    "cases",
    "people_reached",
    "homes_destroyed",
    "homes_damaged",
];

/// Labels of the weights that are no measure.
const QUESTIONS: &[&str] = &["none", "total", "part_of", "projected", "voted"];

/// English words that are names in the code: of evidence, of columns and kinds of sources, and the articles that scoring leaves out.
const NAMES: &[&str] = &[
    "media",
    "head",
    "before",
    "just",
    "other",
    "one",
    "only",
    "many",
    "source",
    "country",
    "published",
    "bar",
    "same",
    "day",
    "month",
    "year",
    "totals",
    "news",
    "both",
    "here",
    "far",
    "clause",
];

/// Patterns that no case makes fire; may only fall.
const SILENT_PATTERNS: usize = 76;

fn repository(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn language() -> toml::Table {
    repository("data/lang/en.toml").parse().expect("TOML")
}

/// Every list of phrases of the language, by its path in the file.
fn lists(table: &toml::Table, path: &str, out: &mut BTreeMap<String, Vec<String>>) {
    for (key, value) in table {
        let path = format!("{path}.{key}");
        let phrases: Vec<String> = match value {
            toml::Value::Array(list) => list
                .iter()
                // of a key and its words, the words
                .map(|v| v.as_array().and_then(|pair| pair.last()).unwrap_or(v))
                .filter_map(|v| v.as_str())
                .map(String::from)
                .collect(),
            toml::Value::Table(inner)
                if !inner.is_empty() && inner.values().all(|v| v.is_integer() || v.is_float()) =>
            {
                inner.keys().cloned().collect()
            }
            toml::Value::Table(inner) => {
                lists(inner, &path, out);
                continue;
            }
            _ => continue,
        };
        out.insert(path, phrases);
    }
}

fn phrases() -> BTreeMap<String, Vec<String>> {
    let mut out = BTreeMap::new();
    lists(&language(), "", &mut out);
    out
}

fn patterns() -> BTreeMap<String, Vec<String>> {
    let table = language();
    let list = |v: &toml::Value| -> Vec<String> {
        let list = v.as_array().expect("a list of patterns");
        list.iter()
            .map(|p| p.as_str().expect("a pattern").to_string())
            .collect()
    };
    let patterns = table["patterns"].as_table().expect("patterns");
    patterns
        .iter()
        .map(|(label, v)| (label.clone(), list(v)))
        .collect()
}

#[test]
fn measures_are_the_ones_agreed() {
    let codes: Vec<&str> = Measure::all().map(Measure::code).collect();
    assert_eq!(codes, MEASURES);
}

#[test]
fn measures_are_well_formed() {
    let (mut labels, mut colours) = (BTreeSet::new(), BTreeSet::new());
    for measure in Measure::all() {
        let row = measure.row();
        assert!(
            labels.insert(&row.label),
            "{}: its label is taken",
            row.code
        );
        assert!(
            colours.insert(&row.colour),
            "{}: its colour is taken",
            row.code
        );
        let digits = row.colour.strip_prefix('#').unwrap_or_default();
        assert!(
            digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()),
            "{}: {:?} is no colour",
            row.code,
            row.colour
        );
        if let Some(wider) = &row.wider {
            assert!(
                MEASURES.contains(&wider.as_str()),
                "{}: no measure {wider}",
                row.code
            );
            assert_ne!(*wider, row.code);
        }
        assert!(
            !row.loose || row.wider.is_some(),
            "{}: loose, but in what?",
            row.code
        );
        let homes = row.unit == Unit::Homes;
        assert!(
            homes || row.unit == Unit::People,
            "{}: counted in {}",
            row.code,
            row.unit
        );
    }
}

/// `#tag+attribute+attribute`, letters first, small letters, digits and underscores.
fn is_hxl(tag: &str) -> bool {
    let word = |w: &str| {
        w.starts_with(|c: char| c.is_ascii_lowercase())
            && w.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    tag.strip_prefix('#')
        .is_some_and(|rest| rest.split('+').all(word))
}

#[test]
fn hxl_tags_are_well_formed() {
    for measure in Measure::all() {
        assert!(
            is_hxl(&measure.row().hxl),
            "{}: {:?}",
            measure,
            measure.row().hxl
        );
    }
    for columns in [sheet::FIGURES, series::COLUMNS, compare::COLUMNS] {
        let mut tags = BTreeSet::new();
        for sheet::Column { name, hxl, .. } in columns {
            assert!(is_hxl(hxl), "{name}: {hxl:?}");
            assert!(tags.insert(hxl), "{name}: {hxl:?} is taken");
        }
    }
    for wrong in [
        "affected",
        "#",
        "#Affected",
        "#affected+",
        "#affected killed",
        "#1st",
    ] {
        assert!(!is_hxl(wrong), "{wrong:?}");
    }
}

#[test]
fn no_phrase_twice_in_a_list() {
    let mut twice = Vec::new();
    for (list, phrases) in phrases() {
        assert!(!phrases.is_empty(), "{list} is empty");
        if list.starts_with(".charts.") {
            continue; // for one, for many: they may read the same
        }
        let mut seen = BTreeSet::new();
        for phrase in phrases {
            assert_eq!(phrase.trim(), phrase, "{list}: blanks around {phrase:?}");
            if !seen.insert(phrase.to_lowercase()) {
                twice.push(format!("{list}: {phrase:?}"));
            }
        }
    }
    assert!(twice.is_empty(), "twice: {twice:#?}");
}

#[test]
fn a_hedge_has_one_meaning() {
    let mut meaning: BTreeMap<String, String> = BTreeMap::new();
    for (list, phrases) in phrases() {
        let side = if list.starts_with(".hedges.after_") {
            "after"
        } else {
            "before"
        };
        if !list.starts_with(".hedges.") || list.ends_with(".between") {
            continue;
        }
        for phrase in phrases {
            let other = meaning.insert(format!("{side} {phrase}"), list.clone());
            assert!(other.is_none(), "{phrase:?} is in {list} and in {other:?}");
        }
    }
}

#[test]
fn patterns_hold_one_number_and_speak_for_a_measure() {
    let mut all = BTreeSet::new();
    for (label, list) in patterns() {
        assert!(
            MEASURES.contains(&label.as_str()) || label == "none",
            "no measure {label:?}"
        );
        for pattern in list {
            let numbers = pattern
                .split_whitespace()
                .filter(|part| *part == "#")
                .count();
            assert_eq!(numbers, 1, "{label}: {pattern:?}");
            assert!(
                all.insert((label.clone(), pattern.clone())),
                "{label}: {pattern:?} twice"
            );
        }
    }
    for measure in MEASURES {
        assert!(
            all.iter().any(|(label, _)| label == measure),
            "no pattern for {measure}"
        );
    }
}

#[test]
fn every_pattern_fires_in_a_case() {
    let mut silent: BTreeSet<String> = BTreeSet::new();
    for (label, list) in patterns() {
        silent.extend(list.iter().map(|pattern| format!("{label}: {pattern}")));
    }
    for case in cases::all() {
        for line in extract::explain(&case.article).lines() {
            if let Some(pattern) = line.trim_start().strip_prefix("pattern of ") {
                silent.remove(pattern);
            }
        }
    }
    assert!(
        silent.len() <= SILENT_PATTERNS,
        "{} patterns fire in no case of tests/cases, {SILENT_PATTERNS} may; write a case for: {silent:#?}",
        silent.len()
    );
}

#[test]
fn every_measure_and_word_of_the_record_has_a_case() {
    let figures: Vec<_> = cases::all()
        .iter()
        .flat_map(|c| extract::figures(&c.article))
        .collect();
    for measure in Measure::all() {
        assert!(
            figures.iter().any(|f| f.measure == measure),
            "no case gives {measure}"
        );
    }
    for word in Qualifier::ALL {
        assert!(
            figures.iter().any(|f| f.qualifier == *word),
            "no case gives {word}"
        );
    }
    for word in Unit::ALL {
        assert!(
            figures.iter().any(|f| f.unit == *word),
            "no case gives {word}"
        );
    }
    for word in Kind::ALL {
        assert!(
            figures.iter().any(|f| f.kind == *word),
            "no case gives {word}"
        );
    }
}

#[test]
fn weights_are_a_readable_table() {
    let text = repository("data/weights/en.tsv");
    let mut rows: Vec<(&str, i32, &str)> = Vec::new();
    for (i, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let [feature, label, weight] = cells[..] else {
            panic!("line {}: three columns are needed: {line:?}", i + 1)
        };
        assert!(
            MEASURES.contains(&label) || QUESTIONS.contains(&label),
            "line {}: no label {label:?}",
            i + 1
        );
        let tenths = weight
            .strip_prefix(['+', '-'])
            .and_then(|w| w.split_once('.'));
        assert!(
            tenths.is_some_and(|(whole, tenth)| whole.parse::<u8>().is_ok() && tenth.len() == 1),
            "line {}: {weight:?} is no signed weight in steps of 0.1",
            i + 1
        );
        let tenths: i32 = weight.replace('.', "").parse().expect("digits");
        assert_ne!(tenths, 0, "line {}: a weight of nothing", i + 1);
        rows.push((label, -tenths, feature));
    }
    assert!((1_000..=5_000).contains(&rows.len()), "{} rows", rows.len());
    for pair in rows.windows(2) {
        assert!(
            pair[0] < pair[1],
            "not sorted by label, weight, feature: {pair:?}"
        );
    }
    let keys: BTreeSet<(&str, &str)> = rows.iter().map(|r| (r.0, r.2)).collect();
    assert_eq!(keys.len(), rows.len(), "a feature twice for one label");
}

fn sources() -> Vec<(String, Vec<String>)> {
    let text = repository("data/sources.csv");
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    let row = |r: csv::StringRecord| {
        let aliases = r[1].split('|').filter(|a| !a.is_empty());
        (r[0].to_string(), aliases.map(String::from).collect())
    };
    csv.records().map(|r| row(r.expect("a row"))).collect()
}

#[test]
fn sources_are_many_and_each_stands_once() {
    let sources = sources();
    assert!(sources.len() >= 200, "{}", sources.len());
    let mut owner: BTreeMap<String, &str> = BTreeMap::new();
    for (name, aliases) in &sources {
        for known_as in aliases.iter().chain([name]) {
            let other = owner.insert(known_as.clone(), name);
            assert!(
                other.is_none_or(|o| o == name && known_as != name),
                "{known_as:?}: {name} and {other:?}"
            );
        }
    }
}

/// The string literals of a source file, comments and test modules left out, each with its line.
fn literals(source: &str) -> Vec<(usize, String)> {
    let source = source
        .split("#[cfg(test)]\nmod ")
        .next()
        .unwrap_or_default();
    let chars: Vec<char> = source.chars().collect();
    let (mut out, mut i, mut line) = (Vec::new(), 0, 1);
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    while i < chars.len() {
        match at(i) {
            '\n' => line += 1,
            '/' if at(i + 1) == '/' => {
                while i < chars.len() && at(i + 1) != '\n' {
                    i += 1;
                }
            }
            // a character, not a lifetime
            '\'' if at(i + 1) == '\\' => i += 3,
            '\'' if at(i + 2) == '\'' => i += 2,
            '"' => {
                let hashes = (1..=i).take_while(|n| at(i - n) == '#').count();
                let raw = i > hashes && at(i - hashes - 1) == 'r';
                let close: String = std::iter::once('"')
                    .chain("#".repeat(hashes).chars())
                    .collect();
                let mut literal = String::new();
                i += 1;
                while i < chars.len()
                    && !(at(i) == '"'
                        && (!raw || chars[i..].starts_with(&close.chars().collect::<Vec<_>>())))
                {
                    if at(i) == '\n' {
                        line += 1;
                    }
                    if at(i) == '\\' && !raw {
                        i += 1;
                    }
                    literal.push(at(i));
                    i += 1;
                }
                out.push((line, literal));
            }
            _ => {}
        }
        i += 1;
    }
    out
}

/// Every source file with its path.
fn code() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut out = Vec::new();
    for entry in walkdir::WalkDir::new(root.join("src")).sort_by_file_name() {
        let path = entry.expect("src can be read").into_path();
        // these are compiled for tests only
        let test = path
            .file_stem()
            .is_some_and(|s| s == "tests" || s == "samples");
        if path.extension().is_some_and(|e| e == "rs") && !test {
            let name = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .display()
                .to_string();
            out.push((name, std::fs::read_to_string(&path).expect("a source file")));
        }
    }
    out
}

/// Words of a text: letters, digits, underscores.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
}

#[test]
fn literals_are_found() {
    let source = "let a = \"x \\\" y\"; // \"no\"\nlet b = '\"'; let c = r#\"z\" w\"#;\n#[cfg(test)]\nmod tests { \"t\" }";
    let found = literals(source);
    assert_eq!(found, [(1, "x \" y".to_string()), (2, "z\" w".to_string())]);
}

#[test]
fn no_measure_is_named_in_code() {
    for (file, source) in code() {
        for (line, literal) in literals(&source) {
            assert!(
                !MEASURES.contains(&literal.as_str()),
                "{file}:{line}: names the measure {literal:?}"
            );
            for word in words(&literal) {
                let named = word.contains('_') && MEASURES.contains(&word);
                assert!(!named, "{file}:{line}: names the measure {word:?}");
            }
        }
    }
}

#[test]
fn no_organisation_is_named_in_code() {
    let acronym = |name: &&String| name.len() > 2 && name.chars().all(|c| c.is_ascii_uppercase());
    let sources = sources();
    let names: BTreeSet<&String> = sources
        .iter()
        .flat_map(|(name, aliases)| aliases.iter().chain([name]))
        .collect();
    let acronyms: BTreeSet<&str> = names
        .iter()
        .copied()
        .filter(acronym)
        .map(String::as_str)
        .collect();
    assert!(acronyms.len() > 50);
    for (file, source) in code() {
        for (line, literal) in literals(&source) {
            assert!(
                !names.contains(&literal),
                "{file}:{line}: names {literal:?}"
            );
            if let Some(word) = words(&literal).find(|w| acronyms.contains(w)) {
                // the command line may show an example
                assert!(
                    file.starts_with("src/cli/"),
                    "{file}:{line}: names {word:?}"
                );
            }
        }
    }
}

#[test]
fn no_word_of_a_language_is_named_in_code() {
    let table = language();
    let mut allowed: BTreeSet<String> = BTreeSet::new();
    // names of lists and the words of the record are no wording
    for (key, value) in &table {
        allowed.insert(key.clone());
        if let Some(inner) = value.as_table() {
            allowed.extend(inner.keys().cloned());
        }
    }
    allowed.extend(Qualifier::ALL.iter().map(ToString::to_string));
    allowed.extend(Unit::ALL.iter().map(ToString::to_string));
    allowed.extend(Kind::ALL.iter().map(ToString::to_string));
    allowed.extend(NAMES.iter().map(ToString::to_string));
    allowed.extend(QUESTIONS.iter().map(ToString::to_string));
    let wording: BTreeSet<String> = phrases()
        .into_values()
        .flatten()
        .filter(|p| p.chars().count() > 2 && p.chars().all(|c| c.is_alphabetic() || c == ' '))
        .filter(|p| !allowed.contains(p))
        .collect();
    assert!(wording.len() > 1_000);
    let mut named = Vec::new();
    for (file, source) in code() {
        // the code that reads a text; elsewhere a word is a column, a key or a message
        let reads = ["src/extract/", "src/text/", "src/totals.rs"];
        if !reads.iter().any(|part| file.starts_with(part)) {
            continue;
        }
        for (line, literal) in literals(&source) {
            if wording.contains(literal.trim()) {
                named.push(format!("{file}:{line}: {literal:?}"));
            }
        }
    }
    assert!(named.is_empty(), "wording belongs to data/lang: {named:#?}");
}

#[test]
fn annotated_text_of_our_own_is_well_formed() {
    let mut ids = BTreeSet::new();
    let mut texts = BTreeSet::new();
    let mut figures = 0;
    for (i, line) in repository("data/training/en.jsonl").lines().enumerate() {
        let at = format!("data/training/en.jsonl:{}", i + 1);
        let article: Article = serde_json::from_str(line).unwrap_or_else(|e| panic!("{at}: {e}"));
        assert!(ids.insert(article.id.clone()), "{at}: the id stands twice");
        assert!(
            texts.insert(article.text.clone()),
            "{at}: the text stands twice"
        );
        let text: Vec<char> = article.text.chars().collect();
        for f in &article.figures {
            let words: String = text[f.start as usize..f.end as usize].iter().collect();
            assert_eq!(words, f.number_text, "{at}");
            assert!(
                f.value.or(f.low).or(f.high).is_some(),
                "{at}: {words:?} has no number"
            );
            let (low, high) = (f.low.unwrap_or(0.0), f.high.unwrap_or(f64::INFINITY));
            assert!(low <= high, "{at}: {words:?}");
            figures += 1;
        }
    }
    assert!(
        texts.len() > 1_500 && figures > 3_000,
        "{} texts, {figures} figures",
        texts.len()
    );
}
