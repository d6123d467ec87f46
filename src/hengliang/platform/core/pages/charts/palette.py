"""The colours of drawings, light and dark: the same tones as the tags of states, and one ink."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Palette:
    """Colours by meaning. `series` are for several lines at once, distinct also for colour-blind readers."""

    paper: str
    text: str
    quiet: str
    rule: str
    edge: str
    ink: str
    series: tuple[str, ...]
    tones: dict[str, str] = field(default_factory=dict)

    def tone(self, name: str) -> str:
        """The colour of a tone; what has none is drawn in ink."""
        return self.tones.get(name, self.ink)


LIGHT = Palette(
    paper="#ffffff",
    text="#1d2530",
    quiet="#55606e",
    rule="#e3e7ec",
    edge="#aab3be",
    ink="#1b4b8f",
    series=("#1b4b8f", "#b35c00", "#1a7f6b", "#8a3ffc", "#9f1853"),
    tones={
        "good": "#1a7440",
        "warning": "#b26a00",
        "bad": "#b3261e",
        "muted": "#8a94a1",
        "pending": "#2b6cb8",
        "open": "#7446b0",
        "neutral": "#55606e",
    },
)
DARK = Palette(
    paper="#1a2028",
    text="#e4e8ee",
    quiet="#a3adba",
    rule="#2b3440",
    edge="#56616f",
    ink="#8db4f0",
    series=("#8db4f0", "#f0a860", "#5fc9b0", "#be95ff", "#ff8ab4"),
    tones={
        "good": "#5fc085",
        "warning": "#e3a548",
        "bad": "#f2897f",
        "muted": "#7d8896",
        "pending": "#7cb0f2",
        "open": "#b794ea",
        "neutral": "#a3adba",
    },
)
