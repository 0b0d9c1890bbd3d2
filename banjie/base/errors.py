"""The one tree of errors: each message says what happened, on what ground, and what to do next, in Chinese."""


class BanjieError(Exception):
    """Something that a person can be told; anything else is a bug and is not caught."""

    status = 500

    def __init__(self, message: str, *, ground: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.ground = ground


class InvalidInput(BanjieError):
    """What was typed cannot be used; `fields` names the field of each complaint."""

    status = 422

    def __init__(self, message: str, *, ground: str = "", fields: dict[str, str] | None = None) -> None:
        super().__init__(message, ground=ground)
        self.fields = fields or {}


class NotAllowed(BanjieError):
    """In the actor's scope, but not this deed."""

    status = 403


class NotFound(BanjieError):
    """There is no such thing, or it lies outside the actor's scope: the two are not told apart (T13)."""

    status = 404


class Conflict(BanjieError):
    """The row is not as the actor saw it, or the deed does not fit its state."""

    status = 409


class RuleMissing(BanjieError):
    """The rulebook holds no text in force for what was asked of it."""

    status = 500
