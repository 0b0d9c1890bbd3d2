"""Division codes (GB/T 2260, GB/T 10114-2003; domain standards §17.1): their shape and what their digits mean."""

from enum import StrEnum

from banjie.base.errors import InvalidInput

TOWN_DIGITS = 9
VILLAGE_DIGITS = 12


class Level(StrEnum):
    """How deep a division lies, told by the digits of its code."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"

    @property
    def label(self) -> str:
        """Return the Chinese word."""
        return _LABELS[self]


_LABELS = {
    Level.PROVINCE: "省级",
    Level.PREFECTURE: "市级",
    Level.COUNTY: "县级",
    Level.TOWN: "乡镇级",
    Level.VILLAGE: "村级",
}
_LEVEL_BY_DIGITS = {
    2: Level.PROVINCE,
    4: Level.PREFECTURE,
    6: Level.COUNTY,
    TOWN_DIGITS: Level.TOWN,
    VILLAGE_DIGITS: Level.VILLAGE,
}
_PARENT_DIGITS = {2: 0, 4: 2, 6: 4, TOWN_DIGITS: 6, VILLAGE_DIGITS: TOWN_DIGITS}
_TOWN_CLASSES = ((1, 99, "街道"), (100, 199, "镇"), (200, 399, "乡"), (400, 599, "类似乡级单位"))
_VILLAGE_CLASSES = ((1, 199, "居委会"), (200, 399, "村委会"), (400, 599, "类似村级单位"))


def tidy_code(text: str) -> str:
    """Return `text` as this house keeps codes: digits only, the zeros that fill a higher level's code cut off.

    Twelve digits as lists print them become 2, 4, 6, 9 or 12: 510100000000 is the prefecture 5101.
    Raises InvalidInput with the reason in Chinese.
    """
    code = text.strip()
    if not code.isascii() or not code.isdigit():
        raise _refused("区划代码只能是数字。请照国家统计局的区划代码填写，如乡镇9位、村12位。")
    if len(code) not in (2, 4, 6, TOWN_DIGITS, VILLAGE_DIGITS):
        raise _refused(f"区划代码应为2、4、6、9或12位，这里是{len(code)}位。请核对后重填。")
    if code.startswith("0"):
        raise _refused("区划代码不会以0开头。请核对省级代码，并检查表格是否丢了数字。")
    return _without_fill(code)


def check_code(text: str) -> str:
    """Return the tidy code of a division whose township and village digits lie in the ranges of §17.1.

    Raises InvalidInput with the reason in Chinese.
    """
    code = tidy_code(text)
    if len(code) >= TOWN_DIGITS and not class_of(code[:TOWN_DIGITS]):
        raise _refused(f"第7至9位“{code[6:9]}”不在乡级代码范围（001—599）。请核对后重填。")
    if len(code) == VILLAGE_DIGITS and not class_of(code):
        raise _refused(f"第10至12位“{code[9:12]}”不在村级代码范围（001—599）。请核对后重填。")
    return code


def check_town(text: str) -> str:
    """Return the code of a town: nine digits, or the twelve that end in 000. Raises InvalidInput."""
    code = check_code(text)
    if level_of(code) is not Level.TOWN:
        raise _refused(f"这里要填乡镇（街道）的9位代码，“{code}”是{level_of(code).label}代码。")
    return code


def check_village(text: str, *, town: str) -> str:
    """Return the code of a village of `town`. Raises InvalidInput."""
    code = check_code(text)
    if level_of(code) is not Level.VILLAGE:
        raise _refused(f"这里要填村（社区）的12位代码，“{code}”是{level_of(code).label}代码。")
    if not code.startswith(town):
        raise _refused(f"“{code}”不属于本乡镇（{town}）。请填本乡镇所辖村（社区）的代码。")
    return code


def level_of(code: str) -> Level:
    """Return the level of a tidy code. Raises InvalidInput when its length fits none."""
    level = _LEVEL_BY_DIGITS.get(len(code))
    if level is None:
        raise _refused(f"区划代码应为2、4、6、9或12位，这里是{len(code)}位。请核对后重填。")
    return level


def parent_of(code: str) -> str:
    """Return the code one level up, empty for a province."""
    return code[: _PARENT_DIGITS[len(code)]]


def town_of(code: str) -> str:
    """Return the nine digits of the town that a town's, village's or grid's code lies in."""
    return code[:TOWN_DIGITS]


def class_of(code: str) -> str:
    """Return what the last digits of a town's or village's code say it is (镇, 村委会 …), empty if nothing."""
    if len(code) not in (TOWN_DIGITS, VILLAGE_DIGITS):
        return ""
    classes = _TOWN_CLASSES if len(code) == TOWN_DIGITS else _VILLAGE_CLASSES
    serial = int(code[-3:])
    return next((word for low, high, word in classes if low <= serial <= high), "")


def lies_in(code: str, scope: str) -> bool:
    """Tell whether the division `code` is `scope` or lies below it; nothing lies in an empty scope."""
    return bool(scope) and code.startswith(scope)


def _without_fill(code: str) -> str:
    if len(code) < 6:
        return code
    for end, tail in ((VILLAGE_DIGITS, 3), (TOWN_DIGITS, 3), (6, 2), (4, 2)):
        if len(code) == end and code.endswith("0" * tail):
            code = code[:-tail]
    return code


def _refused(message: str) -> InvalidInput:
    return InvalidInput(message, fields={"code": message})
