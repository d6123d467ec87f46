"""Findings in words."""

from django.utils.translation import gettext as _

from hengliang.platform.supervision.models import Finding


def says(finding: Finding) -> str:
    """What does not fit, in a sentence with its figures."""
    told = {"person": "", **finding.facts}
    kinds = {
        Finding.Kind.SERIAL_TWICE: _(
            "Serial number %(serial)s (%(maker)s %(model)s) stands on several instruments with a proof in force."
        ),
        Finding.Kind.SEAL_TWICE: _("Seal %(seal)s stands on several instruments in use."),
        Finding.Kind.TWO_PLACES: _("%(person)s measured on site in %(count)s counties on one day."),
        Finding.Kind.TOO_MUCH: _(
            "%(person)s recorded %(count)s verifications on one day: %(days_work)s days’ work by the planning rule, "
            "more than %(most)s."
        ),
        Finding.Kind.TOO_FAST: _(
            "%(person)s entered %(count)s measurements on round %(round)s less than %(least)s seconds after the one "
            "before, by the clock of the device."
        ),
        Finding.Kind.SIGNERS_INVITED: _(
            "%(person)s invited %(other)s to the platform, and both signed the same records. "
            "See that they are two people."
        ),
    }
    return kinds[Finding.Kind(finding.kind)] % told
