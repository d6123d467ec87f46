"""How the files of a body's own bench name their columns is kept, so that the next file needs no matching."""

from collections.abc import Mapping

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.verification.benches.profile import shipped
from hengliang.platform.verification.models import BenchProfile


def bench_profile_save(
    *, actor: Actor, body: Organisation, name: str, base: str, headers: Mapping[str, str]
) -> BenchProfile:
    """Keep the headers of a bench over a shipped profile; the newest of a name counts.

    Errors: `InputRefused` for a profile that is not shipped, or columns that it has not.
    """
    permit(actor, "bench_profile_save", organisations=[body.pk])
    known = shipped().get(base)
    unknown = set(headers) - {column.key for column in known.columns} if known else set(headers)
    if known is None or unknown or not name.strip():
        raise InputRefused(
            "profile_unfit", "Give the profile a name, and headers for its own columns only.", field="name"
        )
    with perform(actor, "bench_profile_save", organisation_id=body.pk) as act:
        act.subject = made = BenchProfile.objects.create(
            act=act, body=body, name=name.strip()[:80], base=base, headers=dict(headers), version=_next(body, name)
        )
        act.content = {"profile": made.name, "base": base, "headers": dict(headers)}
    return made


def _next(body: Organisation, name: str) -> int:
    before = BenchProfile.objects.filter(body=body, name=name.strip()[:80]).order_by("-pk").first()
    return before.version + 1 if before else 1
