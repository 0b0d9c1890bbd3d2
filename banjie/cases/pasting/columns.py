"""What each column of pasted cells means: by its head where there is one, else by what stands in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from banjie.cases.pasting.telling import CODE, LANDLINE, MOBILE, is_person_name
from banjie.cases.pasting.times import read_moment, read_serial


class Meaning(StrEnum):
    """What a column holds."""

    TEXT = "text"
    TITLE = "title"
    TIME = "time"
    NAME = "name"
    PHONE = "phone"
    CODE = "code"
    ID_NUMBER = "id_number"
    PLACE = "place"
    CATEGORY = "category"
    OUTER_NUMBER = "outer_number"
    ORDINAL = "ordinal"


HEADS = {
    Meaning.TEXT: """留言详情 诉求内容 内容 详情 反映内容 问题描述 来电内容 诉求 反映问题 具体内容 诉求详情 主要内容
        反映事项 问题 来信内容 工单内容 留言内容 事项内容 信访内容 诉求描述 情况描述""",
    Meaning.TITLE: "留言主题 主题 标题 事由 事项 诉求标题 工单标题 事项名称 留言标题 诉求主题 概况 摘要",
    Meaning.TIME: """留言时间 时间 日期 来电时间 诉求时间 反映时间 登记时间 受理时间 来信时间 来访时间 登记日期 来电日期
        提交时间 创建时间 信访日期""",
    Meaning.NAME: """姓名 诉求人 来电人 反映人 联系人 信访人 群众姓名 当事人 诉求人姓名 来访人 来信人 提出人 户主
        联系人姓名""",
    Meaning.PHONE: "电话 联系电话 手机 手机号 手机号码 联系方式 来电号码 电话号码 联系人电话",
    Meaning.CODE: "留言用户 人员编号 用户编号 用户 诉求人编号 群众编号 人员代码 用户id",
    Meaning.ID_NUMBER: "身份证 身份证号 身份证号码 证件号 证件号码 公民身份号码",
    Meaning.PLACE: """村 村组 村社区 地址 住址 地点 所在村 所属村 社区 区域 网格 所属网格 详细地址 家庭住址 事发地点
        发生地点 所属区域 村居 组""",
    Meaning.CATEGORY: """一级分类 二级分类 三级分类 分类 类别 诉求类型 问题类型 问题类别 事项类别 类型 诉求类别
        事项分类""",
    Meaning.OUTER_NUMBER: "留言编号 工单编号 编号 信访编号 受理编号 工单号 流水号 来电编号 事项编号",
    Meaning.ORDINAL: "序号 no no.",
}
_MEANING_OF = {head: meaning for meaning, heads in HEADS.items() for head in heads.split()}
_NOT_HEAD = re.compile(r"[\s（）()/、:：*]+")
_ID_NUMBER = re.compile(r"\d{17}[\dXx]")
_NUMBER = re.compile(r"[A-Za-z]{0,4}[-\d]{4,30}")
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{1,10}(?:村|社区|居委会|村委会)(?:.{0,12}[组社队])?")
LONGEST_HEAD = 12


def meaning_of_head(cell: str) -> Meaning | None:
    """Return what a head names, whatever blanks and brackets it bears; None for one that nobody knows."""
    return _MEANING_OF.get(_NOT_HEAD.sub("", cell).lower())


def is_head_row(cells: Sequence[str]) -> bool:
    """Tell whether a row is the head: at least two known heads among short cells, or one that stands alone."""
    told = [cell for cell in cells if cell.strip()]
    if not told or any(len(cell.strip()) > LONGEST_HEAD for cell in told):
        return False
    known = sum(meaning_of_head(cell) is not None for cell in told)
    return (known >= 2 and known * 2 >= len(told)) or known == len(told) == 1


def meanings_by_head(cells: Sequence[str]) -> dict[int, Meaning]:
    """Return what the columns under a head row hold, by place; of two time columns the first is meant."""
    found: dict[int, Meaning] = {}
    for place, cell in enumerate(cells):
        meaning = meaning_of_head(cell)
        is_taken = meaning in found.values() and meaning not in (Meaning.PLACE, Meaning.CATEGORY)
        if meaning and not is_taken:
            found[place] = meaning
    return found


def meanings_by_content(
    rows: Sequence[Sequence[str]], known: Mapping[int, Meaning], *, at: datetime
) -> dict[int, Meaning]:
    """Return what the columns hold, `known` ones kept: guessed from what most of their cells look like."""
    found = dict(known)
    width = max((len(row) for row in rows), default=0)
    columns = {place: _column(rows, place) for place in range(width) if place not in found}
    if not known:
        for place, cells in columns.items():
            meaning = next((m for m, fits in _tests(at) if _mostly(cells, fits)), None)
            if meaning and meaning not in found.values():
                found[place] = meaning
    return found | _longest(columns, found)


def _tests(at: datetime) -> list[tuple[Meaning, Callable[[str], bool]]]:
    return [
        (Meaning.TIME, lambda cell: bool(read_moment(cell, at=at) or read_serial(cell, at=at))),
        (Meaning.ID_NUMBER, lambda cell: bool(_ID_NUMBER.fullmatch(cell))),
        (Meaning.PHONE, lambda cell: bool(MOBILE.fullmatch(cell) or LANDLINE.fullmatch(cell))),
        (Meaning.CODE, lambda cell: bool(CODE.fullmatch(cell))),
        (Meaning.NAME, is_person_name),
        (Meaning.PLACE, lambda cell: bool(_VILLAGE.fullmatch(cell))),
        (Meaning.OUTER_NUMBER, lambda cell: bool(_NUMBER.fullmatch(cell))),
    ]


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place].strip() for row in rows if place < len(row) and row[place].strip()]


def _mostly(cells: list[str], fits: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(fits, cells)) * 5 >= len(cells) * 4


def _longest(columns: Mapping[int, list[str]], found: Mapping[int, Meaning]) -> dict[int, Meaning]:
    """Return the column of the longest cells as text, and a shorter one before it as title."""
    free = {p: sum(map(len, cells)) / len(cells) for p, cells in columns.items() if cells and p not in found}
    more: dict[int, Meaning] = {}
    if free and Meaning.TEXT not in found.values() and Meaning.TITLE not in found.values():
        more[max(free, key=lambda place: free[place])] = Meaning.TEXT
    rest = {place: length for place, length in free.items() if place not in more and length >= 4}
    if more and rest and Meaning.TITLE not in found.values():
        more[max(rest, key=lambda place: rest[place])] = Meaning.TITLE
    return more
