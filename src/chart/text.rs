//! The embedded font: how wide a text is, and texts cut to fit.

use std::sync::Once;

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

use super::scene::{Anchor, Ink, Label, Rect};

/// What SVG readers are asked for; the font is registered under the whole list.
pub(super) const FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";
/// The font's ascent and descent together, in em: plotters sizes a bitmap font by it.
pub(super) const LINE: f64 = 2384.0 / 2048.0;
/// Longest text that is looked at; more never fits.
const LONGEST: usize = 300;

/// Makes the font known, once.
pub(super) fn register() {
    static DONE: Once = Once::new();
    DONE.call_once(|| {
        // A font that does not load shows in the first drawing, as an error with its cause.
        let _ = register_font(
            FAMILY,
            FontStyle::Normal,
            include_bytes!("../../data/font/DejaVuSans.ttf"),
        );
        let _ = register_font(
            FAMILY,
            FontStyle::Bold,
            include_bytes!("../../data/font/DejaVuSans-Bold.ttf"),
        );
    });
}

/// The font, so many pixels per em.
pub(super) fn font(em: f64, bold: bool) -> FontDesc<'static> {
    let style = if bold {
        FontStyle::Bold
    } else {
        FontStyle::Normal
    };
    FontDesc::new(FontFamily::Name(FAMILY), em, style)
}

/// Width in pixels.
pub(super) fn width(text: &str, em: f64, bold: bool) -> f64 {
    const FINE: f64 = 1000.0;
    register();
    font(FINE * LINE, bold)
        .layout_box(text)
        .map_or(0.0, |(_, (right, _))| f64::from(right) * em / FINE)
}

/// One line that can be shown: no control characters, single spaces.
pub(super) fn clean(text: &str) -> String {
    let shown = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    text.chars()
        .take(LONGEST)
        .map(|c| {
            if c.is_whitespace() && c != '\u{a0}' {
                ' '
            } else {
                c
            }
        })
        .filter(|&c| shown(c))
        .collect::<String>()
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The text, or as much of it as fits, with …
pub(super) fn fit(text: &str, em: f64, bold: bool, room: f64) -> String {
    if width(text, em, bold) <= room {
        return text.to_string();
    }
    let ends: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
    let cut = |n: usize| format!("{}…", text[..ends[n]].trim_end());
    // The longest beginning that fits.
    let (mut low, mut high) = (0, ends.len().saturating_sub(1));
    while low < high {
        let middle = (low + high).div_ceil(2);
        if width(&cut(middle), em, bold) <= room {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    if ends.is_empty() {
        String::new()
    } else {
        cut(low)
    }
}

/// A line of text, with its bounds.
pub(super) fn label(
    text: String,
    (x, baseline): (f64, f64),
    em: f64,
    bold: bool,
    anchor: Anchor,
    ink: Ink,
) -> Label {
    let width = width(&text, em, bold);
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    Label {
        bounds: Rect {
            left,
            top: baseline - 0.76 * em,
            right: left + width,
            bottom: baseline + 0.24 * em,
        },
        text,
        x,
        baseline,
        em,
        bold,
        anchor,
        ink,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_where_the_room_ends() {
        let name = "Office of the United Nations High Commissioner for Human Rights";
        let cut = fit(name, 13.0, false, 150.0);
        assert!(cut.ends_with('…') && name.starts_with(cut.trim_end_matches('…')));
        assert!(width(&cut, 13.0, false) <= 150.0);
        assert_eq!(fit("UN", 13.0, false, 150.0), "UN");
        assert_eq!(fit("", 13.0, false, -1.0), "");
        assert_eq!(fit("long", 13.0, false, -1.0), "…");
    }

    #[test]
    fn bold_is_wider_and_width_grows_with_size() {
        assert!(width("Fatalities", 20.0, true) > width("Fatalities", 20.0, false));
        let (one, two) = (
            width("Fatalities", 10.0, false),
            width("Fatalities", 20.0, false),
        );
        assert!((two - 2.0 * one).abs() < 0.1 && one > 40.0);
    }

    #[test]
    fn a_name_over_two_lines_becomes_one() {
        assert_eq!(
            clean(" The\tMinistry\r\nof \u{202e}Health\u{0}"),
            "The Ministry of Health"
        );
    }
}
