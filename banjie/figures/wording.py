"""Slips in sentences with numbers that a reader of papers notices at once (standards.md 2.8 to 2.10, 2.13). Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

INCLUDING = ("以上", "以下", "以内", "届满")
EXCLUDING = ("不满", "超过", "以外")
_NUMBER = r"[\d一二三四五六七八九十百千万亿.,％%]+"
_SENTENCE = re.compile(r"[^。！？；\n]+")
_SLIPS = (
    (re.compile(rf"(约|近|大约){_NUMBER}[^，。；、\d]{{0,4}}左右"), "“约”和“左右”只用一个", "请删去其中一个"),
    (re.compile(rf"\d{_NUMBER}余[^，。；\d]{{0,3}}(整|正好)"), "“余”不能和确数连用", "请删去“余”"),
    (re.compile(rf"(下降|减少|降低)了?{_NUMBER}倍"), "下降和减少不能用“倍”", "请改成百分数"),
    (re.compile(r"截止(到|至)?\d+年?\d*月?\d*日?，"), "到某个时点为止应写“截至”", "请把“截止”改成“截至”"),
)


@dataclass(frozen=True)
class Slip:
    """A slip: the words in which it stands, what is wrong, and what to write."""

    words: str
    fault: str
    remedy: str


def slips_in(text: str) -> Iterator[Slip]:
    """Yield the slips of a text, sentence by sentence."""
    for sentence in _SENTENCE.findall(text):
        for pattern, fault, remedy in _SLIPS:
            yield from (Slip(found.group(), fault, remedy) for found in pattern.finditer(sentence))
        if re.search(r"\d万元", sentence) and re.search(r"\d亿元", sentence):
            yield Slip(sentence, "一句里万元和亿元混用", "请统一成一个单位")


def is_included(word: str) -> bool:
    """Tell whether a bound of this word counts the number itself (民法典 第一千二百五十九条); ValueError for others."""
    if word in INCLUDING:
        return True
    if word in EXCLUDING:
        return False
    raise ValueError(f"{word} 不是数量界限的用语")
