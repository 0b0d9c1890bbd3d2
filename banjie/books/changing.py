"""What a new version of a book may not change: what its records were written by. No Django here."""

from collections.abc import Iterator

from banjie.books.book import Book, BookField
from banjie.rulebook.findings import Finding
from banjie.rulebook.text import Text

KEPT = {"type": "类型", "unit": "单位", "of": "对象", "places": "小数位数", "is_sealed": "是否个人信息"}
"""What of a field never changes, and what it is called."""


def broken(old: Book, new: Book, text: Text) -> Iterator[Finding]:
    """Yield what a version would break: fields and choices never vanish, types, units and seals never change."""
    for spec in old.fields:
        again = new.by_key.get(spec.key)
        if again is None:
            fault = f"少了字段 {spec.key}（{spec.label}），已有的记录就读不出来了"
            remedy = f"请留着 [fields.{spec.key}]，写上 until = 停用的日期"
            yield Finding(text.place("fields"), fault, remedy)
            continue
        yield from _changed(spec, again, text)
    if old.day != new.day:
        yield Finding(text.place("day"), f"记录按 {old.day} 排先后，不能改", f'请改回 day = "{old.day}"')


def _changed(spec: BookField, again: BookField, text: Text) -> Iterator[Finding]:
    path = f"fields.{spec.key}"
    for item, title in KEPT.items():
        if getattr(spec, item) != getattr(again, item):
            fault = (
                f"{spec.label}的{title}从{_said(spec, item)}变成了{_said(again, item)}，已有的记录就读错了"
            )
            remedy = f"请改回{_said(spec, item)}；意思变了的，另设一个字段"
            yield Finding(text.place(f"{path}.{_written(item)}", path), fault, remedy)
    for missing in sorted({one.key for one in spec.choices} - {one.key for one in again.choices}):
        remedy = '请留着它，写成 { label = "……", until = 停用的日期 }'
        yield Finding(text.place(f"{path}.choices", path), f"{spec.label}少了选项 {missing}", remedy)


def _said(spec: BookField, item: str) -> str:
    value = getattr(spec, item)
    if isinstance(value, bool):
        return "是" if value else "不是"
    return str(value) or "空"


def _written(item: str) -> str:
    return "personal" if item == "is_sealed" else item
