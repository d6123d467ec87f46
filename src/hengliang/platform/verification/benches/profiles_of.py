"""The profiles that a body may use for an item: the shipped ones, and its own laid over them."""

from collections.abc import Mapping
from typing import Any

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.benches.documents import examined
from hengliang.platform.verification.benches.layouts import long_from
from hengliang.platform.verification.benches.profile import Profile, profile_from, shipped
from hengliang.platform.verification.models import BenchProfile, Lot


def profiles_of(item: CatalogueItem) -> list[Profile]:
    """The shipped profiles for an item.

    Errors: `InputRefused` where there is none.
    """
    codes, node = {item.code}, item.parent
    while node is not None:
        codes.add(node.code)
        node = node.parent
    found = [profile for profile in shipped().values() if codes.intersection(profile.items)]
    if not found:
        raise InputRefused(
            "no_profile", "There is no mapping profile for “%(item)s” yet.", field="item", item=item.name
        )
    return found


def own_profiles(body_id: int) -> list[BenchProfile]:
    """A body's own profiles, the newest of each name; not those that were withdrawn."""
    rows = BenchProfile.objects.filter(body_id=body_id).order_by("name", "-pk")
    return [one for one in rows.distinct("name") if not one.withdrawn]


def laid_over(own: BenchProfile) -> Profile:
    """A body's own profile: its document, or the shipped one with its headers."""
    if own.document:
        return examined(own.document, id_=f"own-{own.pk}", name=own.name)
    return shipped()[own.base].laid_over(own.headers)


def own_headers(body_id: int) -> list[str]:
    """The headers that a body's own benches write."""
    found: list[str] = []
    for own in own_profiles(body_id):
        found += own.headers.values()
        rows = [row for part in ("identity", "attributes", "readings") for row in own.document.get(part, ())]
        found += [name for row in rows for name in row["names"]]
        found += long_headers(own.document)
    return found


def long_headers(document: Mapping[str, Any]) -> list[str]:
    """The headers of the columns by which a document tells the rows of a meter."""
    long = document.get("file", {}).get("long")
    return [name for names in long_from(long).columns for name in names] if long else []


def profile_used(lot: Lot) -> Profile | None:
    """The profile by which a lot was read, as it was then; of one read before profiles were kept, as shipped."""
    return profile_from(lot.profile_used) if lot.profile_used else shipped().get(lot.profile)
