"""What texts may refer to, as far as the program knows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from banjie.base.declarations import REGISTRY, RuleType
from banjie.people.rights import DEEDS, Role
from banjie.rulebook.laws import Bound
from banjie.rulebook.setting_keys import SettingKey


@dataclass(frozen=True)
class Known:
    """Rule types, roles, deeds and settings of the program; `units` and `posts` are None where they are not known.

    `standing` are the settings, and as type/name the required parameters, that another owner's text gives where the
    texts at hand do not name them; `bounds` are those of laws that are not among the texts at hand.
    """

    rule_types: Mapping[str, RuleType]
    roles: frozenset[str]
    deeds: frozenset[str]
    settings: frozenset[str]
    units: frozenset[str] | None = None
    posts: frozenset[str] | None = None
    standing: frozenset[str] = frozenset()
    bounds: tuple[Bound, ...] = ()

    @classmethod
    def of_program(
        cls,
        *,
        units: frozenset[str] | None = None,
        posts: frozenset[str] | None = None,
        standing: frozenset[str] = frozenset(),
        bounds: tuple[Bound, ...] = (),
    ) -> "Known":
        """Return what this program knows, with a town's units, posts, standing values and laws where one is meant."""
        return cls(
            rule_types=REGISTRY.rule_types,
            roles=frozenset(role.value for role in Role),
            deeds=DEEDS,
            settings=frozenset(key.value for key in SettingKey),
            units=units,
            posts=posts,
            standing=standing,
            bounds=bounds,
        )
