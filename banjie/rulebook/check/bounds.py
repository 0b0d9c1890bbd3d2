"""What lies outside the bounds of higher law, by the names of parameters and by the limits that a matter gets."""

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from banjie.rulebook.categories import CategoryTree
from banjie.rulebook.check.form import values_of
from banjie.rulebook.check.known import Known
from banjie.rulebook.findings import BadText, Finding
from banjie.rulebook.kinds import Kind
from banjie.rulebook.laws import Bound, Bounds, bounds_of, breach, breaches, read_bounds, say_measure
from banjie.rulebook.rules import TIME_LIMIT
from banjie.rulebook.text import Section, Text
from banjie.rulebook.values import Whole
from banjie.rulebook.vocabulary import Asker


def bound_findings(
    texts: Sequence[Text], known: Known, *, kinds: Mapping[str, Kind], trees: Mapping[str, CategoryTree]
) -> Iterator[Finding]:
    """Yield each value outside a bound, with the article, and each bound that cannot be read."""
    bounds = Bounds((*bounds_of(texts), *known.bounds))
    for text in texts:
        if text.section is Section.LAWS:
            yield from _unreadable(text)
            continue
        for name, value in values_of(text, known).items():
            place = text.parameters[name].place
            kind = text.key if text.section is Section.KINDS else ""
            yield from breaches(bounds, name, value=value, said=say_measure(value), place=place, kind=kind)
    yield from _limit_findings(texts, bounds.every, kinds=kinds, trees=trees, known=known)
    yield from _extension_findings(texts, bounds.every, kinds=kinds, trees=trees)


def _unreadable(text: Text) -> Iterator[Finding]:
    try:
        read_bounds(text)
    except BadText as bad:
        yield from bad.findings


def _limit_findings(
    texts: Sequence[Text],
    bounds: Sequence[Bound],
    *,
    kinds: Mapping[str, Kind],
    trees: Mapping[str, CategoryTree],
    known: Known,
) -> Iterator[Finding]:
    """Yield limits that a bound matter gets from a broader name, since its own line was taken away.

    The law bounds what is owed to those who ask; an inspection's finding in the same matter is no application.
    """
    limits = {
        name: (value, text.parameters[name].place)
        for text in texts
        if text.section is Section.REGULATIONS and text.type == TIME_LIMIT.name
        for name, value in values_of(text, known).items()
    }
    for bound in bounds:
        clock, kind_pattern, category = [*bound.pattern.split(".", 2), "", ""][:3]
        tree = next((tree for tree in trees.values() if category in tree), None)
        for kind, read in kinds.items():
            if tree is None or read.asker is not Asker.RESIDENT or not fnmatchcase(kind, kind_pattern):
                continue
            names = [f"{clock}.{kind}.{above.key}" for above in tree.upwards(category)]
            name = next((one for one in (*names, f"{clock}.{kind}", f"{clock}.*") if one in limits), None)
            if name and not bound.covers(name) and not bound.allows(limits[name][0]):
                title = tree.find(category).title
                told = f"“{title}”没有单独的时限，按参数 {name} 得到{say_measure(limits[name][0])}"
                yield breach(bound, told, limits[name][1])


def _extension_findings(
    texts: Sequence[Text],
    bounds: Sequence[Bound],
    *,
    kinds: Mapping[str, Kind],
    trees: Mapping[str, CategoryTree],
) -> Iterator[Finding]:
    """Yield kinds that let a bound matter be extended further, or oftener, than the law lets it.

    Such as a permit over ten workdays (行政许可法 第四十二条): what a kind says of all its matters holds of this one
    too, unless it says otherwise of it.
    """
    places = {text.key: text for text in texts if text.section is Section.KINDS}
    for bound in bounds:
        head, what, category = [*bound.pattern.split(".", 2), "", ""][:3]
        tree = next((tree for tree in trees.values() if category in tree), None)
        if head != "extension" or tree is None:
            continue
        above = [one.key for one in tree.upwards(category)]
        for key, kind in kinds.items():
            if kind.asker is not Asker.RESIDENT or not bound.holds_of(key):
                continue
            allowed = kind.extension_of(above)
            value: object = allowed.longest if what == "longest" else Whole(allowed.times)
            names = [f"extension.{what}.{one}" for one in above]
            name = next((one for one in names if one in places[key].parameters), f"extension.{what}")
            if not bound.covers(name) and not bound.allows(value):
                told = f"“{tree.find(category).title}”没有单独的规定，按参数 {name} 得到{say_measure(value)}"
                yield breach(bound, told, places[key].place(f"params.{name}"))
