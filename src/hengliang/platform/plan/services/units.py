"""The units that answer for a task, matched to organisations known here where their names fit."""

from collections.abc import Iterable

from hengliang.platform.core.models import Act, RegionVersion
from hengliang.platform.core.selectors import regions_under
from hengliang.platform.parties.models import Organisation
from hengliang.platform.plan.models import Plan, PlanTask, TaskUnit

_SHORT = (
    ("监督管理", "监管"),
    ("人力资源和社会保障", "人社"),
    ("人力资源社会保障", "人社"),
    ("发展和改革委员会", "发展改革委"),
    ("发改委", "发展改革委"),
    ("委员会", "委"),
    ("人民政府", "政府"),
)


def write_units(task: PlanTask, units: Iterable[tuple[str, str, str]], plan: Plan, act: Act) -> None:
    """Write the units of a task, in the order of the document, each once: the first lead is the one that answers."""
    known = organisations_by_name(plan)
    once: dict[str, tuple[str, str, str]] = {}
    for unit in units:
        once.setdefault(_plain(unit[0]), unit)
    for place, (name, role, others) in enumerate(once.values()):
        TaskUnit.objects.create(
            act=act, task=task, ordinal=place, name=name[:200], role=role, others=others[:200],
            organisation_id=known.get(_plain(name)),
        )  # fmt: skip


def organisations_by_name(plan: Plan) -> dict[str, int]:
    """The organisations of the plan's region by the short forms of their names; ambiguous forms lead nowhere."""
    regions = regions_under([plan.region_id], plan.act.on)
    names = dict(RegionVersion.objects.on(plan.act.on).filter(region_id__in=regions).values_list("region_id", "name"))
    found: dict[str, set[int]] = {}
    rows = Organisation.objects.filter(region_id__in=regions).values_list("pk", "name", "region_id")
    for pk, name, region in rows.filter(name__regex="局|委|厅|府|所|院|办"):
        found.setdefault(_plain(name), set()).add(pk)
        if region == plan.region_id and name.startswith(names.get(region, "\0")):
            rest = name.removeprefix(names[region])
            found.setdefault(_plain(names[region][-1] + rest), set()).add(pk)
    return {name: next(iter(pks)) for name, pks in found.items() if len(pks) == 1}


def _plain(name: str) -> str:
    for long, short in _SHORT:
        name = name.replace(long, short)
    return name.replace("管理局", "局").replace("有限公司", "").strip()


def match_units(names: Iterable[str], plan: Plan) -> list[tuple[str, str, int | None]]:
    """Name, role (the first leads) and organisation, if known here."""
    known = organisations_by_name(plan)
    return [
        (name, TaskUnit.Role.JOINT if place else TaskUnit.Role.LEAD, known.get(_plain(name)))
        for place, name in enumerate(names)
    ]
