"""What the page of an arbitration says of its mediations."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.objects import Fact, facts
from hengliang.platform.verification.models import Arbitration, Mediation
from hengliang.platform.verification.papers.arbitration import basis_words


def mediation_facts(shown: Arbitration) -> SafeString:
    """Each mediation that was begun, and what was agreed; nothing where none was."""
    rows = list(shown.mediations.select_related("basis").order_by("pk"))
    if not rows:
        return SafeString()
    lines = [
        Fact(_("Mediation"), row.get_state_display(), note=_said(row), url="") for row in rows
    ]  # fmt: skip
    return facts(*lines, *_agreed(shown, rows), title=_("Mediation"))


def _said(row: Mediation) -> str:
    how = _("in writing") if row.written else _("by word of mouth")
    said = [
        _("asked for on %(day)s by %(who)s, %(how)s")
        % {"day": row.begun_on.isoformat(), "who": row.get_asked_by_display(), "how": how},
        _("mediators: %(names)s") % {"names": row.mediators},
    ]
    return "；".join(said + ([_("ended on %(day)s") % {"day": row.ended_on.isoformat()}] if row.ended_on else []))


def _agreed(shown: Arbitration, rows: list[Mediation]) -> list[Fact]:
    found = next((row for row in rows if row.state == "agreed"), None)
    if found is None or shown.agreed_on is None:
        return []
    return [
        Fact(_("Facts and responsibility"), found.facts),
        Fact(_("Result on which it rests"), basis_words(found.basis)),
        Fact(_("Agreement"), shown.agreement, note=shown.agreed_on.isoformat()),
        *(
            Fact(
                _("%(side)s %(name)s bears") % {"side": party.get_side_display(), "name": party.name}, party.bears,
                note=_("signed by %(name)s") % {"name": party.agreed_by},
            )
            for party in shown.parties.order_by("side")
        ),
        Fact(_("To be performed by"), found.perform_by),
    ]  # fmt: skip
