"""Every reason that the balance can give is said in Chinese as well, with the same fields."""

import string

from hengliang.metrology.balance import TEMPLATES
from hengliang.readings.report.words import _REASONS

ELSEWHERE = ("one_sided", "both_sided", "nozzles_too_uncertain", "check_", "no_energy")  # no part of this report


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_reason_has_its_chinese_with_the_same_fields():
    wanted = {code for code in TEMPLATES if not code.startswith(ELSEWHERE)}
    assert wanted <= set(_REASONS)
    for code in wanted:
        assert fields(_REASONS[code]) <= fields(TEMPLATES[code]), code
