"""Names come out without folders and control characters, and short enough for every disk (V5 5.3, 5.4)."""

import pytest

from banjie.base.errors import InvalidInput
from banjie.files.checks import clean_name

CLEANED = {
    "照片.JPG": "照片.jpg",
    r"C:\fakepath\照片.jpg": "照片.jpg",
    "../../../etc/照片.jpg": "照片.jpg",
    "..\\..\\windows\\照片.jpg": "照片.jpg",
    ".htaccess.txt": "htaccess.txt",
    "...jpg": "jpg",
    "照片.jpg. . ": "照片.jpg",
    "照\r\n片\t.jpg": "照片.jpg",
    "照\u200b片.jpg": "照片.jpg",
    'a<b>"c"|d?.jpg': "a_b__c__d_.jpg",
    "照片.jpg::$DATA": "照片.jpg__$DATA",
    "CON.jpg": "_CON.jpg",
    "com1.x.txt": "_com1.x.txt",
    "关于道路的请示.docx.pdf": "关于道路的请示.docx.pdf",
    "3.15 会议.v2.docx": "3.15 会议.v2.docx",
    "": "附件",
}


@pytest.mark.parametrize("raw", CLEANED)
def test_a_careless_name_is_cleaned(raw: str) -> None:
    assert str(clean_name(raw)) == CLEANED[raw]


def test_a_long_name_is_cut_between_characters_and_keeps_its_extension() -> None:
    name = str(clean_name("关于" * 200 + ".docx"))
    assert len(name.encode()) <= 180
    assert name.startswith("关于关于")
    assert name.endswith(".docx")


def test_a_broken_character_does_not_break_the_name() -> None:
    assert str(clean_name("照片\udcff.jpg")) == "照片.jpg"


@pytest.mark.parametrize(
    "raw", ["a\0.jpg", "a\u202egpj.exe", "a.exe.jpg", "a.jpg.exe", "a.php.png", "a.html"]
)
def test_a_deceiving_name_is_refused(raw: str) -> None:
    with pytest.raises(InvalidInput, match=r"。$"):
        clean_name(raw)
