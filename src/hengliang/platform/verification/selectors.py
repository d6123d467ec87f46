"""What verification tells: the work of a body, its promises."""

from datetime import date

from hengliang.platform.core.rules import rules, working_days_from


def promised_day(accepted_on: date) -> date:
    """The day by which an application accepted that day is to be done."""
    days = rules()["deadline/verification-promise"].at(accepted_on).number
    return working_days_from(accepted_on, int(days)).day
