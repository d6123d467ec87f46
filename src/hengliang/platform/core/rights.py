"""Who may do what: roles, grants, the actor of an act, and the rule by which each act is permitted.

Deny by default: an act without a `Right` is nobody's. A grant speaks for one role at one organisation or in one
region (with all regions below it). What an actor may *see* is decided by the `visible_to` of each query set.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.errors import NotPermitted


class Role(models.TextChoices):
    """The roles of the platform; the citizen needs none."""

    AUTHORITY = "authority", _("Metrology authority")
    SECTOR_DEPARTMENT = "sector_department", _("Sector department")
    BODY_MANAGER = "body_manager", _("Verification body manager")
    VERIFIER = "verifier", _("Verifier")
    REVIEWER = "reviewer", _("Reviewer")
    APPROVER = "approver", _("Approver")
    DEPUTY_APPROVER = "deputy_approver", _("Deputy approver")
    OWNER = "owner", _("User of instruments")
    MARKET_ORGANISER = "market_organiser", _("Market organiser")
    UTILITY = "utility", _("Utility")
    ASSESSOR = "assessor", _("Assessor")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


# Roles that reach over a region; all others speak for the organisation of their grant.
REGIONAL = frozenset({Role.AUTHORITY, Role.SECTOR_DEPARTMENT, Role.AUDITOR})
BODY_ROLES = frozenset({Role.BODY_MANAGER, Role.VERIFIER, Role.REVIEWER, Role.APPROVER, Role.DEPUTY_APPROVER})
HOLDER_ROLES = frozenset({Role.OWNER, Role.MARKET_ORGANISER, Role.UTILITY})


@dataclass(frozen=True)
class Grant:
    """One role of one account, at an organisation or over the regions named."""

    role: Role
    organisation_id: int | None = None
    region_ids: frozenset[int] = frozenset()

    def covers(self, organisations: frozenset[int], region_id: int | None) -> bool:
        """Whether this grant reaches an object of these organisations, in this region."""
        if self.role == Role.ADMINISTRATOR:
            return True
        if self.role in REGIONAL:
            return region_id is not None and region_id in self.region_ids
        return self.organisation_id is not None and self.organisation_id in organisations


@dataclass(frozen=True)
class Actor:
    """Who acts, with which grants, at which moment. The only clock that services and selectors know."""

    at: datetime
    account_id: int | None = None
    name: str = ""
    grants: tuple[Grant, ...] = ()

    @classmethod
    def system(cls, name: str, at: datetime | None = None) -> Self:
        """A program of the platform itself (demo loader, scheduled job); holds every right of an administrator."""
        return cls(at or timezone.now(), None, name, (Grant(Role.ADMINISTRATOR),))

    @classmethod
    def anonymous(cls, at: datetime | None = None) -> Self:
        """A citizen: sees public pages, and may do what needs no role."""
        return cls(at or timezone.now())

    @property
    def today(self) -> date:
        """The day in the platform's time zone."""
        return timezone.localdate(self.at)

    def has(self, *roles: Role) -> bool:
        """Whether any grant carries one of these roles."""
        return any(grant.role in roles for grant in self.grants)

    def organisations(self, roles: Iterable[Role]) -> frozenset[int]:
        """The organisations for which the actor holds one of these roles."""
        wanted = frozenset(roles)
        return frozenset(g.organisation_id for g in self.grants if g.role in wanted and g.organisation_id)

    def regions(self, roles: Iterable[Role] = REGIONAL) -> frozenset[int]:
        """The regions over which the actor holds one of these roles, with all regions below them."""
        wanted = frozenset(roles)
        return frozenset().union(*(g.region_ids for g in self.grants if g.role in wanted))


@dataclass(frozen=True)
class Right:
    """Which roles may do an act, and whether it must state a reason."""

    roles: frozenset[Role]
    needs_reason: bool = False
    label: Any = ""

    @property
    def words(self) -> Any:
        """The act as people call it, in the language of whoever reads it."""
        return _(self.label) if isinstance(self.label, str) and self.label else self.label


_rights: dict[str, Right] = {}


def register_rights(table: dict[str, Right]) -> None:
    """Add an app's rights; called once from its `AppConfig.ready`."""
    clash = _rights.keys() & table.keys()
    if any(_rights[kind] != table[kind] for kind in clash):
        raise ValueError(f"acts registered twice: {sorted(clash)}")
    _rights.update(table)


def right_of(kind: str) -> Right:
    """The right of an act; an act without one is nobody's."""
    return _rights.get(kind, Right(frozenset()))


def all_rights() -> dict[str, Right]:
    """Every act of the platform with its right, for pages and tests."""
    return dict(_rights)


def is_permitted(
    actor: Actor, kind: str, *, organisations: Iterable[int | None] = (), region_id: int | None = None
) -> bool:
    """Whether the actor may do this act on an object of these organisations, in this region.

    The administrator operates the platform and does no business act for others; the platform's own programs
    (no account) may, so that demo data and jobs go through the same services.
    """
    right = right_of(kind)
    reached = frozenset(o for o in organisations if o is not None)
    if actor.account_id is None and actor.has(Role.ADMINISTRATOR):
        return True
    return any(g.role in right.roles and g.covers(reached, region_id) for g in actor.grants)


def permit(actor: Actor, kind: str, *, organisations: Iterable[int | None] = (), region_id: int | None = None) -> None:
    """Raise `NotPermitted` unless the actor may do this act on such an object."""
    if not is_permitted(actor, kind, organisations=organisations, region_id=region_id):
        raise NotPermitted(
            "not_permitted",
            "You have no role that allows “%(act)s” here. Ask the administrator of your organisation.",
            act=right_of(kind).words or kind,
        )
