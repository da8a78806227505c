//! How to draw: size, kind of file, colours, axis, panels, or one day only.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Smallest and largest width and height, in pixels.
const SMALLEST: (u32, u32) = (400, 300);
const LARGEST: u32 = 8000;

/// A choice between words: how it is written, how it is read, and what is said to another word.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident, $what:literal: $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $name {
            $($(#[$variant_doc])* $variant),+
        }

        impl $name {
            /// As it is typed.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $word),+
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                let all = [$($name::$variant),+];
                all.into_iter().find(|one| one.as_str() == text).ok_or_else(|| {
                    format!("no {} {text:?}; give {}", $what, all.map($name::as_str).join(" or "))
                })
            }
        }
    };
}

choice! {
    /// What kind of file.
    Format, "chart format":
    /// Pixels.
    Png = "png",
    /// Shapes and text, with the font inside.
    Svg = "svg"
}

choice! {
    /// The colours.
    Theme, "theme":
    /// On white.
    Light = "light",
    /// On nearly black.
    Dark = "dark"
}

choice! {
    /// What has a panel of its own.
    Panels, "panels by":
    /// A chart a country, a panel a measure.
    Measure = "measure",
    /// A chart a country and measure, a panel a source.
    Source = "source",
    /// A chart a measure, a panel a country.
    Country = "country"
}

choice! {
    /// The value axes of panels.
    Scales, "scales":
    /// Each panel its own: shapes can be compared.
    Own = "own",
    /// One for all: heights can be compared.
    Shared = "shared"
}

/// Width and height in pixels, from 400x300 to 8000x8000; and how large letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub(super) width: u32,
    pub(super) height: u32,
    /// In percent of what is usual for the width and height.
    pub(super) letters: u32,
}

/// Sizes with a name.
const NAMED: [(&str, Size); 2] = [
    // 16:9, to be read from the last row.
    ("slide", Size::with_letters(1600, 900, 130)),
    // The width of the text on A4, 16 cm at 200 dots an inch: letters of 8 points.
    ("print", Size::with_letters(1260, 800, 160)),
];

impl Size {
    const fn with_letters(width: u32, height: u32, letters: u32) -> Size {
        Size {
            width,
            height,
            letters,
        }
    }
}

impl Default for Size {
    fn default() -> Self {
        Size::with_letters(1200, 680, 100)
    }
}

impl Size {
    /// Of these pixels, held within the bounds.
    pub fn new(width: u32, height: u32) -> Size {
        let (width, height) = (
            width.clamp(SMALLEST.0, LARGEST),
            height.clamp(SMALLEST.1, LARGEST),
        );
        Size::with_letters(width, height, 100)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match NAMED.iter().find(|(_, size)| size == self) {
            Some((name, _)) => f.pad(name),
            None => write!(f, "{}x{}", self.width, self.height),
        }
    }
}

impl FromStr for Size {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if let Some((_, size)) = NAMED.iter().find(|(name, _)| *name == text) {
            return Ok(*size);
        }
        let (width, height) = text
            .split_once(['x', 'X', '×'])
            .and_then(|(w, h)| Some((w.trim().parse().ok()?, h.trim().parse().ok()?)))
            .ok_or_else(|| {
                format!(
                    "no size {text:?}; give slide, print, or width and height in pixels, as 1200x680"
                )
            })?;
        if width < SMALLEST.0 || height < SMALLEST.1 || width > LARGEST || height > LARGEST {
            return Err(format!(
                "size {text} is out of bounds; give at least {}x{} and at most {LARGEST}x{LARGEST}",
                SMALLEST.0, SMALLEST.1
            ));
        }
        Ok(Size::with_letters(width, height, 100))
    }
}

/// How many pixels of a PNG one pixel of its size is, 1 to 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale(pub(super) u32);

impl Default for Scale {
    fn default() -> Self {
        Scale(1)
    }
}

impl TryFrom<u32> for Scale {
    type Error = String;
    fn try_from(times: u32) -> Result<Self, String> {
        if (1..=4).contains(&times) {
            Ok(Scale(times))
        } else {
            Err(format!("no scale {times}; give 1, 2, 3 or 4"))
        }
    }
}

impl FromStr for Scale {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        text.parse()
            .map_err(|_| format!("no scale {text:?}; give 1, 2, 3 or 4"))
            .and_then(|times: u32| Scale::try_from(times))
    }
}

/// How to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Width and height.
    pub size: Size,
    /// PNG or SVG.
    pub format: Format,
    /// A PNG's pixels a pixel.
    pub scale: Scale,
    /// Light or dark.
    pub theme: Theme,
    /// A logarithmic value axis.
    pub log: bool,
    /// How large letters and marks are.
    pub letters: Letters,
    /// Small multiples.
    pub panels: Option<Panels>,
    /// Their value axes; none given: each measure its own, else shared.
    pub scales: Option<Scales>,
    /// Sources compared on this day, instead of lines over time.
    pub at: Option<NaiveDate>,
}

impl Options {
    /// To see whether anything can be drawn at all.
    pub(super) fn on_any_axis(&self) -> Options {
        Options {
            log: false,
            ..*self
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Options {
            size: Size::default(),
            format: Format::Png,
            scale: Scale::default(),
            theme: Theme::Light,
            log: false,
            panels: None,
            scales: None,
            at: None,
            letters: Letters::Scaled,
        }
    }
}

/// How large letters and marks are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Letters {
    /// As the chart: a smaller one is the same picture, smaller.
    #[default]
    Scaled,
    /// Of a size to read on a screen, however small the chart.
    Full,
}
