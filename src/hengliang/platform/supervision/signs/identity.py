"""Two instruments that claim to be one: the same serial number or the same seal, both proved."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import Lower

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.registry.models import InstrumentCode, InstrumentState
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.supervision.models import Finding
from hengliang.platform.supervision.signs.sign import Sign


def serial_twice(on: date) -> Iterator[Sign]:
    """Instruments of one maker and model with one serial number, of which two or more hold a proof good that day."""
    good = (
        Certificate.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on), state="in_force", kind="certificate")
        .exclude(instrument__serial_number="")
        .annotate(
            maker=Lower("instrument__manufacturer"),
            model=Lower("instrument__model"),
            serial=Lower("instrument__serial_number"),
        )
        .order_by()
    )
    twice = (
        good.values_list("maker", "model", "serial")
        .annotate(count=Count("instrument", distinct=True))
        .filter(count__gt=1)
    )
    for maker, model, serial, _count in twice:
        proofs = list(good.filter(maker=maker, model=model, serial=serial).select_related("instrument").order_by("pk"))
        rows = [(proof.instrument.code, proof.region_id, proof.verified_on, proof.number) for proof in proofs]
        one = proofs[0].instrument  # as it is written, not as it is compared
        words = {"serial": one.serial_number, "maker": one.manufacturer, "model": one.model}
        yield from _a_region(Finding.Kind.SERIAL_TWICE, f"{maker}|{model}|{serial}", rows, words)


def seal_twice(on: date) -> Iterator[Sign]:
    """Seal numbers that stand on two instruments in use at once."""
    seals = InstrumentCode.objects.on(on).filter(kind=InstrumentCode.Kind.SEAL)
    twice = seals.order_by().values_list("value").annotate(count=Count("instrument", distinct=True)).filter(count__gt=1)
    for value, _count in twice:
        since = dict(seals.filter(value=value).values_list("instrument", "valid_from"))
        held = InstrumentState.objects.on(on).filter(instrument__in=since, status=IN_USE).order_by("pk")
        rows = [
            (code, region, since[instrument], place)
            for code, region, instrument, place in held.values_list(
                "instrument__code", "region_id", "instrument_id", "place"
            )
        ]
        if len({code for code, *_rest in rows}) > 1:
            yield from _a_region(Finding.Kind.SEAL_TWICE, value, rows, {"seal": value})


def _a_region(
    kind: Finding.Kind, key: str, rows: Iterable[tuple[str, int, date, str]], words: dict[str, str]
) -> Iterator[Sign]:
    """One sign for each region concerned: each authority sees its own, with all instruments in it."""
    regions: dict[int, date] = defaultdict(lambda: date.min)
    rows = list(rows)
    for _code, region, day, _where in rows:
        regions[region] = max(regions[region], day)
    told = [{"instrument": code, "day": day.isoformat(), "at": where} for code, _region, day, where in rows]
    for region, day in regions.items():
        yield Sign(kind, key, region, day, words | {"rows": told})
