"""What can be wrong in texts that are to rule together: references, doubles, limits and settings that are missing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TypeVar

from banjie.base.declarations import NamePart, ParameterSpec, Part
from banjie.rulebook.categories import CategoryTree, read_categories
from banjie.rulebook.check.bounds import bound_findings
from banjie.rulebook.check.form import form_findings, values_of
from banjie.rulebook.check.known import Known
from banjie.rulebook.findings import BadText, Finding, Place
from banjie.rulebook.kinds import Kind, read_kind
from banjie.rulebook.rules import TIME_LIMIT
from banjie.rulebook.sections import READERS
from banjie.rulebook.text import Parameter, Section, Text
from banjie.rulebook.values import Reference, References
from banjie.rulebook.vocabulary import CLOCK_WORDS, Clock

Read = TypeVar("Read")
_REFERENCE_WORDS = {
    "role": "角色",
    "deed": "事项",
    "unit": "单位",
    "post": "岗位",
    "kind": "件的种类",
    "category": "事项分类",
}


@dataclass(frozen=True)
class _Book:
    """Texts that rule together, as far as each could be read."""

    texts: Sequence[Text]
    kinds: Mapping[str, Kind]
    trees: Mapping[str, CategoryTree]
    known: Known

    @cached_property
    def categories(self) -> Mapping[str, str]:
        """Return which text each category stands in."""
        return {one.key: key for key, tree in self.trees.items() for one in tree.categories}

    def shelf(self, section: Section) -> Iterator[Text]:
        return (text for text in self.texts if text.section is section)

    def limits(self) -> Iterator[tuple[Text, Parameter]]:
        for text in self.shelf(Section.REGULATIONS):
            if text.type == TIME_LIMIT.name:
                yield from ((text, parameter) for parameter in text.parameters.values())


def check(texts: Sequence[Text], known: Known) -> list[Finding]:
    """Return every finding of a set of texts that are to rule together, by file and line."""
    findings = [finding for text in texts for finding in form_findings(text, known)]
    kinds, bad_kinds = _read_shelf(texts, Section.KINDS, read_kind)
    trees, bad_trees = _read_shelf(texts, Section.CATEGORIES, read_categories)
    book = _Book(texts, kinds, trees, known)
    runs = (_references, _roles, _extensions, _named, _limits, _missing_limits, _doubles, _units, _settings)
    for run in (*runs, _missing_rules):
        findings += run(book)
    findings += bound_findings(texts, known, kinds=kinds, trees=trees)
    for reader in READERS.values():
        findings += reader.findings(texts)
    return sorted({*findings, *bad_kinds, *bad_trees})


def _read_shelf(
    texts: Sequence[Text], section: Section, read: Callable[[Text], Read]
) -> tuple[dict[str, Read], list[Finding]]:
    found: dict[str, Read] = {}
    findings: list[Finding] = []
    for text in texts:
        if text.section is section:
            try:
                found[text.key] = read(text)
            except BadText as bad:
                findings += bad.findings
    return found, findings


def _references(book: _Book) -> Iterator[Finding]:
    """Yield parameters that name a role, unit, deed, kind or category that there is not."""
    known: dict[str, frozenset[str] | None] = {
        "role": book.known.roles,
        "deed": book.known.deeds,
        "unit": book.known.units,
        "post": book.known.posts,
        "kind": frozenset(book.kinds),
        "category": frozenset(book.categories),
    }
    for text in book.texts:
        for name, value in values_of(text, book.known).items():
            if not isinstance(value, Reference | References) or (among := known.get(value.sort)) is None:
                continue
            named = (value.plain,) if isinstance(value, Reference) else value.plain
            for missing in sorted(set(named) - among):
                fault = f"参数 {name} 里的{_REFERENCE_WORDS[value.sort]} {missing} 不存在"
                yield Finding(text.parameters[name].place, fault, _nearby(among))


def _roles(book: _Book) -> Iterator[Finding]:
    for text in book.shelf(Section.KINDS):
        kind = book.kinds.get(text.key)
        for role in sorted(kind.raised_by - book.known.roles) if kind else ():
            fault = f"raised_by 里的角色 {role} 不存在"
            yield Finding(text.place("raised_by"), fault, _nearby(book.known.roles))


def _extensions(book: _Book) -> Iterator[Finding]:
    """Yield kinds that say how a matter may be extended which there is not."""
    for text in book.shelf(Section.KINDS):
        kind = book.kinds.get(text.key)
        for category in sorted((kind.apart if kind else {}).keys() - book.categories.keys()):
            path = next(name for name in text.parameters if name.endswith(f".{category}"))
            fault = f"参数 {path} 里的事项分类 {category} 不存在"
            yield Finding(text.parameters[path].place, fault, "请写分类表“编码”一列里有的编码")


def _named(book: _Book) -> Iterator[Finding]:
    """Yield routes, promises and reports whose name leads to no kind, category or village that there is."""
    for text in book.shelf(Section.REGULATIONS):
        declared = book.known.rule_types.get(text.type)
        for name, parameter in text.parameters.items():
            spec = declared.spec(name) if declared and text.type != TIME_LIMIT.name else None
            if spec is not None and spec.is_pattern and spec.parts:
                yield from _part_findings(book, name, spec, parameter.place)


def _part_findings(book: _Book, name: str, spec: ParameterSpec, place: Place) -> Iterator[Finding]:
    head, tail = spec.name.split("*", 1)
    told = name.removeprefix(head).removesuffix(tail).split(".")
    for part in spec.parts:
        among = _among(book, part)
        if among is None or not told:
            continue
        if told[0] in among or any(fnmatchcase(told[0], one) for one in among):
            told.pop(0)
        elif not part.is_optional:
            fault = f"参数 {name} 里的 {told[0]} 不是已有的{part.title.removeprefix('哪一类').removeprefix('哪个')}"
            yield Finding(place, fault, _nearby(among))
            return
    if told:
        yield Finding(place, f"参数 {name} 里的 {'.'.join(told)} 不认识", "请对照制度里其他参数的名字")


def _among(book: _Book, part: NamePart) -> Mapping[str, object] | None:
    """Return what a part of a name may be; None where it is not known here."""
    if part.of is Part.KIND:
        return {**book.kinds, **part.choices}
    if part.of is Part.CATEGORY:
        return {**book.categories, **part.choices}
    if part.of is Part.PLACE:
        return {"[0-9]*": ""}
    return part.choices if part.choices else {"[0-9]*": ""}


def _limits(book: _Book) -> Iterator[Finding]:
    """Yield time limits whose name does not lead to a clock, a kind and a category."""
    seen: dict[str, Place] = {}
    for _, parameter in book.limits():
        clock, kind, category = [*parameter.name.split(".", 2), "", ""][:3]
        if clock not in set(Clock):
            remedy = (
                f"时限的名字以 {'、'.join(f'{one}（{said}）' for one, said in CLOCK_WORDS.items())} 之一开头"
            )
            yield Finding(parameter.place, f"时限 {parameter.name} 不是已有的时钟", remedy)
        elif kind != "*" and kind not in book.kinds:
            yield Finding(
                parameter.place, f"时限 {parameter.name} 里的件的种类 {kind} 不存在", _nearby(book.kinds)
            )
        elif category and category not in book.categories:
            fault = f"时限 {parameter.name} 里的事项分类 {category} 不存在"
            yield Finding(parameter.place, fault, "请写分类表“编码”一列里有的编码")
        if parameter.name in seen:
            fault = f"时限 {parameter.name} 在 {seen[parameter.name]} 已经写过"
            yield Finding(parameter.place, fault, "请只留一处")
        seen.setdefault(parameter.name, parameter.place)


def _missing_limits(book: _Book) -> Iterator[Finding]:
    named = {parameter.name for _, parameter in book.limits()}
    for text in book.shelf(Section.KINDS):
        kind = book.kinds.get(text.key)
        for clock in kind.clocks if kind else ():
            if not named & {f"{clock}.{text.key}", f"{clock}.*"}:
                fault = f"{text.title}有{CLOCK_WORDS[clock]}时钟，却没有时限"
                remedy = (
                    f'请在 time_limit 制度里写 {clock}.{text.key} = {{ value = "5 workdays", basis = "……" }}'
                )
                yield Finding(text.place("clocks"), fault, remedy)


def _doubles(book: _Book) -> Iterator[Finding]:
    """Yield titles, number prefixes, settings and category keys that two texts claim."""
    seen: dict[tuple[str, str], Place] = {}
    for said, name, place in _claims(book):
        if (said, name) in seen:
            yield Finding(place, f"{said} {name} 在 {seen[said, name]} 已经用过", "请换一个，或只留一处")
        seen.setdefault((said, name), place)


def _claims(book: _Book) -> Iterator[tuple[str, str, Place]]:
    for text in book.texts:
        yield "标题", text.title, text.place("title")
        if kind := book.kinds.get(text.key) if text.section is Section.KINDS else None:
            yield "编号字头", kind.number_prefix, text.place("prefix")
        if text.section is Section.SETTINGS:
            yield from (("参数", one.name, one.place) for one in text.parameters.values())
        if text.section is Section.CATEGORIES and text.key in book.trees:
            yield from (("分类编码", one.key, text.place("units")) for one in book.trees[text.key].categories)


def _units(book: _Book) -> Iterator[Finding]:
    """Yield units of a category text that the town does not have."""
    for text in book.shelf(Section.CATEGORIES):
        tree = book.trees.get(text.key)
        if tree is None or book.known.units is None:
            continue
        for unit in sorted({leaf.unit for leaf in tree.open_leaves} - book.known.units):
            yield Finding(text.place("units"), f"本镇没有叫 {unit} 的单位", _nearby(book.known.units))


def _settings(book: _Book) -> Iterator[Finding]:
    """Yield settings that code asks for and no text names, and those that no code asks for."""
    named = {one.name: one.place for text in book.shelf(Section.SETTINGS) for one in text.parameters.values()}
    for name in sorted(named.keys() - book.known.settings):
        yield Finding(named[name], f"参数 {name} 没有程序使用", "请检查拼写，或删去它")
    place = Place(f"{Section.SETTINGS}/", 1)
    for name in sorted(book.known.settings - book.known.standing - named.keys()):
        yield Finding(
            place, f"缺少参数 {name}", f"请在 {Section.SETTINGS}/ 的一个文件里写上它，连同依据和一句正文"
        )


def _missing_rules(book: _Book) -> Iterator[Finding]:
    """Yield parameters that a rule type needs and no text of it names."""
    named = {(text.type, name) for text in book.shelf(Section.REGULATIONS) for name in text.parameters}
    for rule_type in book.known.rule_types.values():
        for spec in rule_type.schema:
            if spec.is_required and not (
                (rule_type.name, spec.name) in named or f"{rule_type.name}/{spec.name}" in book.known.standing
            ):
                fault = f"缺少参数 {spec.name}（{rule_type.title}：{spec.title}）"
                remedy = f'请在 {Section.REGULATIONS}/ 里 type = "{rule_type.name}" 的制度中写上它，连同依据和一句正文'
                yield Finding(Place(f"{Section.REGULATIONS}/", 1), fault, remedy)


def _nearby(among: Mapping[str, object] | frozenset[str]) -> str:
    return f"可以写：{'、'.join(sorted(among)) or '（现在一个也没有）'}"
