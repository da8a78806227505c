//! PDF, DOCX, ODT and RTF as programs write them: order, figures, metadata, and every way to be damaged.
//!
//! The files lie in tests/read/docs; `from/README.md` there says which program made each, and of what.

use std::io::Write;
use std::path::Path;

use headcount::{Article, extract, read};

const PLACE: &str = "tests/read/docs";

/// The article of a file.
fn file(name: &str) -> Article {
    let path = Path::new(PLACE).join(name);
    let mut articles = read::articles(&[path]);
    let article = articles.next().unwrap().unwrap_or_else(|e| panic!("{e}"));
    assert!(articles.next().is_none(), "{name}: one article");
    article
}

/// What is said of these bytes under this name; their article if nothing is.
fn given(name: &str, bytes: &[u8]) -> Result<Article, String> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let article = read::articles(&[path]).next().unwrap();
    article.map_err(|e| {
        e.to_string()
            .replace(&format!("{}/", dir.path().display()), "")
    })
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(PLACE).join(name)).unwrap()
}

/// The figures of an article as "214 fatalities".
fn figures(article: &Article) -> Vec<String> {
    let figures = extract::figures(article);
    let words = figures
        .iter()
        .map(|f| format!("{} {}", f.number_text, f.measure.code()));
    words.collect()
}

#[track_caller]
fn has(article: &Article, figures_wanted: &[&str]) {
    let found = figures(article);
    for wanted in figures_wanted {
        assert!(
            found.iter().any(|f| f == wanted),
            "{wanted} is not in {found:?}\n{}",
            article.text
        );
    }
}

/// The words stand in the text in this order.
#[track_caller]
fn in_order(article: &Article, words: &[&str]) {
    let mut from = 0;
    for word in words {
        let at = article.text[from..].find(word);
        let at = at.unwrap_or_else(|| panic!("{word:?} does not follow in\n{}", article.text));
        from += at + word.len();
    }
}

#[track_caller]
fn lacks(article: &Article, words: &[&str]) {
    for word in words {
        assert!(
            !article.text.contains(word),
            "{word:?} is in\n{}",
            article.text
        );
    }
}

fn published(article: &Article) -> String {
    assert!(article.published.is_none() || article.published_inferred);
    article.published.map(|d| d.to_string()).unwrap_or_default()
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let article = file("two-columns.pdf");
    assert_eq!(
        article.title.as_deref(),
        Some("Floods in the Kasina valley: situation report 7")
    );
    assert_eq!(published(&article), "2021-08-12");
    in_order(
        &article,
        &[
            "Highlights\n\n",
            "\n\n1,270 houses have been destroyed and 4,030 damaged.\n\n",
            // torn at line ends, and over the border of a column
            "Difficulties of access, washed-out culverts",
            "most of them among children under five years of age. No deaths from the disease were reported.",
            "Needs and response\n\n",
            "Logistics\n\n",
            "Agriculture\n\n",
            "sow again.",
        ],
    );
    lacks(
        &article,
        &["Page 1 of", "weekly bulletin", "diffi-", "dam-"],
    );
    has(
        &article,
        &[
            "214 fatalities",
            "38,500 displaced",
            "1,270 homes_destroyed",
            "61 injured",
            "17 missing",
        ],
    );
}

#[test]
fn a_table_keeps_its_rows_and_its_head() {
    let article = file("table.pdf");
    assert_eq!(
        article.title.as_deref(),
        Some("Cyclone Orla: daily figures")
    );
    assert_eq!(published(&article), "2022-03-03");
    in_order(
        &article,
        &[
            "| Province | Killed | Injured | Displaced |\n",
            "| North Sarel | 12 | 45 | 3,200 |\n",
            "| Ruwele Coast | 31 | 260 | 27,300 |\n",
            "\n\nRescue teams reached",
        ],
    );
    has(
        &article,
        &[
            "31 fatalities",
            "260 injured",
            "27,300 displaced",
            "85 homes_destroyed",
        ],
    );
}

#[test]
fn running_heads_page_numbers_and_footnote_marks_are_dropped() {
    let article = file("one-column.pdf");
    assert_eq!(
        article.title.as_deref(),
        Some("Quake in the Orsan highlands")
    );
    assert_eq!(published(&article), "2018-10-09");
    lacks(&article, &["Report 3", "\n1\n", "minute1", "minute ."]);
    in_order(
        &article,
        &[
            "collapsed in the first minute. Some 22,000 people",
            "40 people worked in it.",
            "Aid is arriving",
        ],
    );
    has(
        &article,
        &[
            "148 fatalities",
            "1,205 injured",
            "26 missing",
            "6,730 homes_destroyed",
        ],
    );
}

#[test]
fn a_page_printed_by_a_browser() {
    let article = file("chromium.pdf");
    assert_eq!(
        article.title.as_deref(),
        Some("Clashes in Port Amel leave 19 dead")
    );
    assert_eq!(published(&article), "2019-02-06");
    assert!(
        article.text.starts_with("Clashes in Port Amel"),
        "{}",
        article.text
    );
    lacks(&article, &["file:", "1/1"]);
    in_order(
        &article,
        &["| Quarter | Killed | Wounded |\n| Old harbour | 11 | 40 |\n"],
    );
    has(&article, &["19 fatalities", "74 injured", "430 evacuated"]);
}

#[test]
fn great_numbers_go_with_the_labels_below_them() {
    let article = file("briefing.pdf");
    assert_eq!(published(&article), "2023-09-04");
    in_order(
        &article,
        &[
            "68,400 people displaced\n312 people killed\n1.1 million people in need\n",
            "Displacement\n\n",
            "Eleven fishermen were abducted near the reed islands",
            "Cholera has been confirmed",
            "| Province | Displaced | Killed |\n| East Lake | 41,000 | 220 |\n",
        ],
    );
    has(
        &article,
        &[
            "68,400 displaced",
            "312 fatalities",
            "1.1 million people_in_need",
            "220 fatalities",
        ],
    );
}

#[test]
fn cells_of_several_lines_are_one_row() {
    let article = file("libreoffice.pdf");
    in_order(
        &article,
        &[
            "• 260 families have registered for aid\n",
            "| Hamlet and parish | Killed | Injured | Houses destroyed or beyond repair |\n",
            "| Brusco di Sopra, with the farms on the upper road | 21 | 40 | 31 |\n",
            "| Brusco di Sotto | 12 | 18 | 16 |\n\nThe prefect said",
        ],
    );
}

#[test]
fn the_same_document_says_the_same_in_every_format() {
    let wanted = file("libreoffice.docx");
    assert_eq!(
        wanted.title.as_deref(),
        Some("Landslide at Monte Brusco: field update 2")
    );
    assert_eq!(published(&wanted), "2022-11-17");
    has(
        &wanted,
        &[
            "33 fatalities",
            "58 injured",
            "14 missing",
            "1,150 evacuated",
            "21 fatalities",
        ],
    );
    for name in ["libreoffice.odt", "libreoffice.rtf", "libreoffice.pdf"] {
        let article = file(name);
        assert_eq!(article.text, wanted.text, "{name}");
        assert_eq!(article.title, wanted.title, "{name}");
        assert_eq!(article.published, wanted.published, "{name}");
    }
}

#[test]
fn footnotes_lists_and_tables_of_pandoc() {
    let wanted = file("pandoc.docx");
    assert_eq!(
        wanted.title.as_deref(),
        Some("Drought in the Tassel hills: field report")
    );
    assert_eq!(published(&wanted), "2020-05-20");
    in_order(
        &wanted,
        &[
            "780 cases of measles and 14 deaths. Nurses",
            "\n\nThe clinics count 2 further deaths",
            "• 12 boreholes were repaired\n• 5,300 people",
            "| District | Killed | Injured | Displaced |\n| Oro | 4 | 11 | 1,200 |\n",
            "in which 13 people were killed in all & 46 injured.",
        ],
    );
    assert_eq!(file("pandoc.odt").text, wanted.text);
    assert_eq!(file("pandoc.rtf").text, wanted.text);
}

/// A zip archive of these parts.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated);
        out.start_file(*name, options).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let xml = format!("<w:document><w:body>{body}</w:body></w:document>");
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", xml.as_bytes()),
    ])
}

#[test]
fn what_was_deleted_moved_hidden_or_raised_is_not_read() {
    let body = r#"<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>
        <w:r><w:t>Shells killed </w:t></w:r>
        <w:del w:id="2"><w:r><w:delText>98</w:delText></w:r></w:del><w:ins w:id="3"><w:r><w:t>97</w:t></w:r></w:ins>
        <w:r><w:t xml:space="preserve"> people</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>12</w:t></w:r>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t> or 55</w:t></w:r><w:moveFrom w:id="4"><w:r><w:t> in 44 towns</w:t></w:r></w:moveFrom>
        <w:r><w:t> &#38; wounded 33.</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>Contents 7</w:t></w:r></w:p>"#;
    let body = body.replace("\n        ", "");
    let article = given("a.docx", &docx(&body)).unwrap();
    assert_eq!(article.text, "Shells killed 97 people & wounded 33.\n");
}

#[test]
fn a_table_that_only_sets_text_side_by_side_is_no_table() {
    let long = "The river rose and people left. ".repeat(20);
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
        cell(&long),
        cell("Three died.")
    );
    let article = given("a.docx", &docx(&row)).unwrap();
    assert_eq!(article.text, format!("{}\n\nThree died.\n", long.trim()));
}

#[test]
fn what_cannot_be_read_is_said_with_the_cure() {
    let damaged = "damaged PDF; get a fresh copy or convert it to text first";
    let scanned = "no text found (scanned pages?); run it through OCR first";
    let secret = "protected by a password; save a copy without it (open it, then print to PDF)";
    for (name, bytes, wanted) in [
        ("a.pdf", bytes("scanned.pdf"), scanned),
        ("b.pdf", bytes("password.pdf"), secret),
        ("c.pdf", b"%PDF-1.7\nnothing more".to_vec(), damaged),
        (
            "d.docx",
            bytes("pandoc.docx")[..4000].to_vec(),
            "damaged document; get a fresh copy",
        ),
        (
            "e.odt",
            bytes("pandoc.odt")[..60].to_vec(),
            "damaged document; get a fresh copy",
        ),
        ("f.docx", docx(""), "no text in it; nothing to read"),
        (
            "h.docx",
            docx("<w:p></w:q>"),
            "broken XML in it (byte 31); open it and save it again",
        ),
        (
            "i.docx",
            zip(&[("[Content_Types].xml", b"<Types/>")]),
            "no word/document.xml in it; save it again as what its name says",
        ),
        (
            "j.docx",
            docx(&"<w:tbl><w:tr><w:tc><w:p>".repeat(100_000)),
            "tables or text boxes within one another without end; save its text as .txt",
        ),
        (
            "k.rtf",
            format!("{{\\rtf1 {}", "{".repeat(100_000)).into_bytes(),
            "groups within one another without end; save its text as .txt",
        ),
    ] {
        assert_eq!(
            given(name, &bytes).map(|a| a.text),
            Err(format!("{name}: {wanted}"))
        );
    }
}

#[test]
fn a_password_that_only_forbids_printing_does_not_matter() {
    assert_eq!(file("owner-password.pdf").text, file("table.pdf").text);
}

#[test]
fn first_bytes_count_more_than_the_name() {
    let wanted = file("pandoc.odt").text;
    for name in ["report", "report.txt", "report.docx", "report.pdf"] {
        assert_eq!(
            given(name, &bytes("pandoc.odt")).map(|a| a.text),
            Ok(wanted.clone()),
            "{name}"
        );
    }
    let pdf = given("report.txt", &bytes("table.pdf")).map(|a| a.text);
    assert_eq!(pdf, Ok(file("table.pdf").text));
}

/// Deflated zeros, so many MiB, without their checksum.
fn zeros(mib: usize) -> Vec<u8> {
    let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![0; 1 << 20]).unwrap();
    packed.flush().unwrap();
    packed.get_ref().repeat(mib)
}

/// A PDF of these objects, the first of them the catalogue; without a directory, which readers then make themselves.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    for (i, object) in objects.iter().enumerate() {
        out.extend(format!("{} 0 obj\n", i + 1).into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    out.extend(b"trailer\n<</Root 1 0 R>>\n%%EOF\n");
    out
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<<{dictionary}/Length {}>>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

const CATALOGUE: &[u8] = b"<</Type/Catalog/Pages 2 0 R>>";
const PAGES: &[u8] = b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>";

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let bomb = pdf(&[
        CATALOGUE.to_vec(),
        PAGES.to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>".to_vec(),
        stream("/Filter/FlateDecode", &zeros(300)),
    ]);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    let said = "a.pdf: unpacks to more than 256 MiB; convert it to text first";
    assert_eq!(given("a.pdf", &bomb).map(|a| a.text), Err(said.into()));

    let spaces = vec![b' '; 257 << 20];
    let bomb = zip(&[("[Content_Types].xml", b""), ("word/document.xml", &spaces)]);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    let said =
        "b.docx: word/document.xml in it unpacks to more than 256 MiB; save its text as .txt";
    assert_eq!(given("b.docx", &bomb).map(|a| a.text), Err(said.into()));
}

#[test]
fn drawings_that_draw_themselves_end() {
    // each form draws the next ten times over: ten to the power of twenty
    let mut objects = vec![
        CATALOGUE.to_vec(),
        PAGES.to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>".to_vec(),
        stream("", b"/X Do"),
    ];
    for i in 0..20 {
        let dictionary = format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {} 0 R>>>>",
            6 + i
        );
        objects.push(stream(&dictionary, &b"/X Do ".repeat(10)));
    }
    let said = "a.pdf: draws without end; convert it to text first";
    assert_eq!(
        given("a.pdf", &pdf(&objects)).map(|a| a.text),
        Err(said.into())
    );

    // a form that draws itself, and pages that are their own parents
    objects.truncate(4);
    let own = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>";
    objects.push(stream(own, b"/X Do"));
    objects[1] = b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3/Parent 2 0 R>>".to_vec();
    let said = "a.pdf: no text found (scanned pages?); run it through OCR first";
    assert_eq!(
        given("a.pdf", &pdf(&objects)).map(|a| a.text),
        Err(said.into())
    );

    // one stream named ten thousand times
    objects[2] = format!("<</Type/Page/Contents[{}]>>", "4 0 R ".repeat(10_000)).into_bytes();
    let said = "a.pdf: draws without end; convert it to text first";
    assert_eq!(
        given("a.pdf", &pdf(&objects)).map(|a| a.text),
        Err(said.into())
    );
}

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

#[test]
fn damaged_files_give_an_article_or_one_error() {
    let mut dice = Dice(7);
    let (mut read, mut refused) = (0, 0);
    for name in [
        "table.pdf",
        "briefing.pdf",
        "chromium.pdf",
        "libreoffice.docx",
        "pandoc.odt",
        "pandoc.rtf",
    ] {
        let whole = bytes(name);
        for i in 0..12 {
            let mut bytes = whole.clone();
            let (at, from) = (dice.below(bytes.len()), dice.below(bytes.len()));
            let n = 1 + dice.below(3000);
            match i % 4 {
                0 => bytes.truncate(at),
                1 => {
                    for _ in 0..n / 10 {
                        bytes[dice.below(whole.len())] = dice.below(256) as u8;
                    }
                }
                2 => drop(bytes.drain(at..(at + n).min(whole.len()))),
                _ => {
                    let piece = whole[from..(from + n).min(whole.len())].to_vec();
                    bytes.splice(at..at, piece).for_each(drop);
                }
            }
            match given(name, &bytes) {
                Ok(article) => {
                    extract::figures(&article);
                    read += 1;
                }
                Err(said) => {
                    assert!(said.starts_with(name) && said.len() < 200, "{said}");
                    refused += 1;
                }
            }
        }
    }
    assert!(read > 20 && refused > 5, "{read} read, {refused} refused");
}
