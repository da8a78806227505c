//! A page of a PDF -> its glyphs: what each says and where it stands, upright, y growing downwards.
//!
//! Comes in: a page as the library interprets it. Goes out: the visible glyphs; where there are hardly any, those of the invisible
//! layer that text recognition leaves on a scan. Slanted text (a watermark) is left out, and so is what runs another way than most.

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, RenderContent, SoftMask, TransformExt, interpret_page,
};

use super::Budget;
use super::rule::{Rule, Ruler};

/// A letter, digit or mark. Lengths are in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) x: f32,
    pub(super) end: f32,
    /// The baseline.
    pub(super) y: f32,
    /// The height of the font.
    pub(super) size: f32,
    pub(super) char: char,
}

/// The glyphs of a page.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) glyphs: Vec<Glyph>,
    /// Glyphs that say nothing because the font does not tell which letters they are.
    pub(super) unknown: usize,
    /// From the top.
    pub(super) rules: Vec<Rule>,
    pub(super) height: f32,
}

/// What a letter or a line costs.
const LETTER: u64 = 1;
/// What a picture or a drawing within a drawing costs.
const NESTED: u64 = 20;
/// So many visible glyphs, and an invisible layer is not looked at.
const FEW: usize = 40;
/// Letters that one glyph may stand for.
const MOST: usize = 16;
/// The greatest slope of a line that still counts as upright.
const UPRIGHT: f64 = 0.05;

/// The glyphs of a page.
pub(super) fn sheet<'a>(
    pdf: &'a Pdf,
    page: &'a Page<'a>,
    cache: &'a InterpreterCache<'a>,
    budget: &Budget,
) -> Sheet {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let settings = InterpreterSettings {
        render_content: RenderContent::PAGE,
        ..InterpreterSettings::default()
    };
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, bounds, cache, pdf.xref(), settings);
    let mut pen = Pen {
        budget,
        visible: Layer::default(),
        hidden: Layer::default(),
        unknown: 0,
        ruler: Ruler::default(),
    };
    interpret_page(page, &mut context, &mut pen);
    let layer = if pen.visible.count() < FEW && pen.hidden.count() > pen.visible.count() {
        pen.hidden
    } else {
        pen.visible
    };
    let (turn, glyphs) = layer.most();
    Sheet {
        glyphs,
        rules: pen.ruler.rules(|point| turned(point, turn)),
        unknown: pen.unknown,
        height: if turn % 2 == 0 { height } else { width },
    }
}

/// Glyphs by the way their lines run: to the right, down, to the left, up.
#[derive(Default)]
struct Layer {
    turns: [Vec<Glyph>; 4],
}

impl Layer {
    fn count(&self) -> usize {
        self.turns.iter().map(Vec::len).sum()
    }

    /// Those of the way that most run; of equals, the first.
    fn most(self) -> (usize, Vec<Glyph>) {
        let most = self.turns.iter().map(Vec::len).max().unwrap_or(0);
        let turns = self.turns.into_iter().enumerate();
        turns
            .into_iter()
            .find(|(_, glyphs)| glyphs.len() == most)
            .unwrap_or_default()
    }
}

/// What the library draws with; keeps the glyphs and the straight lines and drops the rest.
struct Pen<'b> {
    budget: &'b Budget,
    visible: Layer,
    hidden: Layer,
    unknown: usize,
    ruler: Ruler,
}

impl<'a> Device<'a> for Pen<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        for drawn in run.glyphs() {
            self.budget.spend(LETTER);
            let (text, advance) = match &**drawn {
                Drawn::Outline(glyph) => (glyph.as_unicode(), glyph.advance_width()),
                Drawn::Type3(glyph) => (glyph.as_unicode(), glyph.advance_width()),
            };
            let place = props.transform * drawn.transform();
            let origin = place * Point::ZERO;
            let along = place * Point::new(1000.0, 0.0) - origin;
            let up = place * Point::new(0.0, 1000.0) - origin;
            let Some(turn) = turn(along) else { continue };
            let advance = along.hypot() * f64::from(advance.unwrap_or(500.0)) / 1000.0;
            let (x, y) = turned(origin, turn);
            let size = up.hypot();
            let sane = |v: f64| v.is_finite() && v.abs() < 1e6;
            if ![x, y, size, advance].into_iter().all(sane) || size < 0.5 {
                continue;
            }
            let layer = match mode {
                DrawMode::Invisible => &mut self.hidden,
                _ => &mut self.visible,
            };
            let glyphs = &mut layer.turns[turn];
            let mut say = |chars: &mut dyn Iterator<Item = char>, n: usize| {
                let step = advance.max(0.0) / n.max(1) as f64;
                for (i, char) in chars.enumerate() {
                    glyphs.push(Glyph {
                        x: (x + step * i as f64) as f32,
                        end: (x + step * (i + 1) as f64) as f32,
                        y: y as f32,
                        size: size as f32,
                        char,
                    });
                }
            };
            match text {
                Some(BfString::Char(char)) => match ligature(char) {
                    Some(letters) => say(&mut letters.chars(), letters.len()),
                    None => say(&mut std::iter::once(char), 1),
                },
                Some(BfString::String(text)) => {
                    let text = text.chars().take(MOST);
                    say(&mut text.clone(), text.count());
                }
                None => match &**drawn {
                    Drawn::Type3(glyph) => match tex(glyph.char_code()) {
                        "" => self.unknown += 1,
                        letters => say(&mut letters.chars(), letters.len()),
                    },
                    Drawn::Outline(_) => self.unknown += 1,
                },
            }
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        self.budget.spend(LETTER);
        self.ruler.path(path, props.transform);
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, _: &DrawMode) {
        self.budget.spend(LETTER);
        self.ruler.rect(rect, props.transform);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.budget.spend(NESTED);
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.budget.spend(NESTED);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.budget.spend(NESTED);
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.budget.spend(NESTED);
    }

    fn begin_marked_content(
        &mut self,
        _: &[u8],
        _: Option<&hayro_interpret::hayro_syntax::object::Dict<'_>>,
    ) {
        self.budget.spend(NESTED);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// Which way a line runs, in quarter turns to the right; none for a slanted one.
fn turn(along: Vec2) -> Option<usize> {
    let (x, y) = (along.x, along.y);
    if y.abs() <= x.abs() * UPRIGHT && x != 0.0 {
        Some(if x > 0.0 { 0 } else { 2 })
    } else if x.abs() <= y.abs() * UPRIGHT && y != 0.0 {
        Some(if y > 0.0 { 1 } else { 3 })
    } else {
        None
    }
}

/// The place with the page turned so that the line runs to the right.
fn turned(at: Point, turn: usize) -> (f64, f64) {
    match turn {
        0 => (at.x, at.y),
        1 => (at.y, -at.x),
        2 => (-at.x, -at.y),
        _ => (-at.y, at.x),
    }
}

/// What TeX's bitmap fonts, which name no letters, draw for a code: ASCII, and letters cast in one piece; else nothing.
fn tex(code: u32) -> &'static str {
    const ASCII: &str = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
    match code {
        0x15 => "–",
        0x16 => "—",
        0x1b => "ff",
        0x1c => "fi",
        0x1d => "fl",
        0x1e => "ffi",
        0x1f => "ffl",
        0x7f => "-",
        _ => {
            let at = (code as usize).wrapping_sub(0x21);
            ASCII.get(at..=at).unwrap_or_default()
        }
    }
}

/// Letters that are cast in one piece, taken apart.
fn ligature(char: char) -> Option<&'static str> {
    Some(match char {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => return None,
    })
}
