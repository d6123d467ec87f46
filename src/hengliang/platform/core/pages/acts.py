"""The acts on an object as the history of its page."""

from django.db import models
from django.utils.safestring import SafeString

from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import right_of
from hengliang.platform.core.selectors import history_of

from .objects import Event, history
from .words import Words

LATEST = 200


def words_of(act: Act) -> Words:
    """What an act is called."""
    return right_of(act.kind).words or act.kind


def event_of(act: Act) -> Event:
    """One act as a line of a history."""
    return Event(act.at, words_of(act), act.account_name, act.reason)


def history_tab(subject: models.Model) -> SafeString:
    """The history of an object, newest first."""
    return history([event_of(act) for act in history_of(subject)[:LATEST]])
