"""The code that stands on a proof and leads to its public page."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L: it is read aloud and typed
LENGTH = 10


def new_code() -> str:
    """A code that nobody can guess: 31 to the tenth, so the public page can't be walked through."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
