"""What the values of a group are called: units, villages, categories and kinds by their names of today."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from banjie.base.declarations import FactColumn, Holds, Names
from banjie.people.models import Unit
from banjie.places.queries import place_names
from banjie.rulebook.queries import rules_on

NONE_WORDS = {Names.UNIT: "没有承办单位", Names.CATEGORY: "未分类", Names.DIVISION: "未填"}


def names_in(town: str, column: FactColumn, values: Iterable[str], *, on: date) -> dict[str, str]:
    """Return the name of each value of a group; the empty value is called what is missing."""
    wanted = set(values)
    told = {value: column.choices.get(value, value) for value in wanted}
    if column.names is Names.UNIT:
        ids = [UUID(value) for value in wanted if value]
        found = Unit.objects.filter(town=town, pk__in=ids).values_list("pk", "short_name", "name")
        told |= {str(pk): short or name for pk, short, name in found}
    elif column.names is Names.DIVISION:
        ours = {code for code in wanted if code.startswith(town)}
        told |= {code: name for code, name in place_names(ours).items() if code in ours}
    elif column.names is Names.CATEGORY:
        tree = rules_on(town, on).categories
        told |= {value: tree.path_words(value) for value in wanted if value in tree}
    elif column.names is Names.KIND:
        told |= {kind.key: kind.title for kind in rules_on(town, on).kinds if kind.key in wanted}
    elif column.holds is Holds.DAY:
        told = {value: f"{value[:4]}年{int(value[5:7])}月" for value in wanted if value}
    if "" in wanted:
        told[""] = NONE_WORDS.get(column.names, "未填") if column.names else "未填"
    return told
