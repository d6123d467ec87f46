"""Nobody there, refused, not found: a dated note on the task, for whoever asks later why it was not done."""

from hengliang.platform.core.models import Act
from hengliang.platform.verification.models import Round, TaskNote
from hengliang.platform.verification.rounds.standing import ABSENCES, standing_of


def write_notes(act: Act, shown: Round) -> None:
    """Write the notes that are not written yet, under the act."""
    written = set(TaskNote.objects.filter(entry__round=shown).values_list("entry", flat=True))
    for subject in standing_of(shown).subjects:
        entry, line = subject.speaks, subject.line
        if entry is None or entry.kind not in ABSENCES or line is None or line.task_id is None or entry.pk in written:
            continue
        TaskNote.objects.create(act=act, task_id=line.task_id, on=entry.verified_on, kind=entry.kind, entry=entry)
