"""The log's next key: one history, former keys known, and no step at which a crash leaves a home that can't start."""

import pytest

from hengliang.platform.core.log import keys as deployment
from hengliang.platform.core.models import LogCheckpoint
from hengliang.trust.checkpoint import open_checkpoint
from hengliang.trust.errors import KeyRefused
from tests.platform.core.log.conftest import region


@pytest.mark.django_db
def test_the_log_goes_on_under_its_next_key(held, sequence, settings, disk):
    from hengliang.platform.core.log.sequencer import integrate, open_log

    region("1")
    sequence()
    before = bytes(LogCheckpoint.objects.get().note)
    line = deployment.rotate_log_key(settings.HOME)
    now = deployment.keys()
    assert (now.log.verifier, now.former) == (line, (held.log.verifier,))
    assert line.name == held.log.name
    region("2")
    assert integrate(open_log(now, disk)) == 1
    after = bytes(LogCheckpoint.objects.get().note)
    assert open_checkpoint(after, [line]).checkpoint.size == 2
    assert open_checkpoint(before, deployment.key_lines()).checkpoint.size == 1


@pytest.mark.parametrize("step", ["lines", "link", "rename"])
def test_a_rotation_that_died_is_finished_by_the_next_start(held, settings, monkeypatch, step):
    def die(*_):
        raise InterruptedError

    def rename(path, target):
        return die() if path.name == deployment.NEXT else path.replace(target)

    with monkeypatch.context() as patched:
        if step == "lines":
            patched.setattr(deployment, "keep", die)
        elif step == "link":
            patched.setattr(deployment.os, "link", die)
        else:
            patched.setattr(deployment.Path, "rename", rename)
        with pytest.raises(InterruptedError):
            deployment.rotate_log_key(settings.HOME)
    deployment._read.cache_clear()
    deployment.make_keys(settings.HOME, "http://metrology.example")
    made = deployment.keys()
    assert made is not None
    assert made.former == (held.log.verifier,)
    assert not (settings.HOME / "keys" / deployment.NEXT).exists()


def test_without_the_password_there_is_no_next_key(held, settings, monkeypatch):
    monkeypatch.setenv("HENGLIANG_KEY_PASSWORD", "another")
    with pytest.raises(KeyRefused, match="wrong password"):
        deployment.rotate_log_key(settings.HOME)
    assert not (settings.HOME / "keys" / deployment.NEXT).exists()
