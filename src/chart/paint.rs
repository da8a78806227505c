//! A scene -> PNG or SVG, by plotters. Both are drawn much larger than asked for: a bitmap is then averaged down, which gives even
//! letter spacing and soft edges; an SVG gets the large grid as its view box, since plotters places things on whole numbers only.

use plotters::backend::{BitMapBackend, DrawingBackend, SVGBackend};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{PathElement, Polygon, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, RGBColor, ShapeStyle, TextStyle};

use super::scene::{Anchor, Ink, Item, Label, Scene, Spot};
use super::{pixels, text};
use quick_xml::escape::escape;

/// A scale never makes more pixels than the largest size has.
const MOST_PIXELS: u64 = 64_000_000;
/// Grid points of an SVG per pixel.
const FINE: u32 = 10;

/// What plotters could not do, in its words.
type Painted<T> = Result<T, String>;

/// The scene as PNG, `scale` pixels for one of its own.
pub(super) fn png(scene: &Scene, scale: u32) -> Painted<Vec<u8>> {
    let (width, height) = (scene.width * scale, scene.height * scale);
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS {
        return Err(format!(
            "{width}x{height} is too large to draw; give a smaller --scale or --size"
        ));
    }
    // Between 48 MB for common sizes and 192 MB for the largest.
    let times = match pixels {
        0..=1_000_000 => 4,
        1_000_001..=2_000_000 => 3,
        2_000_001..=16_000_000 => 2,
        _ => 1,
    };
    let mut large = vec![255u8; (pixels * u64::from(times * times) * 3) as usize];
    {
        let size = (width * times, height * times);
        let area = BitMapBackend::with_buffer(&mut large, size).into_drawing_area();
        paint(&area, scene, &Pen::Bitmap(f64::from(times * scale)))?;
        area.present().map_err(|e| e.to_string())?;
    }
    let image = if times == 1 {
        large
    } else {
        averaged(&large, width as usize, height as usize, times as usize)
    };
    pixels::encode(&image, width, height).map_err(|e| e.to_string())
}

/// Every pixel the mean of its `times` x `times` block.
fn averaged(large: &[u8], width: usize, height: usize, times: usize) -> Vec<u8> {
    let mut image = Vec::with_capacity(width * height * 3);
    let row = width * times * 3;
    let area = (times * times) as u32;
    for rows in large.chunks_exact(row * times) {
        for x in 0..width {
            for channel in 0..3 {
                let sum: u32 = rows
                    .chunks_exact(row)
                    .flat_map(|r| r[x * times * 3 + channel..].iter().step_by(3).take(times))
                    .map(|&c| u32::from(c))
                    .sum();
                image.push(((sum + area / 2) / area) as u8);
            }
        }
    }
    image
}

/// The scene as SVG, with the font inside.
pub(super) fn svg(scene: &Scene) -> Painted<Vec<u8>> {
    let (width, height) = (scene.width, scene.height);
    let mut body = String::new();
    {
        let size = (width * FINE, height * FINE);
        let area = SVGBackend::with_string(&mut body, size).into_drawing_area();
        paint(&area, scene, &Pen::Vector(f64::from(FINE)))?;
        area.present().map_err(|e| e.to_string())?;
    }
    let start = body
        .find("<svg")
        .and_then(|at| body[at..].find('>').map(|end| at + end + 1));
    let rest = &body[start.unwrap_or(0)..];
    let face = |weight: &str, font: &[u8]| {
        format!(
            "@font-face{{font-family:\"DejaVu Sans\";font-weight:{weight};src:url(data:font/woff2;base64,{}) format(\"woff2\")}}",
            base64(font)
        )
    };
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"title description\">\n<title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n<style>{}\n{}</style>{rest}",
        width * FINE,
        height * FINE,
        escape(scene.title.as_str()),
        escape(scene.description.as_str()),
        face("normal", include_bytes!("../../data/font/DejaVuSans.woff2")),
        face("bold", include_bytes!("../../data/font/DejaVuSans-Bold.woff2")),
    )
    .into_bytes())
}

/// RFC 4648, for the font in an SVG.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            out.push(if i <= chunk.len() {
                DIGITS[(bits >> (18 - 6 * i) & 63) as usize] as char
            } else {
                '='
            });
        }
    }
    out
}

/// How things get onto the grid: times so many grid points a pixel.
enum Pen {
    Bitmap(f64),
    Vector(f64),
}

impl Pen {
    fn times(&self) -> f64 {
        match self {
            Pen::Bitmap(times) | Pen::Vector(times) => *times,
        }
    }
    fn at(&self, (x, y): Spot) -> (i32, i32) {
        let grid = |v: f64| (v * self.times()).round() as i32;
        (grid(x), grid(y))
    }
}

fn paint<B: DrawingBackend>(area: &DrawingArea<B, Shift>, scene: &Scene, pen: &Pen) -> Painted<()> {
    text::register();
    let (r, g, b) = scene.colours.paper.rgb;
    area.fill(&RGBColor(r, g, b)).map_err(|e| e.to_string())?;
    for item in &scene.items {
        match item {
            Item::Fill { points, ink } => fill(area, points, *ink, pen)?,
            Item::Stroke { points, ink, width } => stroke(area, points, *ink, *width, pen)?,
            Item::Text(label) => letters(area, label, pen)?,
        }
    }
    Ok(())
}

fn style(ink: Ink) -> ShapeStyle {
    let (r, g, b) = ink.rgb;
    ShapeStyle {
        color: RGBColor(r, g, b).mix(ink.alpha),
        filled: true,
        stroke_width: 1,
    }
}

fn fill<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    points: &[Spot],
    ink: Ink,
    pen: &Pen,
) -> Painted<()> {
    let points: Vec<_> = points.iter().map(|&p| pen.at(p)).collect();
    area.draw(&Polygon::new(points, style(ink)))
        .map_err(|e| e.to_string())
}

/// In an SVG a path; in a bitmap one bar for each piece, since plotters' thick paths go wrong where a line turns back on itself.
fn stroke<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    points: &[Spot],
    ink: Ink,
    width: f64,
    pen: &Pen,
) -> Painted<()> {
    match pen {
        Pen::Vector(times) => {
            let path: Vec<_> = points.iter().map(|&p| pen.at(p)).collect();
            let style = ShapeStyle {
                filled: false,
                stroke_width: (width * times).round().max(1.0) as u32,
                ..style(ink)
            };
            area.draw(&PathElement::new(path, style))
                .map_err(|e| e.to_string())
        }
        Pen::Bitmap(_) => {
            let half = width / 2.0;
            for pair in points.windows(2) {
                let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
                let length = (x1 - x0).hypot(y1 - y0);
                if length < 1e-6 {
                    continue;
                }
                let (dx, dy) = ((x1 - x0) / length * half, (y1 - y0) / length * half);
                let bar = [
                    (x0 - dx - dy, y0 - dy + dx),
                    (x1 + dx - dy, y1 + dy + dx),
                    (x1 + dx + dy, y1 + dy - dx),
                    (x0 - dx + dy, y0 - dy - dx),
                ];
                fill(area, &bar, ink, pen)?;
            }
            Ok(())
        }
    }
}

fn letters<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    label: &Label,
    pen: &Pen,
) -> Painted<()> {
    // plotters takes another size and another place for the two kinds of output; both end at the same letters.
    let (size, above) = match pen {
        Pen::Bitmap(_) => (label.em * text::LINE, label.em * text::LINE / 2.0),
        Pen::Vector(_) => (label.em * 1.24, label.em * 0.76),
    };
    let (r, g, b) = label.ink.rgb;
    let anchor = match label.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let colour = RGBColor(r, g, b);
    let style = TextStyle::from(text::font(size * pen.times(), label.bold))
        .color(&colour)
        .pos(Pos::new(anchor, VPos::Top));
    area.draw(&Text::new(
        label.text.as_str(),
        pen.at((label.x, label.baseline - above)),
        style,
    ))
    .map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_in_the_rfc() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_block_becomes_its_mean() {
        // Two black and two white pixels: mid grey.
        let large = [0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 0];
        assert_eq!(averaged(&large, 1, 1, 2), [128, 128, 128]);
    }
}
