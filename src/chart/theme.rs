//! Colours on light and on dark paper. Every line stands at least 3:1 off the paper, every text 4.5:1, and no two colours of a palette fall
//! together for colour-blind readers: the tests reckon it.

use super::Theme;
use super::scene::Ink;

/// Every colour of a chart.
#[derive(Debug)]
pub(super) struct Colours {
    pub(super) paper: Ink,
    pub(super) title: Ink,
    /// Text that explains.
    pub(super) quiet: Ink,
    pub(super) grid: Ink,
    pub(super) axis: Ink,
    /// Rings, their words, and the key.
    pub(super) dark: Ink,
    /// One a source; on white those of Okabe and Ito where they stand off it.
    pub(super) palette: [Ink; 8],
    /// Figures that nobody was named for.
    pub(super) unnamed: Ink,
    /// Sources without room in the legend.
    pub(super) others: Ink,
}

static LIGHT: Colours = Colours {
    paper: Ink::new(0x00FF_FFFF),
    title: Ink::new(0x001A_1A1A),
    quiet: Ink::new(0x0059_5959),
    grid: Ink::new(0x00E4_E4E4),
    axis: Ink::new(0x008C_8C8C),
    dark: Ink::new(0x0033_3333),
    palette: [
        Ink::new(0x0000_72B2),
        Ink::new(0x00D5_5E00),
        Ink::new(0x0000_9E73),
        Ink::new(0x00CC_79A7),
        Ink::new(0x0022_2222),
        Ink::new(0x006B_5600),
        Ink::new(0x007A_3FE0),
        Ink::new(0x0088_2255),
    ],
    unnamed: Ink::new(0x0076_7676),
    others: Ink::new(0x0094_9494),
};

static DARK: Colours = Colours {
    paper: Ink::new(0x0012_161D),
    title: Ink::new(0x00F2_F2F2),
    quiet: Ink::new(0x00A9_B0BA),
    grid: Ink::new(0x002C_333D),
    axis: Ink::new(0x006B_7480),
    dark: Ink::new(0x00DD_DDDD),
    palette: [
        Ink::new(0x0056_B4E9),
        Ink::new(0x00E6_9F00),
        Ink::new(0x0010_A37F),
        Ink::new(0x00E8_A3CC),
        Ink::new(0x00F2_F2F2),
        Ink::new(0x00F0_E442),
        Ink::new(0x006E_86F0),
        Ink::new(0x00D0_503A),
    ],
    unnamed: Ink::new(0x009A_A0A8),
    others: Ink::new(0x0076_7E8A),
};

/// The colours of a theme.
pub(super) fn of(theme: Theme) -> &'static Colours {
    match theme {
        Theme::Light => &LIGHT,
        Theme::Dark => &DARK,
    }
}

impl Colours {
    /// The colour, moved towards the title's until it can be read as text.
    pub(super) fn for_text(&self, ink: Ink) -> Ink {
        let towards = |share: f64| {
            let mix = |from: u8, to: u8| {
                (f64::from(from) + (f64::from(to) - f64::from(from)) * share).round() as u8
            };
            let (from, to) = (ink.rgb, self.title.rgb);
            Ink {
                rgb: (mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2)),
                ..ink
            }
        };
        (0..10)
            .map(|tenth| towards(f64::from(tenth) / 10.0))
            .find(|ink| contrast(*ink, self.paper) >= 4.5)
            .unwrap_or(self.title)
    }
}

/// WCAG 2: from 1, the same, to 21, black on white.
fn contrast(a: Ink, b: Ink) -> f64 {
    let light = |ink: Ink| {
        let [r, g, b] = linear(ink);
        0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
    };
    let (a, b) = (light(a), light(b));
    a.max(b) / a.min(b)
}

/// Red, green and blue as amounts of light.
fn linear(ink: Ink) -> [f64; 3] {
    let (r, g, b) = ink.rgb;
    [r, g, b].map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.040_45 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [&Colours; 2] = [&LIGHT, &DARK];

    #[test]
    fn lines_stand_off_the_paper_and_texts_can_be_read() {
        for colours in BOTH {
            let off = |ink| contrast(ink, colours.paper);
            let rest = [colours.unnamed, colours.others, colours.axis, colours.dark];
            for ink in colours.palette.into_iter().chain(rest) {
                assert!(off(ink) >= 3.0, "{ink:?}: {:.2}", off(ink));
                assert!(off(colours.for_text(ink)) >= 4.5, "{ink:?} as text");
            }
            for ink in [colours.title, colours.quiet, colours.dark] {
                assert!(off(ink) >= 4.5, "{ink:?}: {:.2}", off(ink));
            }
            // The grid stays behind what is drawn on it.
            assert!(off(colours.grid) < 1.6);
        }
        assert!((contrast(Ink::new(0), LIGHT.paper) - 21.0).abs() < 1e-9);
    }

    /// What the eye without red, green or blue cones gets of amounts of light (Machado, Oliveira, Fernandes 2009; severity 1).
    const BLINDNESS: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    /// CIE L*a*b*.
    fn lab([red, green, blue]: [f64; 3]) -> [f64; 3] {
        let even = |light: f64| {
            if light > 0.008_856 {
                light.cbrt()
            } else {
                7.787 * light + 16.0 / 116.0
            }
        };
        let x = even((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
        let y = even(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        let z = even((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    #[test]
    fn no_two_colours_of_a_palette_fall_together_for_the_colour_blind() {
        for colours in BOTH {
            for eye in BLINDNESS {
                let seen = colours.palette.map(|ink| {
                    let light = linear(ink);
                    lab(eye.map(|row| {
                        let sum: f64 = row.iter().zip(light).map(|(a, b)| a * b).sum();
                        sum.clamp(0.0, 1.0)
                    }))
                });
                for (i, a) in seen.iter().enumerate() {
                    for (j, b) in seen[..i].iter().enumerate() {
                        let apart: f64 = a.iter().zip(b).map(|(x, y)| (x - y).powi(2)).sum();
                        // 2.3 is just noticeable.
                        assert!(apart.sqrt() >= 12.0, "{i} {j}: {:.1}", apart.sqrt());
                    }
                }
            }
        }
    }
}
