"""The rule types that cases obey, one module each; importing it declares them."""

from banjie.cases.rules import escalation

__all__ = ["escalation"]
