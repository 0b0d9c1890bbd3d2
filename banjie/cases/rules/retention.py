"""保存期限: how long cases of a kind are kept before the archive officer is asked about them, and which always are."""

from collections.abc import Mapping

from banjie.base.declarations import NamePart, ParameterSpec, Part, Sort
from banjie.rulebook.in_force import Rules
from banjie.rulebook.schema import rule_type

RETENTION = rule_type(
    "retention",
    "保存期限",
    schema=(
        ParameterSpec("kept.usual", "一般的办件保存几年", (Sort.COUNT,), is_required=True),
        ParameterSpec("kept.again", "鉴定为继续保存的，隔几年再鉴定", (Sort.COUNT,), is_required=True),
        ParameterSpec("forever", "永久保存的类别", (Sort.CATEGORIES,), is_required=True),
        ParameterSpec(
            "kept.of.*", "某一类件保存几年", (Sort.COUNT,), parts=(NamePart("哪一类件", Part.KIND),)
        ),
    ),
)
OF = "kept.of."


def years_kept(rules: Rules) -> tuple[int, Mapping[str, int]]:
    """Return how many years cases are kept from the year after they ended: usually, and by kind where it says so."""
    ruling = rules.rule(RETENTION.name)
    own = {name.removeprefix(OF): ruling.value(name, int) for name in ruling.names(f"{OF}*")}
    return ruling.value("kept.usual", int), own


def years_again(rules: Rules) -> int:
    """Return after how many years a case that is kept on is proposed again."""
    return rules.rule(RETENTION.name).value("kept.again", int)


def kept_forever(rules: Rules) -> frozenset[str]:
    """Return the categories whose cases are never proposed, with those that lie under them."""
    named = set(rules.rule(RETENTION.name).value("forever", tuple))
    tree = rules.categories
    return frozenset(
        one.key for one in tree.categories if named & {above.key for above in tree.upwards(one.key)}
    )
