"""Backup and restore: one file with the database, the attachments, the keys, and a hash of each."""

from hengliang.platform.site.backup.archive import moment
from hengliang.platform.site.backup.errors import BackupError
from hengliang.platform.site.backup.restore import restore, unfinished_restore
from hengliang.platform.site.backup.write import backup

__all__ = ["BackupError", "backup", "moment", "restore", "unfinished_restore"]
