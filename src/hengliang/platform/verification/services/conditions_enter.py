"""The environment in which a record was measured, entered before anybody else has seen it."""

from decimal import Decimal

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.verification.models import Conditions, Record


def conditions_enter(
    *, actor: Actor, record: Record, temperature: Decimal, humidity: Decimal, other: str = ""
) -> Conditions:
    """Temperature and relative humidity as read during the measurement.

    Errors: `Refused` once the record is approved, sent back or void, or the reviewer has seen what was entered: then it
    is corrected by `conditions_amend`; `InputRefused` for what can't be read.
    """
    permit(actor, "conditions_enter", organisations=[record.task.body_id])
    if not may_enter(record):
        raise Refused(
            "record_closed",
            "Others have signed what stands there. Correct it by an addendum, which a second person confirms.",
        )
    require_readable(temperature, humidity)
    with perform(actor, "conditions_enter", subject=record, on=record.verified_on,
                 organisation_id=record.task.body_id) as act:  # fmt: skip
        made = Conditions.objects.create(
            act=act, record=record, temperature=temperature, humidity=humidity, other=other.strip()
        )
        act.content = {"record": record.number, "temperature": str(temperature), "humidity": str(humidity)}
    return made


def may_enter(record: Record) -> bool:
    """Whether the conditions are still the verifier's alone: nobody has signed, or signed before there were any."""
    if record.state == "submitted":
        return True
    return record.state == "reviewed" and not Conditions.objects.filter(record=record).exists()


def require_readable(temperature: Decimal, humidity: Decimal) -> None:
    """Refuse what no thermometer or hygrometer of a laboratory or a market says."""
    if not -80 <= temperature <= 100:
        raise InputRefused("temperature", "A temperature between -80 °C and 100 °C.", field="temperature")
    if not 0 <= humidity <= 100:
        raise InputRefused("humidity", "A relative humidity between 0 % and 100 %.", field="humidity")
