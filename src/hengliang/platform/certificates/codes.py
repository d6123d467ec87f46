"""The code that stands on a proof and leads to its public page."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L: it is read aloud and typed
LENGTH = 10


def is_code(text: str) -> bool:
    """Whether the text can be a code at all; what can't is never asked of the database."""
    return len(text) == LENGTH and all(character in ALPHABET for character in text)


def new_code() -> str:
    """A code that nobody can guess: 31 to the tenth, so the public page can't be walked through."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
