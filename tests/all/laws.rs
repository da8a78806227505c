//! Laws that hold for any text: no panic, spans in the text, bounds in order, the same whatever runs beside.

use chrono::NaiveDate;
use headcount::{Article, Country, Figure, Kind, Measure, Qualifier, Unit, extract, sheet, totals};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use rayon::prelude::*;

/// What pages are made of, well or badly.
const MARKUP: &[&str] = &[
    "<p>",
    "</p>",
    "<div class=related>",
    "<div class=article-body>",
    "</div>",
    "<article>",
    "</article>",
    "<h1>",
    "</h1>",
    "<h2>Related</h2>",
    "<ul><li>",
    "<li>",
    "</ul>",
    "<dl><dt>",
    "<dd>",
    "<table>",
    "<tr>",
    "<td>",
    "<td colspan=9999 rowspan=9999>",
    "<th>",
    "</table>",
    "<a href=x>",
    "</a>",
    "<br>",
    "<br><br>",
    "<b>",
    "</b>",
    "<sup>",
    "</sup>",
    "<q>",
    "<span hidden>",
    "<svg>",
    "<script>",
    "</script>",
    "<script type=application/ld+json>{\"@type\":\"Article\",\"articleBody\":\"",
    "<meta name=date content=2020-02-30>",
    "<time datetime=2020-02-03 pubdate>",
    "<!--",
    "-->",
    "&amp;",
    "&#0;",
    "<",
    "Five people were killed in the flood, police said. ",
    "1,200",
    "é\u{200b}\u{a0}",
];

/// Numbers in every dress, and things that only look like numbers.
const NUMBERS: &[&str] = &[
    "5",
    "12",
    "1,200",
    "980 000",
    "980\u{a0}000",
    "980\u{2009}000",
    "980\u{202f}000",
    "980.000",
    "1.2 million",
    "1.2m",
    "45k",
    "2.3 lakh",
    "3,000-5,000",
    "3–4",
    "between 3 and 5",
    "two",
    "twenty-three",
    "two hundred and five",
    "a dozen",
    "half a million",
    "a quarter of",
    "dozens of",
    "tens of thousands of",
    "a couple",
    "no",
    "no one",
    "a",
    "one in three",
    "40%",
    "12 per cent",
    "0",
    "007",
    "1st",
    "2015",
    "5 May",
    "10:30",
    "9/11",
    "24/7",
    "١٢٣",
    "१२",
    "½",
    "³",
    "1e9",
    "18446744073709551616",
    "0.0000001",
    "1,2,3,4",
    "--5",
    "5(5)",
    "1.000.000",
    "hundred hundred hundred",
    "million million",
    "one-half",
    "thousand",
    "three and",
    "from 12 to 17",
];
const HEDGES: &[&str] = &[
    "about",
    "nearly",
    "more than",
    "at least",
    "up to",
    "fewer than",
    "or more",
    "an estimated",
    "some",
    "~",
    ">",
    "≥",
    "between",
    "another",
    "as many as",
    "not",
    "a further",
    "a total of",
];
const WORDS: &[&str] = &[
    "people",
    "soldiers",
    "children",
    "families",
    "houses",
    "were killed",
    "killed",
    "wounded",
    "have fled",
    "are missing",
    "displaced",
    "internally displaced",
    "refugees",
    "in need of aid",
    "cases of cholera",
    "said",
    "according to",
    "UNHCR",
    "the agency",
    "he added",
    "since February 2014",
    "as of 5 May",
    "last week",
    "on Friday",
    "in Ukraine",
    "in Aleppo",
    "including",
    "of whom",
    "of them",
    "and",
    "or",
    "expected to",
    "death toll rose to",
    "Killed:",
    "km",
    "dollars",
    "years old",
    "DEAD",
];
const MARKS: &[&str] = &[
    ".",
    ",",
    ";",
    ":",
    "!",
    "?",
    "|",
    "•",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "-",
    "–",
    "—",
    "…",
    "%",
    "$",
    "#",
    "*",
    "/",
    "\\",
    "'",
    "((",
    "\"\"",
    "“‘“",
    "@",
    "\t",
    "\n",
    "\r\n",
    "\n\n",
    "\u{c}",
    "  ",
];
const ODD: &[&str] = &[
    "\u{ad}",
    "\u{a0}",
    "\u{2009}",
    "\u{200b}",
    "\u{200f}",
    "\u{202e}",
    "\u{feff}",
    "\u{0}",
    "😀",
    "👩‍👩‍👧",
    "é",
    "e\u{301}",
    "ß",
    "İ",
    "ﬁ",
    "中文",
    "مئة",
    "\u{fffd}",
    "𝟓",
    "Ⅻ",
    "\u{1f}",
    "ǆ",
    "K",
];

/// Texts made of what extraction looks for, and of what it should survive.
fn any_text() -> impl Strategy<Value = String> {
    let known = |words: &'static [&'static str]| select(words).prop_map(String::from);
    let piece = prop_oneof![
        6 => known(NUMBERS),
        3 => known(HEDGES),
        8 => known(WORDS),
        3 => known(MARKS),
        1 => known(ODD),
        1 => any::<u64>().prop_map(|n| n.to_string()),
        1 => any::<f64>().prop_map(|n| n.to_string()),
        1 => "\\PC{0,8}",
        1 => (1usize..60).prop_map(|n| "9".repeat(n)),
    ];
    let glue = prop_oneof![5 => Just(" "), 1 => Just("")];
    vec((piece, glue), 0..50).prop_map(|parts| {
        let mut text = String::new();
        for (piece, glue) in parts {
            text += &piece;
            text += glue;
        }
        text
    })
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0i32..36_500).prop_map(|n| {
        NaiveDate::from_ymd_opt(1950, 1, 1).expect("a day")
            + chrono::Days::new(n.unsigned_abs().into())
    })
}

fn any_article() -> impl Strategy<Value = Article> {
    (any_text(), option::of(any_text()), option::of(any_day())).prop_map(
        |(text, title, published)| Article {
            id: "law".into(),
            title,
            published,
            text,
            ..Article::default()
        },
    )
}

fn any_number() -> impl Strategy<Value = Option<f64>> {
    option::of(prop_oneof![
        (0u32..u32::MAX).prop_map(f64::from),
        (0u32..10_000).prop_map(|n| f64::from(n) / 10_000.0),
        Just(1e15),
    ])
}

/// Some text or none; an empty cell of a sheet is none.
fn any_cell() -> impl Strategy<Value = Option<String>> {
    option::of("[a-zA-Zé\"',;\n ]{0,12}[a-z]")
}

/// Any figure that a record can hold.
fn any_figure() -> impl Strategy<Value = Figure> {
    let measures: Vec<Measure> = Measure::all().collect();
    let countries = ["UKR", "SYR", "SSD"].map(|c| c.parse::<Country>().expect("a code"));
    let what = (
        select(measures),
        any_number(),
        any_number(),
        any_number(),
        select(Qualifier::ALL),
        select(Unit::ALL),
        select(Kind::ALL),
    );
    let whence = (
        any_cell(),
        any_cell(),
        option::of(any_day()),
        option::of(any_day()),
        option::of(any_day()),
        option::of(select(countries.to_vec())),
        any_cell(),
    );
    let rest = (
        any::<[bool; 3]>(),
        any_text(),
        0u32..=1000,
        any::<(u32, u32)>(),
    );
    (what, whence, rest).prop_map(|(what, whence, rest)| Figure {
        id: "0123456789abcdef".into(),
        start: rest.3.0,
        end: rest.3.1,
        number_text: "1,5\"0".into(),
        measure: what.0,
        value: what.1,
        low: what.2,
        high: what.3,
        qualifier: what.4,
        unit: what.5,
        kind: what.6,
        source: whence.0,
        source_text: whence.1,
        as_of: whence.2,
        period_start: whence.3,
        period_end: whence.4,
        country: whence.5,
        place_text: whence.6,
        part_of: rest.0[0],
        projected: rest.0[1],
        implicit: rest.0[2],
        sentence: rest.1,
        confidence: f64::from(rest.2) / 1000.0,
    })
}

/// What holds for the figures of any article.
fn lawful(article: &Article) {
    let figures = extract::figures(article);
    let points: Vec<char> = article.text.chars().collect();
    for f in &figures {
        assert!(f.start < f.end && f.end as usize <= points.len(), "{f:?}");
        let there: String = points[f.start as usize..f.end as usize].iter().collect();
        assert_eq!(f.number_text, there);
        assert!(f.sentence.contains(&there), "{f:?}");
        assert!(article.text.contains(&f.sentence), "{f:?}");
        for (a, b) in [(f.low, f.value), (f.value, f.high), (f.low, f.high)] {
            assert!(a.zip(b).is_none_or(|(a, b)| a <= b), "{f:?}");
        }
        for n in [f.low, f.value, f.high].into_iter().flatten() {
            assert!(n.is_finite() && n >= 0.0, "{f:?}");
        }
        assert!(f.low.is_some() || f.high.is_some(), "{f:?}");
        let two_ends = f.qualifier == Qualifier::Range;
        assert!(!two_ends || f.value.is_none() && f.low.is_some() && f.high.is_some());
        assert!((0.0..=1.0).contains(&f.confidence), "{f:?}");
        if let Some(words) = &f.source_text {
            assert!(article.text.contains(words), "{f:?}");
        }
        assert!(f.kind == Kind::Total || f.as_of.is_none(), "{f:?}");
        let period = f.period_start.zip(f.period_end);
        assert!(period.is_none_or(|(start, end)| start <= end), "{f:?}");
    }
    for pair in figures.windows(2) {
        assert!(pair[0].start <= pair[1].start, "out of order: {pair:?}");
        assert_ne!(pair[0].id, pair[1].id, "one id twice");
    }
    assert_eq!(
        figures,
        extract::figures(article),
        "another run, other figures"
    );
}

fn csv_of(article: &Article, hxl: bool) -> Vec<u8> {
    let mut out = Vec::new();
    sheet::csv::write(&mut out, sheet::table(std::slice::from_ref(article)), hxl).expect("a sheet");
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn figures_are_lawful(article in any_article()) {
        lawful(&article);
    }

    #[test]
    fn any_characters_are_survived(text in "(?s).{0,400}") {
        lawful(&Article { text, ..Article::default() });
    }

    #[test]
    fn any_bytes_are_survived(bytes in vec(any::<u8>(), 0..600)) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        lawful(&Article { text, ..Article::default() });
    }

    #[test]
    fn every_number_can_be_explained(article in any_article()) {
        let said = extract::explain(&article);
        for f in extract::figures(&article) {
            prop_assert!(said.contains(f.measure.code()), "{:?} in {}", f, said);
        }
    }

    #[test]
    fn totals_stay_within_what_was_said(article in any_article()) {
        let mut article = article;
        article.figures = extract::figures(&article);
        let figures = &article.figures;
        let said: Vec<Measure> = figures.iter().map(|f| f.measure).collect();
        let wider = |m: Measure| m.row().wider.as_deref();
        for measure in totals::totals(&article).keys() {
            let told = |m: &Measure| {
                m == measure || wider(*m) == Some(measure.code()) || wider(*measure) == Some(m.code())
            };
            prop_assert!(said.iter().any(told));
        }
    }

    #[test]
    fn json_is_read_back(figure in any_figure()) {
        let json = serde_json::to_string(&figure).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Figure>(&json).expect("a figure"), figure);
    }

    #[test]
    fn csv_is_read_back(figures in vec(any_figure(), 1..4), title in "[=+@'a\\-\t\r\n\"|,]{1,6}", hxl: bool) {
        let article = Article { id: "a,\"b\"\n".into(), title: Some(title), figures, ..Article::default() };
        let csv = csv_of(&article, hxl);
        prop_assert_eq!(sheet::articles("back.csv", &csv[..]).expect("the same sheet"), vec![article]);
        for record in csv::Reader::from_reader(&csv[..]).records() {
            for cell in record.expect("a row").iter().filter(|cell| cell.parse::<f64>().is_err()) {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{:?} is a formula", cell);
            }
        }
    }

    #[test]
    fn figures_do_not_know_their_neighbours(articles in vec(any_article(), 1..12)) {
        let alone: Vec<Vec<Figure>> = articles.iter().map(extract::figures).collect();
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            let together: Vec<Vec<Figure>> =
                pool.install(|| articles.par_iter().map(extract::figures).collect());
            prop_assert_eq!(&together, &alone);
        }
        let mut backwards: Vec<Vec<Figure>> = articles.iter().rev().map(extract::figures).collect();
        backwards.reverse();
        prop_assert_eq!(backwards, alone);
    }

    #[test]
    fn any_file_is_read_or_refused(bytes in vec(any::<u8>(), 0..300), text in any_text(), name in select(&["a.txt", "a.md", "a.jsonl", "a.json", "a.jsonl.gz", "a.html", "a"][..])) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        for content in [&bytes[..], text.as_bytes(), format!("{{\"id\": 1, \"text\": {text:?}}}").as_bytes()] {
            std::fs::write(&path, content).expect("a file");
            for article in headcount::read::articles(std::slice::from_ref(&path)).flatten() {
                lawful(&article);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// A page gives an article with text, or one complaint; the same each time.
    #[test]
    fn any_page_is_read_or_refused(parts in vec(select(MARKUP), 0..60)) {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.html");
        std::fs::write(&path, parts.concat()).expect("written");
        let read = || -> Vec<_> {
            let articles = headcount::read::articles(std::slice::from_ref(&path));
            articles.map(|a| a.map_err(|e| e.to_string())).collect()
        };
        let first = read();
        prop_assert_eq!(first.len(), 1);
        if let Ok(article) = &first[0] {
            prop_assert!(!article.text.trim().is_empty());
            prop_assert!(!article.text.contains("\n\n\n") && !article.text.contains('<') || parts.contains(&"<"));
            lawful(article);
        }
        prop_assert_eq!(first, read());
    }
}

#[test]
fn the_generator_makes_figures() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let with_figures = (0..200)
        .filter(|_| {
            let article = any_article()
                .new_tree(&mut runner)
                .expect("an article")
                .current();
            !extract::figures(&article).is_empty()
        })
        .count();
    assert!(
        with_figures > 60,
        "laws about figures need figures: {with_figures} of 200"
    );
}

/// Long lines of one thing: anything quadratic would not come to an end.
#[test]
fn long_lines_come_to_an_end() {
    for unit in [
        "9",
        "9,",
        "9 ",
        "1.",
        "-",
        "\"",
        "“",
        "(",
        "\n",
        "a ",
        "word",
        "one hundred ",
        "and ",
        "two and ",
        "12 to ",
        "1/",
        "Mr. ",
        "killed ",
        "5 people were killed and ",
        "\"he said 5 died, \" ",
        "at least about nearly ",
        "• 5 dead ",
        "Dead: 5 | ",
        "he said the agency said ",
        "5 May 2014 ",
        "in Aleppo, ",
        "UNHCR ",
        "\u{ad}",
        "\u{a0}5",
        "中",
        "A",
        "no ",
        "a quarter of ",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        let article = Article {
            id: "long".into(),
            published: NaiveDate::from_ymd_opt(2015, 2, 6),
            text,
            ..Article::default()
        };
        let figures = extract::figures(&article);
        assert!(
            figures.len() <= article.text.len() / unit.len() + 1,
            "{unit:?}"
        );
    }
}

#[test]
fn a_number_too_long_to_hold_is_no_figure() {
    let text = format!(
        "The blast killed {} people and wounded 5 people.",
        "9".repeat(400)
    );
    let article = Article {
        text,
        ..Article::default()
    };
    let values: Vec<Option<f64>> = extract::figures(&article).iter().map(|f| f.value).collect();
    assert_eq!(values, [Some(5.0)]);
}
