"""An old ledger as offices keep it, made up in our own words, with every ailment of the real ones."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

import xlsxwriter

HEADS = (
    "序号",
    "留言编号",
    "留言用户",
    "留言主题",
    "留言时间",
    "留言详情",
    "一级分类",
    "答复意见",
    "答复时间",
)
PLACES = ("东坡村", "柳溪村", "石桥社区", "北塘村三组", "南门社区")
MATTERS = (
    ("路灯", "路灯不亮", "从桥头到晒谷场的灯坏了半个月"),
    ("污水与沟渠", "下水道堵塞", "一下雨巷子里就积水到脚背"),
    ("噪音", "夜间施工太吵", "工地过了十点还在打桩"),
    ("垃圾清运", "垃圾无人清运", "收集点三天没有车来"),
    ("交通运输", "班车太少", "早上只有一班去县城的车"),
    ("劳动和社会保障", "社保卡没有发下来", "去年秋天交的材料"),
)
"""Some go by a category of our own towns, others by what a board outside calls them."""
REPLIES = (
    "经现场查看，情况属实，已安排人员在三日内修复，并对同一路段作了排查。",
    "您反映的问题已转相关单位核实，处理结果已电话告知。感谢您的来信。",
    "收悉，已转办。",
)
SHAPES = ("%Y/%-m/%-d %-H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y.%-m.%-d %-H:%M", "%Y年%-m月%-d日 %H:%M")


@dataclass(frozen=True)
class OldLetter:
    """One row of the old ledger as it is meant, for an independent computation."""

    number: str
    user: str
    title: str
    told_at: datetime
    text: str
    category: str
    reply: str
    replied_at: datetime


@dataclass(frozen=True)
class MessyFile:
    """The file, what it means, and the lines of Excel at which something cannot be understood."""

    content: bytes
    letters: tuple[OldLetter, ...]
    bad_lines: tuple[int, ...]


def old_letters(count: int, *, seed: int = 2020) -> tuple[OldLetter, ...]:
    """Return made-up letters of six years, in Beijing time without a zone; each fifth comes just after midnight."""
    dice = random.Random(seed)
    letters = []
    for n in range(count):
        told_at = datetime(2015, 1, 3, 8, 0) + timedelta(minutes=dice.randrange(5 * 365 * 24 * 60))
        if n % 5 == 0:
            told_at = told_at.replace(hour=0, minute=30, second=0)
        category, title, text = MATTERS[dice.randrange(len(MATTERS))]
        place = PLACES[dice.randrange(len(PLACES))]
        letters.append(
            OldLetter(
                number=f"{1001 + n}",
                user=f"U{dice.randrange(10**7):07d}",
                title=f"{place}{title}",
                told_at=told_at,
                text=f"{place}，{text}。请派人来看看。",
                category=category,
                reply=REPLIES[dice.randrange(len(REPLIES))],
                replied_at=told_at + timedelta(days=dice.randrange(1, 40), minutes=dice.randrange(60)),
            )
        )
    return tuple(sorted(letters, key=lambda letter: letter.told_at))


def messy_workbook(count: int = 40, *, with_bad_cells: bool = True, seed: int = 2020) -> MessyFile:
    """Return an .xlsx with a title, a head of two lines, sums, blank and hidden lines, text dates and stray blanks.

    With bad cells two rows cannot be taken in: one has a time that is none, one lacks its number.
    """
    letters = old_letters(count, seed=seed)
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet("历年来信")
    book.add_worksheet("填表说明").write(0, 0, "请按年度逐条填写")
    line = _title_and_head(book, sheet)
    bad = {count // 3, 2 * count // 3} if with_bad_cells else set()
    bad_lines = []
    year = letters[0].told_at.year
    for n, letter in enumerate(letters):
        if letter.told_at.year != year:
            line = _sum(sheet, line, f"{year}年小计", n)
            year = letter.told_at.year
        if n == count // 2:
            line = _head_again(sheet, line)
        if n in bad:
            bad_lines.append(line + 1)
        _letter(book, sheet, line, n, letter, is_bad=n in bad)
        line += 1
    _sum(sheet, line, "合 计", count)
    sheet.write(line + 2, 0, "填表人：周禾　　审核人：　　分管领导（签字）：")
    book.close()
    return MessyFile(held.getvalue(), letters, tuple(bad_lines))


def _title_and_head(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> int:
    """Write a merged title, the office's line and a head of two lines; return the next line, from 0."""
    middle = book.add_format({"align": "center", "bold": True})
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, "历年群众来信台账", middle)
    sheet.write(1, 0, "填报单位：某某镇")
    sheet.write(1, 6, "截止时间：2020年1月")
    sheet.merge_range(3, 0, 4, 0, "序号", middle)
    sheet.merge_range(3, 1, 3, 6, "来　信", middle)
    sheet.merge_range(3, 7, 3, 8, "答　复", middle)
    for place, head in enumerate(HEADS):
        if place:
            sheet.write(4, place, f" {head}\n" if place == 5 else head)
    return 5


def _head_again(sheet: xlsxwriter.worksheet.Worksheet, line: int) -> int:
    """Write a blank line and the head once more, as lists do that were pasted together from pages."""
    for place, head in enumerate(HEADS):
        if place:
            sheet.write_string(line + 1, place, f" {head}\n" if place == 5 else head)
    return line + 2


def _sum(sheet: xlsxwriter.worksheet.Worksheet, line: int, words: str, count: int) -> int:
    sheet.write(line, 0, words)
    sheet.write_number(line, 1, count)
    return line + 1


def _letter(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    line: int,
    n: int,
    letter: OldLetter,
    *,
    is_bad: bool,
) -> None:
    shape = SHAPES[n % len(SHAPES)]
    told = letter.told_at.replace(second=0)
    sheet.write_number(line, 0, n + 1)
    sheet.write_string(line, 1, "" if is_bad and n % 2 else letter.number)
    sheet.write_string(line, 2, f"{letter.user}　")
    sheet.write_string(line, 3, letter.title)
    if is_bad and n % 2 == 0:
        sheet.write_string(line, 4, "去年冬天")
    elif n % 7 == 3:
        sheet.write_datetime(line, 4, told, book.add_format({"num_format": "yyyy/m/d h:mm"}))
    else:
        sheet.write_string(line, 4, told.strftime(shape))
    sheet.write_string(line, 5, f"\t\n　　{letter.text}\r\n" if n % 3 else letter.text)
    sheet.write_string(line, 6, letter.category)
    sheet.write_string(line, 7, letter.reply)
    sheet.write_string(line, 8, letter.replied_at.strftime(shape))
    if n % 11 == 5:
        sheet.set_row(line, None, None, {"hidden": True})
