"""What a backup or a restore refuses.

BackupError
├── NotABackup     the file is none, or it was cut off
├── Damaged        a part does not have the hash that the manifest gives
├── FromTheFuture  a newer version made it
├── HomeInUse      there are data already
├── StillServed    somebody is connected to the database
└── ToolFailed     pg_dump or pg_restore said no
"""

from typing import ClassVar


class BackupError(Exception):
    """Nothing was changed unless the message says so; it says what to do next."""

    code: ClassVar[str] = "backup_error"
    template: ClassVar[str] = "The backup can't be used."

    def __init__(self, **parameters: object) -> None:
        self.parameters = parameters
        super().__init__(self.template.format(**parameters))


class NotABackup(BackupError):
    """No manifest of ours is in the file."""

    code = "not_a_backup"
    template = "{file} is not a complete backup of Hengliang ({reason}). Use another copy; nothing was changed."


class Damaged(BackupError):
    """The content is not what was saved."""

    code = "backup_damaged"
    template = "{file} is damaged: {part} {reason}. Use another copy; nothing was changed."


class FromTheFuture(BackupError):
    """This version does not know what the newer one wrote."""

    code = "backup_from_the_future"
    template = (
        "{file} was made by a newer version ({made_by}; here is {here}: {reason}). "
        "Install that version first; nothing was changed."
    )


class HomeInUse(BackupError):
    """A restore replaces everything."""

    code = "home_in_use"
    template = (
        "{home} holds data already; a restore would replace them. Give an empty folder by HENGLIANG_HOME, or add "
        "--force: what is there is then saved to a file first. Nothing was changed."
    )


class StillServed(BackupError):
    """Everything would be replaced under somebody's feet."""

    code = "still_served"
    template = (
        "{count} connections to the database are open. Stop `hengliang serve`, then restore; nothing was changed."
    )


class ToolFailed(BackupError):
    """A tool of PostgreSQL failed."""

    code = "backup_tool_failed"
    template = "{tool} failed: {reason}"
