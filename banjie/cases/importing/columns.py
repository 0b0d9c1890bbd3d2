"""The columns of sheets of cases, by our titles and by those that offices and petition boards use."""

from banjie.base.clock import local_day
from banjie.cases.pasting.columns import HEADS, Meaning
from banjie.fields.spec import FieldSpec, FieldType
from banjie.people.queries import units_of
from banjie.places.queries import place_name, villages_of
from banjie.rulebook.queries import categories_on
from banjie.sheets.declared import Column, Setting

LONGEST = 20_000
"""Longer than the longest letter and the longest reply of ten years of a county's petition board."""
NUMBER_LENGTH = 40
REPLY = "答复意见 答复内容 回复内容 办理结果 处理结果 办理情况 处理情况 答复 回复 办理意见 反馈内容"
REPLIED = "答复时间 办结时间 回复时间 处理时间 反馈时间 办结日期 答复日期 回复日期"
UNIT = "承办单位 办理单位 责任单位 主办单位 答复单位 处理单位"
AGAINST, IN_FAVOUR = "反对数 反对 踩", "点赞数 点赞 赞 支持数"
WHERE = "where"
"""The importer's question: where requests belong whose row names no village."""


def asked_columns(setting: Setting, *, is_numbered: bool) -> tuple[Column, ...]:
    """Return what every sheet of requests tells; an old ledger must bear its numbers, which the cases keep."""
    return (
        Column(
            "number",
            "编号",
            FieldSpec("number", "编号", required=is_numbered, longest=NUMBER_LENGTH),
            aliases=_heads(Meaning.OUTER_NUMBER),
            is_required=is_numbered,
            example="2019-0123",
        ),
        _column("asker", "诉求人", Meaning.CODE, FieldSpec("asker", "诉求人", longest=40), also=Meaning.NAME),
        _column("phone", "联系电话", Meaning.PHONE, FieldSpec("phone", "联系电话", longest=60)),
        _column(
            "title", "标题", Meaning.TITLE, FieldSpec("title", "标题", FieldType.LONG_TEXT, longest=2000)
        ),
        Column(
            "told_at",
            "诉求时间",
            FieldSpec("told_at", "诉求时间", FieldType.MOMENT, required=True),
            aliases=_heads(Meaning.TIME),
            is_required=True,
            example="2026-03-05 14:30",
        ),
        Column(
            "text",
            "内容",
            FieldSpec("text", "内容", FieldType.LONG_TEXT, required=True, longest=LONGEST),
            aliases=_heads(Meaning.TEXT),
            is_required=True,
            example="西沟组路灯坏了三天",
        ),
        _column("place_words", "地点", Meaning.PLACE, FieldSpec("place_words", "地点", longest=400)),
        _column("category", "类别", Meaning.CATEGORY, FieldSpec("category", "类别", longest=200)),
    )


def reply_columns(setting: Setting) -> tuple[Column, ...]:
    """Return what a sheet of the years before tells besides."""
    return (
        Column(
            "reply",
            "答复意见",
            FieldSpec("reply", "答复意见", FieldType.LONG_TEXT, longest=LONGEST),
            aliases=tuple(REPLY.split()),
            example="已更换灯泡，夜里亮了。",
        ),
        Column(
            "replied_at",
            "答复时间",
            FieldSpec("replied_at", "答复时间", FieldType.MOMENT),
            aliases=tuple(REPLIED.split()),
            example="2026-03-09 10:00",
        ),
        Column("unit", "承办单位", FieldSpec("unit", "承办单位", longest=200), aliases=tuple(UNIT.split())),
    )


def vote_columns(setting: Setting) -> tuple[Column, ...]:
    """Return how many others were for and against, as a petition board counts them."""
    return (
        Column(
            "against",
            "反对数",
            FieldSpec("against", "反对数", FieldType.WHOLE),
            aliases=tuple(AGAINST.split()),
        ),
        Column(
            "in_favour",
            "点赞数",
            FieldSpec("in_favour", "点赞数", FieldType.WHOLE),
            aliases=tuple(IN_FAVOUR.split()),
        ),
    )


def questions(setting: Setting) -> tuple[Column, ...]:
    """Return what the importer asks once for the whole sheet: where rows belong that name no village of ours."""
    villages = tuple(villages_of(setting.town).values_list("code", "name"))
    whole = (setting.town, f"{place_name(setting.town)}（全镇，或说不清哪个村）")
    asked = "没有写明村（社区）的算在哪里"
    return (Column(WHERE, asked, is_required=True, options=(whole, *villages), example=whole[1]),)


class Sorter:
    """Finds our categories and units by the words that a sheet uses for them."""

    def __init__(self, setting: Setting) -> None:
        """Read the town's categories and units once for the whole sheet."""
        self.tree = categories_on(setting.town, local_day(setting.at))
        self._keys: dict[str, str] = {}
        for category in self.tree.categories:
            self._keys.setdefault(category.title, category.key)
            self._keys.setdefault(category.key, category.key)
        self._units = {
            name: unit.pk
            for unit in units_of(setting.town)
            for name in (unit.name, unit.short_name, unit.key)
            if name
        }

    def category(self, words: str) -> str:
        """Return the category of ours that the words name, the last of a path first; "" for none."""
        parts = [part.strip() for part in words.replace("／", "/").replace("-", "/").split("/")]
        return next((self._keys[part] for part in reversed(parts) if part in self._keys), "")

    def unit(self, words: str) -> object:
        """Return the id of the unit of ours that the words name, or None."""
        return self._units.get(words.strip())


def _column(
    key: str, title: str, meaning: Meaning, spec: FieldSpec, *, also: Meaning | None = None
) -> Column:
    aliases = (*_heads(meaning), *(_heads(also) if also else ()))
    return Column(key, title, spec, aliases=tuple(alias for alias in aliases if alias != title))


def _heads(meaning: Meaning) -> tuple[str, ...]:
    return tuple(HEADS[meaning].split())
