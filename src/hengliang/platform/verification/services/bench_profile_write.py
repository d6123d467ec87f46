"""A body draws up a mapping profile for its bench, or withdraws it; each is a version of its own."""

from typing import Any

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, StaleWrite
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.verification.benches.documents import examined
from hengliang.platform.verification.models import BenchProfile

LONGEST_NAME = 80
LONGEST_SAMPLE = 120_000


def bench_profile_write(
    *,
    actor: Actor,
    body: Organisation,
    name: str,
    document: dict[str, Any],
    sample: str = "",
    version: int | None = None,
) -> BenchProfile:
    """Save a profile as the next version of its name; lots that were read keep the profile that they were read by.

    version : the newest that its author saw (0: none of this name), so that nobody overwrites what he did not see
    Errors: `InputRefused` for a document that is no profile, or without a name; `StaleWrite` for a version unseen.
    """
    permit(actor, "bench_profile_write", organisations=[body.pk])
    named = name.strip()
    if not named or len(named) > LONGEST_NAME:
        raise InputRefused("profile_unnamed", "Give the mapping profile a name of at most 80 characters.", field="name")
    base = examined(document, id_="own", name=named).document["base"]
    if len(sample) > LONGEST_SAMPLE:
        raise InputRefused("sample_too_long", "The sample is too long; a few rows are enough.", field="sample")
    before = newest(body, named)
    seen = before.version if before else 0
    if version is not None and version != seen:
        raise StaleWrite(
            "profile_newer",
            "Somebody saved version %(version)s of “%(name)s” meanwhile. Look at it, and save yours as the next.",
            version=seen, name=named,
        )  # fmt: skip
    return _saved(actor, "bench_profile_write", body, named, base=base, document=document, sample=sample)


def bench_profile_withdraw(*, actor: Actor, profile: BenchProfile, reason: str) -> BenchProfile:
    """No file is recognised by this profile any more; what was read by it stays as it is.

    Errors: `InputRefused` without a reason, or where it is withdrawn already.
    """
    permit(actor, "bench_profile_withdraw", organisations=[profile.body_id])
    last = newest(profile.body, profile.name)
    if last is None or last.withdrawn:
        raise InputRefused("profile_withdrawn", "“%(name)s” is withdrawn already.", name=profile.name)
    told = {"document": last.document, "headers": last.headers, "sample": last.sample, "base": last.base}
    return _saved(
        actor, "bench_profile_withdraw", profile.body, profile.name, reason=reason, withdrawn=True, **told
    )  # fmt: skip


def newest(body: Organisation, name: str) -> BenchProfile | None:
    """The newest version of a name."""
    return BenchProfile.objects.filter(body=body, name=name).order_by("-pk").first()


def _saved(actor: Actor, kind: str, body: Organisation, name: str, reason: str = "", **told: Any) -> BenchProfile:
    with perform(actor, kind, reason=reason, organisation_id=body.pk) as act:
        body_row = Organisation.objects.select_for_update().get(pk=body.pk)  # versions of a name one after the other
        before = newest(body_row, name)
        told.setdefault("headers", {})
        act.subject = made = BenchProfile.objects.create(
            act=act, body=body, name=name, version=before.version + 1 if before else 1, **told
        )
        act.content = {
            "profile": name, "version": made.version, "base": made.base, "withdrawn": made.withdrawn,
            "document": made.document,
        }  # fmt: skip
    return made
