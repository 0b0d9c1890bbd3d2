"""The slip code: six digits on the asker's receipt, with which only whoever holds the receipt closes the case."""

import hmac
from hashlib import sha256
from uuid import UUID

from banjie.base.keys import key_for

DIGITS = 6


def slip_code(case_id: UUID) -> str:
    """Return the code of a case: derived from the key outside the database, so that nothing stores it."""
    drawn = hmac.new(key_for("cases.slip"), case_id.bytes, sha256).digest()
    return f"{int.from_bytes(drawn[:8], 'big') % 10**DIGITS:0{DIGITS}d}"
