"""How a file is refused: one error, whose sentence says what is wrong and what to do next."""

from banjie.base.errors import InvalidInput

FIELD = "file"


def refusal(message: str) -> InvalidInput:
    """Return the error that refuses a file with `message`, placed at the form's file field."""
    return InvalidInput(message, fields={FIELD: message})
