"""What texts may refer to, as far as the program knows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from banjie.base.declarations import REGISTRY, RuleType
from banjie.people.rights import DEEDS, Role
from banjie.rulebook.laws import Bound
from banjie.rulebook.setting_keys import SettingKey


@dataclass(frozen=True)
class Known:
    """Rule types, roles, deeds and settings of the program; `units` is None where it is not known which there are.

    `standing` are the settings, and as type/name the required parameters, that another owner's text gives where the
    texts at hand do not name them; `bounds` are those of laws that are not among the texts at hand.
    """

    rule_types: Mapping[str, RuleType]
    roles: frozenset[str]
    deeds: frozenset[str]
    settings: frozenset[str]
    units: frozenset[str] | None = None
    standing: frozenset[str] = frozenset()
    bounds: tuple[Bound, ...] = ()

    @classmethod
    def of_program(
        cls,
        *,
        units: frozenset[str] | None = None,
        standing: frozenset[str] = frozenset(),
        bounds: tuple[Bound, ...] = (),
    ) -> "Known":
        """Return what this program knows, with the units, standing values and laws of a town where one is meant."""
        return cls(
            rule_types=REGISTRY.rule_types,
            roles=frozenset(role.value for role in Role),
            deeds=DEEDS,
            settings=frozenset(key.value for key in SettingKey),
            units=units,
            standing=standing,
            bounds=bounds,
        )
