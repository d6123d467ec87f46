"""The units that answer for a task, matched to organisations known here where their names fit."""

from collections.abc import Iterable, Iterator, Mapping

from hengliang.platform.core.models import Act, RegionVersion
from hengliang.platform.core.selectors import regions_under
from hengliang.platform.parties.models import Organisation, OrganisationVersion
from hengliang.platform.plan.engine.scope import ancestors
from hengliang.platform.plan.models import Plan, PlanTask, TaskUnit
from hengliang.platform.plan.unit_names import plain


def write_units(
    task: PlanTask, units: Iterable[tuple[str, str, str]], plan: Plan, act: Act, known: Mapping[str, int] | None = None
) -> None:
    """Write the units of a task, in the order of the document, each once: the first lead is the one that answers.

    `known` as `organisations_by_name` gives it, for who writes many tasks.
    """
    once: dict[str, tuple[str, str, str]] = {}
    for unit in units:
        once.setdefault(plain(unit[0]), unit)
    told = list(once.values())
    known = organisations_by_name(plan) if known is None else known
    elsewhere = _elsewhere(name for name, _role, _others in told if plain(name) not in known)
    for place, (name, role, others) in enumerate(told):
        TaskUnit.objects.create(
            act=act, task=task, ordinal=place, name=name[:200], role=role, others=others[:200],
            organisation_id=known.get(plain(name), elsewhere.get(name.strip())),
        )  # fmt: skip


def organisations_by_name(plan: Plan) -> dict[str, int]:
    """The organisations of the plan's region, of those below and above it, by the short forms of the names that they
    have or had; ambiguous forms lead nowhere."""
    here = _Tree(plan)
    rows = OrganisationVersion.objects.filter(known_to=None, region_id__in=here.regions)
    found: dict[str, set[int]] = {}
    for pk, name, region in rows.values_list("organisation_id", "name", "region_id"):
        for form in here.forms(name, region):
            found.setdefault(form, set()).add(pk)
    return _unambiguous(found)


class _Tree:
    """The regions that a plan may speak of, and what it calls an organisation of each."""

    def __init__(self, plan: Plan) -> None:
        rows = RegionVersion.objects.on(plan.act.on).values_list("region_id", "parent_id", "name")
        self.names = {region: name for region, _parent, name in rows}
        # The plan of a county says 市财政局 of the city above it; of a county below it, a city says the whole name.
        above = ancestors({region: parent for region, parent, _name in rows}, plan.region_id)
        self.own = above | {plan.region_id}
        self.regions = regions_under([plan.region_id], plan.act.on) | above

    def forms(self, name: str, region: int) -> Iterator[str]:
        """Its whole name, and 市市场监管局 for 衡城市市场监督管理局."""
        yield plain(name)
        called = self.names.get(region, "")
        if called and region in self.own and name.startswith(called):
            yield plain(called[-1] + name.removeprefix(called))


def _elsewhere(names: Iterable[str]) -> dict[str, int]:
    """Organisations of other places, by their whole names."""
    wanted = {name.strip() for name in names}
    found: dict[str, set[int]] = {}
    rows = OrganisationVersion.objects.filter(known_to=None, name__in=wanted) if wanted else None
    for pk, name in rows.values_list("organisation_id", "name") if rows is not None else ():
        found.setdefault(name, set()).add(pk)
    return _unambiguous(found)


def _unambiguous(found: Mapping[str, set[int]]) -> dict[str, int]:
    return {name: next(iter(pks)) for name, pks in found.items() if len(pks) == 1}


def is_named(organisation_id: int, plan: Plan) -> bool:
    """Whether a task of the plan names an organisation: as it was matched, or by any name that it or one that it took
    over from has or had. It may have been registered, moved or renamed since the task was written."""
    units = TaskUnit.objects.filter(task__plan=plan)
    if units.filter(organisation=organisation_id).exists():
        return True
    same = Organisation.objects.filter(successions__successor=organisation_id).values_list("pk", flat=True)
    here, alike = _Tree(plan), [organisation_id, *same]
    rows = OrganisationVersion.objects.filter(known_to=None, organisation__in=alike).values_list("name", "region_id")
    forms = {form for name, region in rows for form in here.forms(name, region)}
    unmatched = units.filter(organisation=None).values_list("name", flat=True)
    return units.filter(organisation__in=same).exists() or any(plain(name) in forms for name in unmatched)


def match_units(names: Iterable[str], plan: Plan) -> list[tuple[str, str, int | None]]:
    """Name, role (the first leads) and organisation, if known here."""
    told = list(dict.fromkeys(one.strip() for one in names if one.strip()))
    known, elsewhere = organisations_by_name(plan), _elsewhere(told)
    return [
        (name, TaskUnit.Role.JOINT if place else TaskUnit.Role.LEAD, known.get(plain(name), elsewhere.get(name)))
        for place, name in enumerate(told)
    ]
