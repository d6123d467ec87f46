"""An indicator as a person reads it: what is counted over what, in words, and which targets it answers."""

from typing import Any

from django.utils.translation import gettext as _

from hengliang.norms import Value
from hengliang.norms.indicators import Indicator, Selection, indicator_of
from hengliang.platform.core.pages.words import Words, titled
from hengliang.platform.core.rules import rules
from hengliang.platform.site.rules.counted_words import ASKED, CONDITIONS, DIRECTIONS, DISTINCT, MODES, SELECTIONS
from hengliang.platform.site.rules.outline_parts import Lines, Part, Sheet

KINDS_OF_ACHIEVEMENTS = "plan/achievement-kinds"


def indicator_parts(value: Value) -> list[Part]:
    """Definition and computation in words, and the targets of documents that it answers."""
    indicator = indicator_of(value)
    told: list[tuple[Words, str]] = [(_("Definition"), titled(indicator.definition)), *_computation(indicator)]
    told += [(_("Mode"), str(MODES[indicator.mode])), (_("Direction"), str(DIRECTIONS[indicator.direction]))]
    told += [(label, titled(words)) for label, words in _missing(indicator) if words]
    told += [(label, title_of(norm)) for label, norm in _related(indicator) if norm]
    if indicator.late_after_days:
        told.append((_("A report is late after"), _("%(n)s days") % {"n": indicator.late_after_days}))
    if indicator.wording:
        told.append((_("Words by which a target is recognised"), "、".join(indicator.wording)))
    rows = [(one.quote, one.policy, one.id) for one in indicator.targets]
    head = (_("Words of the document"), _("Document"), _("Target"))
    return [Lines(_("What is counted"), told), *([Sheet(_("Targets that it answers"), head, rows)] if rows else [])]


def _computation(indicator: Indicator) -> list[tuple[Words, str]]:
    if indicator.numerator is None:
        return []
    once = [str(DISTINCT[indicator.distinct])] if indicator.distinct else []
    above = " ".join([selection_words(indicator.numerator), *once])
    if indicator.denominator is None:
        return [(_("Counted"), above)]
    scale = f" × {indicator.scale:f} %" if indicator.unit == "%" else f" × {indicator.scale:f}"
    return [
        (_("Numerator"), above),
        (_("Denominator"), selection_words(indicator.denominator)),
        (_("Formula"), f"{_('Numerator')} ÷ {_('Denominator')}{scale}"),
    ]


def selection_words(selection: Selection) -> str:
    """What is selected, with its conditions, in the reader's language."""
    counted = str(SELECTIONS.get(selection.selector, selection.selector))
    asked = [
        _("%(condition)s: %(words)s")
        % {"condition": CONDITIONS.get(name, name), "words": _(" or ").join(asked_words(name, word) for word in words)}
        for name, words in selection.where.items()
    ]
    return _("%(counted)s (%(asked)s)") % {"counted": counted, "asked": "; ".join(asked)} if asked else counted


def asked_words(name: str, word: str) -> str:
    """What a condition asks for."""
    return _achievements().get(word, word) if name == "kind" else str(ASKED.get(word, word))


def _achievements() -> dict[str, str]:
    rows: list[dict[str, Any]] = rules()[KINDS_OF_ACHIEVEMENTS].values[-1].content["rows"]
    return {row["code"]: titled(row) for row in rows}


def _missing(indicator: Indicator) -> list[tuple[Words, Any]]:
    return [(_("Waits for"), indicator.waits_for), (_("Not held yet"), indicator.partial)]


def _related(indicator: Indicator) -> list[tuple[Words, str]]:
    return [(_("Can't exceed"), indicator.subset_of), (_("Explained by"), indicator.balance)]


def title_of(norm: str) -> str:
    """What a rule is called."""
    found = rules().get(norm)
    return titled(found.title) if found else norm
