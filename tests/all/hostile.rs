//! Documents that are damaged, locked, or made to do damage: one error each, with the cure, and the program goes on.

use std::io::Write;

use headcount::extract;

use super::documents::{CATALOGUE, PAGES, bytes, docx, given, pdf, stream, zip};

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

/// Deflated zeros, so many MiB, without their checksum.
fn zeros(mib: usize) -> Vec<u8> {
    let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![0; 1 << 20]).unwrap();
    packed.flush().unwrap();
    packed.get_ref().repeat(mib)
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let bomb = pdf(&[
        CATALOGUE.to_vec(),
        PAGES.to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>".to_vec(),
        stream("/Filter/FlateDecode", &zeros(300)),
    ]);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    let said =
        "a.pdf: unpacks to more than 256 MiB; raise --pdf-limits or convert it to text first";
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
    let said = "a.pdf: draws without end; raise --pdf-limits or convert it to text first";
    assert_eq!(
        given("a.pdf", &pdf(&objects)).map(|a| a.text),
        Err(said.into())
    );

    // the same where each also writes: what is kept of it ends with the steps, long before memory does
    let font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec();
    objects.push(font);
    let font = objects.len();
    for i in 0..20 {
        let next = if i < 19 { 6 + i } else { 5 };
        let dictionary = format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</Font<</F {font} 0 R>>/XObject<</X {next} 0 R>>>>"
        );
        let words = b"BT /F 9 Tf 60 700 Td (Ten people died.) Tj ET /X Do ";
        objects[4 + i] = stream(&dictionary, &words.repeat(10));
    }
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
    let said = "a.pdf: draws without end; raise --pdf-limits or convert it to text first";
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
