"""The profiles that a body may use for an item: the shipped ones, and its own laid over them."""

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.benches.profile import Profile, shipped
from hengliang.platform.verification.models import BenchProfile


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
    """A body's own profiles, the newest of each name."""
    rows = BenchProfile.objects.filter(body_id=body_id).order_by("name", "-pk")
    return list(rows.distinct("name"))


def laid_over(own: BenchProfile) -> Profile:
    """The shipped profile with a body's own headers."""
    return shipped()[own.base].laid_over(own.headers)
