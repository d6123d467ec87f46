"""Every record of a running deployment judged again by the edition of its day: the same verdict, and how fast.

    HENGLIANG_HOME=… python benchmarks/norms/rejudging.py [--quick]

Prints records, procedures, differing verdicts, and the time of judging beside that of reading the rows alone (the
floor). Against the demo city (`hengliang demo`) it is the whole city; exit 1 where any verdict differs.
"""

import os
import sys
from time import perf_counter

QUICK = 200


def main() -> int:
    """Judge all records, or with `--quick` the newest."""
    from hengliang.platform.site.database import running
    from hengliang.platform.site.home import home

    with running(home()) as addresses:
        os.environ["DATABASE_URL"] = addresses.app
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengliang.platform.site.settings")
        import django

        django.setup()
        return rejudge()


def rejudge() -> int:
    """Read, judge, compare; the number of records whose verdict differs decides the exit code."""
    from hengliang.metrology.judge import judge, record_from_json
    from hengliang.norms import procedure_of
    from hengliang.platform.core.rules import rules
    from hengliang.platform.verification.models import Record

    rows = Record.objects.order_by("-pk").values_list("procedure", "verified_on", "data", "judgement", "number")
    start = perf_counter()
    records = list(rows[:QUICK] if "--quick" in sys.argv else rows)
    floor = perf_counter() - start
    differing = []
    start = perf_counter()
    for procedure, day, data, stored, number in records:
        again = judge(procedure_of(rules()[procedure].at(day)), record_from_json(data))
        told = (again.verdict, again.accuracy_class)
        if told != (stored["verdict"], stored.get("accuracy_class")):
            differing.append((number, stored["verdict"], again.verdict))
    took = perf_counter() - start
    kinds = len({row[0] for row in records})
    print(f"records {len(records)}  procedures {kinds}  differing {len(differing)}")
    print(f"judged again in {took:.3f} s; reading the rows alone {floor:.3f} s; ratio {took / max(floor, 1e-9):.2f}")
    for number, was, now in differing[:20]:
        print(f"  {number}: {was} -> {now}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
