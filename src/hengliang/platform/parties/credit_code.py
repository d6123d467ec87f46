"""Unified social credit codes (GB 32100-2015), with their check digit."""

from stdnum import exceptions
from stdnum.cn import uscc

from hengliang.platform.parties.errors import CreditCodeRefused


def credit_code(text: str) -> str:
    """The code in its strict form.

    Errors: `CreditCodeRefused` says whether length, characters or check digit are wrong.
    Source: GB 32100-2015, 4

    >>> credit_code(" 91110000600037341l ")
    '91110000600037341L'
    """
    compact = uscc.compact(text).upper()
    try:
        return str(uscc.validate(compact))
    except exceptions.InvalidLength:
        raise _refused(text, "credit_code_length", "“%(text)s” has %(length)s characters; the code has 18.")
    except exceptions.InvalidChecksum:
        raise _refused(text, "credit_code_check_digit", "The check digit of “%(text)s” is wrong: a typing slip?")
    except exceptions.ValidationError:
        raise _refused(text, "credit_code_characters", "“%(text)s” holds a character that the code can't have.")


def _refused(text: str, code: str, template: str) -> CreditCodeRefused:
    return CreditCodeRefused(code, template, field="credit_code", text=text.strip(), length=len(text.strip()))
