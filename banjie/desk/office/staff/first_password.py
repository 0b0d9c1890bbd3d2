"""A first password: random, long enough for any policy, easy to read out over the phone. Pure."""

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without i, l, o, 0 and 1, which people mistake for each other."""
GROUPS, LENGTH = 4, 4


def first_password() -> str:
    """Return four groups of four characters, about 79 bits: k7mp-x3wq-9fhd-t2ab."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)
