//! How to draw: the size, the kind of file, the axis.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Smallest and largest width and height, in pixels.
const SMALLEST: (u32, u32) = (400, 300);
const LARGEST: u32 = 8000;
/// What kind of file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Pixels.
    #[default]
    Png,
    /// Shapes and text, with the font inside.
    Svg,
}

impl Format {
    /// As a file name ends.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Png => "png",
            Format::Svg => "svg",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.extension())
    }
}

impl FromStr for Format {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        [Format::Png, Format::Svg]
            .into_iter()
            .find(|f| f.extension() == text)
            .ok_or_else(|| format!("no chart format {text:?}; the formats are png, svg"))
    }
}

/// Width and height in pixels, from 400x300 to 8000x8000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Default for Size {
    fn default() -> Self {
        Size {
            width: 1200,
            height: 680,
        }
    }
}

impl Size {
    /// Of these pixels, held within the bounds.
    pub fn new(width: u32, height: u32) -> Size {
        Size {
            width: width.clamp(SMALLEST.0, LARGEST),
            height: height.clamp(SMALLEST.1, LARGEST),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

impl FromStr for Size {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (width, height) = text
            .split_once(['x', 'X', '×'])
            .and_then(|(w, h)| Some((w.trim().parse().ok()?, h.trim().parse().ok()?)))
            .ok_or_else(|| {
                format!("no size {text:?}; give width and height in pixels, as 1200x680")
            })?;
        if width < SMALLEST.0 || height < SMALLEST.1 || width > LARGEST || height > LARGEST {
            return Err(format!(
                "size {text} is out of bounds; give at least {}x{} and at most {LARGEST}x{LARGEST}",
                SMALLEST.0, SMALLEST.1
            ));
        }
        Ok(Size { width, height })
    }
}

/// How to draw.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Width and height.
    pub size: Size,
    /// PNG or SVG.
    pub format: Format,
    /// A logarithmic value axis.
    pub log: bool,
    /// How large letters and marks are.
    pub letters: Letters,
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
