"""What is told of an enterprise when it is registered or amended, and the checks it must pass."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date

from banjie.base.errors import InvalidInput
from banjie.enterprises.lists import Industry, Size, Status
from banjie.fields.names import check_name
from banjie.fields.phone import check_phone
from banjie.fields.plain_text import half_width, without_blanks
from banjie.fields.uscc import check_uscc, is_sound

LABELS = {"contact": "联系人", "phone": "联系电话"}
LONGEST = {"name": 80, "short_name": 20, "place_words": 80}
UNSOUND = "代码的校验位不符，多半是抄错了一位。请对照营业执照；执照上就是这样的，请勾选“照执照填写”"
_DIVISION = re.compile(r"\d{9}(\d{3})?")
_BRACKETS = str.maketrans("()", "（）")


@dataclass(frozen=True)
class Particulars:
    """What is told of one enterprise; all but name and division may be empty.

    `division_code` is the village's 12 digits, or the town's 9 where the village is not known. `is_as_licensed` says
    that someone has held a credit code with a wrong check character against the licence. One that is shut when it is
    registered says since when; later it is shut by the deed.
    """

    name: str
    division_code: str
    uscc: str = ""
    short_name: str = ""
    place_words: str = ""
    contact: str = ""
    phone: str = ""
    size: str = ""
    industry: str = ""
    since_on: date | None = None
    status: str = Status.ACTIVE
    closed_on: date | None = None
    is_as_licensed: bool = False


@dataclass(frozen=True)
class Amendment:
    """What is to be changed of an enterprise: None leaves a part as it is, an empty text clears it."""

    name: str | None = None
    division_code: str | None = None
    uscc: str | None = None
    short_name: str | None = None
    place_words: str | None = None
    contact: str | None = None
    phone: str | None = None
    size: str | None = None
    industry: str | None = None
    since_on: date | None = None
    is_as_licensed: bool = False

    def applied_to(self, told: Particulars) -> Particulars:
        """Return the particulars as they are to be."""
        parts = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(told, **{name: value for name, value in parts.items() if value is not None})


def checked(told: Particulars, *, on: date) -> Particulars:
    """Return the particulars in canonical form; raises one InvalidInput that names every wrong field (U32)."""
    complaints: dict[str, str] = {}

    def part(name: str, check: Callable[[str], str]) -> str:
        try:
            return check(getattr(told, name) or "")
        except InvalidInput as wrong:
            complaints[name] = wrong.message
            return ""

    complaints |= _wrong_days(told, on)
    good = Particulars(
        name=part("name", _name),
        division_code=part("division_code", _division_code),
        uscc=part("uscc", lambda text: _uscc(text, is_as_licensed=told.is_as_licensed)),
        short_name=part("short_name", lambda text: _short("short_name", "简称", text)),
        place_words=part("place_words", lambda text: _short("place_words", "地址", text)),
        contact=part("contact", lambda text: check_name(text) if text.strip() else ""),
        phone=part("phone", lambda text: check_phone(text) if text.strip() else ""),
        size=part("size", lambda text: _listed(text, Size, "规模")),
        industry=part("industry", lambda text: _listed(text, Industry, "行业门类")),
        since_on=told.since_on,
        status=part("status", lambda text: _listed(text, Status, "经营状态")) or Status.ACTIVE,
        closed_on=told.closed_on,
        is_as_licensed=told.is_as_licensed,
    )
    if complaints:
        raise InvalidInput("；".join(complaints.values()), fields=complaints)
    return good


def plain_name(text: str) -> str:
    """Return a name with no blank and one kind of bracket, so that two spellings of it are one."""
    return without_blanks(text).translate(_BRACKETS)


def _wrong_days(told: Particulars, on: date) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if told.since_on is not None and told.since_on > on:
        wrong["since_on"] = "成立日期在今天以后，请核对"
    if told.closed_on is not None and told.closed_on > on:
        wrong["closed_on"] = "停业或注销日期在今天以后，请核对"
    is_shut = told.status not in ("", Status.ACTIVE)
    if is_shut and told.closed_on is None:
        wrong["closed_on"] = "写了停业或注销，还要写从哪一天起"
    if not is_shut and told.closed_on is not None:
        wrong["status"] = "写了停业或注销日期，经营状态却是在业，请核对"
    return wrong


def _name(text: str) -> str:
    name = plain_name(text)
    if not name:
        raise InvalidInput("请填写企业名称，照营业执照写全称")
    return _short("name", "企业名称", name)


def _uscc(text: str, *, is_as_licensed: bool) -> str:
    if not text.strip():
        return ""
    code = check_uscc(text)
    if not is_as_licensed and not is_sound(code):
        raise InvalidInput(UNSOUND)
    return code


def _division_code(text: str) -> str:
    if not _DIVISION.fullmatch(text):
        raise InvalidInput("请选择所在村（社区）")
    return text


def _short(field: str, label: str, text: str) -> str:
    plain, longest = " ".join(text.split()), LONGEST[field]
    if len(plain) > longest:
        raise InvalidInput(f"{label}最多{longest}个字，现在是{len(plain)}个字，请缩短")
    return plain


def _listed(text: str, kinds: type[Size] | type[Industry] | type[Status], label: str) -> str:
    key = half_width(text).strip()
    if key and key not in set(kinds):
        raise InvalidInput(f"{label}里没有“{key}”，请从列表中选择")
    return key
