"""Staff names in letters, so that a colleague is found by typing lm or liming."""

from pypinyin import lazy_pinyin

_SURNAMES = {
    "万俟": "mo qi", "尉迟": "yu chi", "长孙": "zhang sun", "澹台": "tan tai",
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "朴": "piao", "区": "ou", "任": "ren",
    "盖": "ge", "尉": "wei", "乐": "yue", "华": "hua", "纪": "ji", "宁": "ning", "缪": "miao", "员": "yun",
    "翟": "zhai", "覃": "qin", "冼": "xian", "召": "shao", "种": "chong", "黑": "he", "秘": "bi", "折": "she",
    "繁": "po",
}  # fmt: skip
"""Surnames that are read otherwise than the same characters in a word."""


def pinyin_of(name: str) -> tuple[str, str]:
    """Return a name's pinyin without tones or blanks and its initials: 单小明 → shanxiaoming, sxm."""
    surname = next((name[:length] for length in (2, 1) if name[:length] in _SURNAMES), "")
    syllables = _SURNAMES.get(surname, "").split()
    syllables += [syllable.lower() for syllable in lazy_pinyin(name[len(surname) :]) if syllable.strip()]
    return "".join(syllables), "".join(syllable.strip()[0] for syllable in syllables)
