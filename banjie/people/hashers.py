"""How passwords and PINs are hashed: Argon2id at a cost that eight people logging in at once can pay."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class TownArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, three passes and one lane: above the least that OWASP names (19 MiB, two passes, one lane).

    Django's own 100 MiB per log-in would make a small machine swap on a Monday morning.
    """

    time_cost = 3
    memory_cost = 19 * 1024
    parallelism = 1
