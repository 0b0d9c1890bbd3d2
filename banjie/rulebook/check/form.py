"""What can be wrong in one text by itself: type, items, parameters, marks, examples."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from banjie.base.declarations import RuleType
from banjie.rulebook.check.known import Known
from banjie.rulebook.findings import Finding
from banjie.rulebook.marks import STYLE_WORDS, Style, marks_in, stray_marks
from banjie.rulebook.parts import PART, part_findings
from banjie.rulebook.rules import CATEGORIES, KIND, LAW, SETTING, TIME_LIMIT
from banjie.rulebook.sections import READERS, own_types
from banjie.rulebook.text import Example, Section, Text

SECTION_TYPES = {
    Section.KINDS: KIND.name,
    Section.CATEGORIES: CATEGORIES.name,
    Section.SETTINGS: SETTING.name,
    Section.LAWS: LAW.name,
}
HEAD_ITEMS = frozenset({"title", "type", "from", "until", "note", "params", "examples", "repealed", PART})
MORE_ITEMS: Mapping[str, frozenset[str]] = {
    KIND.name: frozenset(
        {
            "prefix",
            "origin",
            "outer_system",
            "asker",
            "raised_by",
            "clocks",
            "closing",
            "fields",
            "pause_grounds",
            "phrases",
        }
    ),
    CATEGORIES.name: frozenset({"units"}),
    LAW.name: frozenset({"bounds"}),
}


def form_findings(text: Text, known: Known) -> Iterator[Finding]:
    """Yield what is wrong in a text by itself."""
    yield from _type_findings(text, known)
    yield from part_findings(text)
    yield from _mark_findings(text)
    yield from _parameter_findings(text, known)
    yield from _example_findings(text, known)


def values_of(text: Text, known: Known) -> Mapping[str, object]:
    """Return those parameters of a text that can be read, as its rule type reads them."""
    rule_type = known.rule_types.get(text.type)
    found: dict[str, object] = {}
    if rule_type is None:
        return found
    for parameter in text.parameters.values():
        try:
            found[parameter.name] = rule_type.parse(parameter.name, parameter.raw)
        except ValueError:
            continue
    return found


def _parameter_findings(text: Text, known: Known) -> Iterator[Finding]:
    rule_type = known.rule_types.get(text.type)
    for parameter in text.parameters.values():
        if not parameter.basis:
            remedy = '请写上 basis = "法律条款、文件或 S 行号"；还没有定的写 产品默认，待镇里确定'
            yield Finding(parameter.place, f"参数 {parameter.name} 没有依据", remedy)
        if rule_type is None:
            continue
        try:
            rule_type.parse(parameter.name, parameter.raw)
        except ValueError as error:
            fault, _, remedy = str(error).partition("。")
            remedy = remedy.rstrip("。") or "请写成 5 workdays 这样的值"
            yield Finding(parameter.place, f"参数 {parameter.name}：{fault}", remedy)


def _example_findings(text: Text, known: Known) -> Iterator[Finding]:
    rule_type = known.rule_types.get(text.type)
    for example in text.examples:
        if rule_type is None:
            return
        if rule_type.try_example is None:
            yield Finding(example.place, f"{rule_type.title}里不能写样例", "请删去 [[examples]]")
            continue
        yield from _tried(example, rule_type, values_of(text, known))


def _tried(example: Example, rule_type: RuleType, values: Mapping[str, object]) -> Iterator[Finding]:
    try:
        came = rule_type.try_example(values, example.given) if rule_type.try_example else {}
    except ValueError as error:
        fault, _, remedy = str(error).partition("。")
        yield Finding(example.place, fault, remedy.rstrip("。") or "请对照其他样例的写法")
        return
    for item, expected in example.then.items():
        if item not in came:
            yield Finding(example.place, f"样例里的 {item} 不认识", f"可以写：{'、'.join(came)}")
        elif came[item] != expected:
            fault = f"样例不符：写的是 {item} = {_said(expected)}，按参数算出来是 {_said(came[item])}"
            yield Finding(example.place, fault, "请改参数，或改样例")


def _said(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _type_findings(text: Text, known: Known) -> Iterator[Finding]:
    own = {**SECTION_TYPES, **own_types()}
    expected = own.get(text.section)
    if text.type not in known.rule_types:
        remedy = f"请写 {'、'.join(sorted(known.rule_types))} 之一"
        yield Finding(text.place("type"), f"不认识的类型 {text.type}", remedy)
    elif expected != text.type if expected else text.type in own.values():
        remedy = f'请写 type = "{expected or TIME_LIMIT.name}"，或把文件放到别的子目录'
        yield Finding(text.place("type"), f"类型 {text.type} 不能放在 {text.section}/ 里", remedy)
    for item in sorted(text.items.keys() - HEAD_ITEMS - _more_items(text)):
        yield Finding(text.place(item), f"不认识的项 {item}", "请检查拼写，或删去这一项")


def _more_items(text: Text) -> frozenset[str]:
    reader = READERS.get(text.section)
    if reader is None:
        return MORE_ITEMS.get(text.type, frozenset())
    return frozenset(text.items) if reader.items is None else reader.items


def _mark_findings(text: Text) -> Iterator[Finding]:
    if text.section in READERS and READERS[text.section].has_own_marks:
        return
    printed = set()
    for mark in marks_in(text.prose):
        printed.add(mark.name)
        place = text.prose_place(mark.start)
        if mark.name not in text.parameters:
            remedy = "请改成 [params] 里有的名字，或在 [params] 里补上它"
            yield Finding(place, f"记号 {{{{ {mark.name} }}}} 没有对应的参数", remedy)
        if mark.style not in set(Style):
            styles = "、".join(f"{style}（{said}）" for style, said in STYLE_WORDS.items())
            yield Finding(place, f"记号 {mark.name} 的样式 {mark.style} 不认识", f"可以写：{styles}")
    for position in stray_marks(text.prose):
        remedy = "请写成 {{ 名字 }} 或 {{ 名字 : 样式 }}，不要换行"
        yield Finding(text.prose_place(position), "这里的大括号不是完整的记号", remedy)
    for parameter in text.parameters.values():
        if parameter.name not in printed:
            remedy = f"请在正文里写一句带 {{{{ {parameter.name} }}}} 的话，或删去这个参数"
            yield Finding(parameter.place, f"参数 {parameter.name} 在正文里没有写出来", remedy)
