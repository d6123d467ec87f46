"""States are words with a colour and a shape, never colour alone. Apps add their own words to the same few looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext_lazy

from .words import Words

if TYPE_CHECKING:
    from hengliang.platform.core.transitions import Workflow

Tone = Literal["good", "warning", "bad", "muted", "pending", "open", "neutral"]

# One shape per tone, so that a colour-blind reader and a black-and-white print lose nothing.
SHAPES: dict[Tone, SafeString] = {
    "good": mark_safe('<circle cx="6" cy="6" r="5"/>'),
    "warning": mark_safe('<path d="M6 .8 11.6 11H.4z"/>'),
    "bad": mark_safe('<path d="M6 .2 11.8 6 6 11.8.2 6z"/>'),
    "muted": mark_safe('<path d="M1 4.5h10v3H1z"/>'),
    "pending": mark_safe(
        '<path d="M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1zm0 1.8a3.2 3.2 0 0 1 0 6.4z" fill-rule="evenodd"/>'
    ),
    "open": mark_safe(
        '<path d="M1 1h10v10H1zm1.6 1.6v6.8h6.8V2.6z" fill-rule="evenodd"/><path d="M2 10 10 2v2.4L4.4 10z"/>'
    ),
    "neutral": mark_safe('<circle cx="6" cy="6" r="2.5"/>'),
}


@dataclass(frozen=True)
class Look:
    """How a state is shown: its words and its tone (colour and shape)."""

    words: Words
    tone: Tone = "neutral"


_LOOKS: dict[str, Look] = {
    "valid": Look(pgettext_lazy("state", "valid"), "good"),
    "due_soon": Look(pgettext_lazy("state", "due soon"), "warning"),
    "unverified": Look(pgettext_lazy("state", "not yet verified"), "warning"),
    "overdue": Look(pgettext_lazy("state", "overdue"), "bad"),
    "stopped": Look(pgettext_lazy("state", "out of use"), "muted"),
    "to_seal": Look(pgettext_lazy("state", "awaiting seal"), "pending"),
    "undeterminable": Look(pgettext_lazy("state", "undeterminable"), "open"),
    "unknown": Look(pgettext_lazy("state", "unknown"), "open"),
    "no_source": Look(pgettext_lazy("state", "no source"), "open"),
    "passed": Look(pgettext_lazy("state", "passed"), "good"),
    "failed": Look(pgettext_lazy("state", "failed"), "bad"),
    "draft": Look(pgettext_lazy("state", "draft"), "neutral"),
    "waiting": Look(pgettext_lazy("state", "waiting"), "pending"),
    "in_work": Look(pgettext_lazy("state", "in work"), "pending"),
    "done": Look(pgettext_lazy("state", "done"), "good"),
    "expired": Look(pgettext_lazy("state", "expired"), "bad"),
    "withdrawn": Look(pgettext_lazy("state", "withdrawn"), "muted"),
    "scrapped": Look(pgettext_lazy("state", "scrapped"), "muted"),
}


def register_looks(looks: Mapping[str, Look]) -> None:
    """Add an app's states, keyed `app.state`; called in the app's `ready`.

    Raises ValueError when a key is taken with another look: two apps would then show one word in two ways.
    """
    for key, look in looks.items():
        if _LOOKS.get(key, look) != look:
            raise ValueError(f"state {key!r} already has another look; give yours a key of its own")
        _LOOKS[key] = look


def register_workflow(workflow: "Workflow") -> None:
    """Add the states of a workflow, keyed `workflow.state`, in the words and tones of its table."""
    register_looks({f"{workflow.name}.{one.code}": Look(one.label, cast("Tone", one.tone)) for one in workflow.states})


def look_of(key: str) -> Look:
    """The look of a state; one that nobody registered is shown by its key, plainly."""
    return _LOOKS.get(key) or Look(key)


def state_tag(key: str, words: Words | None = None) -> SafeString:
    """The tag of a state: shape, colour and words."""
    look = look_of(key)
    return tone_tag(look.tone, words or look.words)


def tone_tag(tone: Tone, words: Words) -> SafeString:
    """A tag in a given tone, where the words are no registered state."""
    return format_html(
        '<span class="state state-{}"><svg class="shape" viewBox="0 0 12 12" aria-hidden="true">{}</svg>{}</span>',
        tone,
        SHAPES[tone],
        words,
    )
