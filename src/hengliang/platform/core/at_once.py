"""Many steps of a migration in one.

Django renders, after each step, every model that is linked with what it changed: and here all are, by their acts. A
hundred tables one by one took 14 s, in one step per app 2 s (measured on two cores). What each step does stays
Django's own operation, written by `makemigrations`; of the state it gets the models that it speaks of and those that
they lead to, and no other (another 2 s).
"""

from collections.abc import Iterable, Iterator

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.utils import resolve_relation

Key = tuple[str, str]


class AtOnce(Operation):
    """Do these steps in their order; undone, in the opposite order. No two may speak of the same field.

    No step may change the type of a key that other models point to: those that point to it are not looked at.
    """

    def __init__(self, *steps: Operation) -> None:
        self.steps = steps

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change the state, which is rendered when it is next asked for."""
        state.__dict__.pop("apps", None)
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Change the tables."""
        named = {(app_label, name.lower()) for step in self.steps if (name := _spoken_of(step))}
        before, after = _reached(named, from_state), _reached(named, to_state)
        for step in self.steps:
            step.database_forwards(app_label, schema_editor, before, after)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Change the tables back."""
        for step in reversed(self.steps):
            step.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What it does, for the one who migrates."""
        return "; ".join(step.describe() for step in self.steps)


def _spoken_of(step: Operation) -> str:
    """The model that a step speaks of."""
    return str(getattr(step, "model_name", "") or getattr(step, "name", ""))


def _reached(named: Iterable[Key], state: ProjectState) -> ProjectState:
    """Of `state` the models that are named and those that these lead to, however far."""
    found: dict[Key, ModelState] = {}
    ahead = [key for key in named if key in state.models]
    while ahead:
        key = ahead.pop()
        if key not in found:
            found[key] = state.models[key]
            ahead += [other for other in _leads_to(key, found[key]) if other in state.models]
    return ProjectState(found, state.real_apps)


def _leads_to(key: Key, model: ModelState) -> Iterator[Key]:
    pointed = [getattr(field, "remote_field", None) for field in model.fields.values()]
    targets = [target for remote in pointed if remote for target in (remote.model, getattr(remote, "through", None))]
    for target in [*targets, *(base for base in model.bases if isinstance(base, str))]:
        if target:
            yield resolve_relation(target, *key)
