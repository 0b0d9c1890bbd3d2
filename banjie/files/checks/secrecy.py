"""密级: marks of state secrets are stopped, since this is a non-secret system.

Sources: 保守国家秘密法; GB/T 9704-2012 §7.2.2 (the mark and its period are parted by ★).
"""

import re

HEAD_LINES = 6
STOPPED = (
    "发现密级标志“{mark}”。本系统为非涉密系统，涉密内容不得录入、上传。"
    "请立即停止并按保密规定处理；确属误标的，请由定密单位更正后再传。"
)
_GAP = r"[ \t\u3000]*"
_LEVEL = "|".join(f"{first}{_GAP}密" for first in "绝机秘")
_STARRED = re.compile(
    rf"(?<!商业)(?<!工作)(?<!国家)(?:{_LEVEL}){_GAP}[★☆](?![★☆]){_GAP}(?:\d+{_GAP}[年月]|长期)?"
)
_LABELLED = re.compile(
    rf"密{_GAP}级{_GAP}[:：]{_GAP}[〔【\[(（]?{_GAP}(?:{_LEVEL})级?(?![/／、\u4e00-\u9fff])"
)
_ALONE = re.compile(rf"[〔【\[(（]?{_GAP}(?:{_LEVEL}){_GAP}[〕】\])）]?{_GAP}(?:\d+{_GAP}[年月]|长期)?")


def secrecy_mark_in(text: str) -> str | None:
    """Return the first 密级 mark in `text`, or None.

    Marks are 机密★10年 and 密级：机密 anywhere, and a line at the head that is only 机密;
    保密, 商业秘密, 秘密地, 机密性 and a row of stars are not marks.
    """
    found = _STARRED.search(text) or _LABELLED.search(text)
    if found:
        return found.group().strip()
    lines = [line.strip() for line in text.splitlines()[:200] if line.strip()]
    return next((line for line in lines[:HEAD_LINES] if _ALONE.fullmatch(line)), None)


def stopped(mark: str) -> str:
    """Return the sentence that stops a text or a file bearing `mark`."""
    return STOPPED.format(mark=mark)
