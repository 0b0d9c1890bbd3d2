"""A Word file by GB/T 9704-2012 (U18): another program opens it, its XML is in order, and it is the same each time."""

import re
import shutil
import subprocess
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from banjie.reports.filling import fill
from banjie.reports.paper import LastPage, Paragraph, Words
from banjie.reports.tests.papers import Known, paper_of, prose_of
from banjie.reports.tests.test_filling import TABLE
from banjie.reports.text import Role
from banjie.reports.wide import width_of
from banjie.reports.word import FONTS, write
from banjie.reports.word.page import CHARACTER_SPACE, LINE_PITCH

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl autoSpaceDE autoSpaceDN snapToGrid spacing ind jc outlineLvl",
    "rPr": "rFonts b spacing kern sz szCs lang",
    "sectPr": "footerReference pgSz pgMar cols docGrid",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW vAlign",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "font": "altName charset family pitch",
    "tbl": "tblPr tblGrid tr",
}
"""The children that we write, in the order in which the schema (ECMA-376 Part 1) wants them."""
LONG = "为了让群众反映的每一件事都有人办、有回音，" * 12


def whole_paper(*more):
    prose = prose_of(
        "# 青禾镇人民政府办公室关于{{ period }}办理情况的通报",
        "",
        "各村（社区），镇直各单位：",
        "",
        "收到{{ received }}，**一是**办结{{ done }}，满意率{{ content }}。",
        "## 总体情况",
        "### 各单位",
        "#### 单位",
        "##### 细目",
        LONG,
        "",
        *TABLE,
        "",
        "---",
        "青禾镇人民政府办公室",
        "",
        "2026年11月5日",
    )
    return paper_of(*fill(prose, Known()), *more, LastPage("数据说明", ("统计时段：2026年10月1—31日。",)))


def opened(paper=None):
    return docx.Document(BytesIO(write(paper or whole_paper())))


def parts_of(paper=None):
    with ZipFile(BytesIO(write(paper or whole_paper()))) as package:
        return {name: package.read(name) for name in package.namelist()}


def styled(document, name):
    return [one for one in document.paragraphs if one.style.style_id == name]


def test_another_program_reads_the_same_words():
    document = opened()
    assert [one.text for one in document.paragraphs if one.text][:4] == [
        "青禾镇人民政府办公室关于2026年10月办理情况的通报",
        "各村（社区），镇直各单位：",
        "收到137件，一是办结120件，满意率（缺：没有评价）。",
        "一、总体情况",
    ]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[1].cells] == ["村建办", "97", "96.5%"]


def test_the_page_is_that_of_the_standard():
    (section,) = opened().sections
    for measure, millimetres in (
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.left_margin, 28),
        (section.page_width - section.left_margin - section.right_margin, 156),
        (section.page_height - section.top_margin - section.bottom_margin, 225),
    ):
        assert measure == pytest.approx(Mm(millimetres), abs=Mm(1) / 10)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert {name: grid.get(qn(f"w:{name}")) for name in ("type", "linePitch", "charSpace")} == {
        "type": "linesAndChars",
        "linePitch": str(LINE_PITCH),
        "charSpace": str(CHARACTER_SPACE),
    }
    text = (section.page_height - section.top_margin - section.bottom_margin) / 635
    assert int(text / LINE_PITCH) == 22
    assert (
        int(
            (section.page_width - section.left_margin - section.right_margin)
            / 12700
            / (16 + CHARACTER_SPACE / 4096)
            + 0.001
        )
        == 28
    )


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Normal", "仿宋_GB2312", 16),
        ("Heading1", "黑体", None),
        ("Heading2", "楷体_GB2312", None),
        ("Footer", "宋体", 14),
    ],
)
def test_fonts_and_sizes_are_those_of_the_standard(style, font, points):
    document = opened()
    found = next(one for one in document.styles if one.style_id == style)
    fonts = found if style != "Normal" else document.styles.element.find(qn("w:docDefaults"))
    fonts = (fonts.element if style != "Normal" else fonts).iter(qn("w:rFonts"))
    assert {value for one in fonts for value in one.attrib.values()} == {font}
    assert points is None or found.font.size == Pt(points)


def test_a_paragraph_is_indented_by_two_characters_and_the_addressee_not_at_all():
    document = opened()
    styles = {one.style_id: one for one in document.styles}
    assert styles["Body"].element.find(f".//{W}ind").get(qn("w:firstLineChars")) == "200"
    assert styled(document, "Addressee")[0].text.endswith("：")
    assert styles["Addressee"].element.find(f".//{W}ind") is None


def test_headings_bear_the_numbers_of_the_standard():
    document = opened()
    found = [styled(document, f"Heading{level}")[0].text for level in (1, 2, 3, 4)]
    assert found == ["一、总体情况", "（一）各单位", "1.单位", "（1）细目"]


def test_the_page_number_stands_between_dashes_on_the_outer_side():
    parts = parts_of()
    for name, side in (("odd", "right"), ("even", "left")):
        footer = ElementTree.fromstring(parts[f"word/footer_{name}.xml"])
        assert footer.find(f".//{W}jc").get(f"{W}val") == side
        assert footer.find(f".//{W}ind").get(f"{W}{side}Chars") == "100"
        assert "".join(footer.itertext()).replace(" PAGE ", "") == "— 1 —"
    assert b"evenAndOddHeaders" in parts["word/settings.xml"]


def test_a_table_is_black_and_white_and_its_head_is_repeated():
    document = opened()
    (table,) = document.tables
    assert table.rows[0]._tr.find(f".//{W}tblHeader") is not None
    assert all(row._tr.find(f".//{W}cantSplit") is not None for row in table.rows)
    xml = parts_of()["word/document.xml"].decode() + parts_of()["word/styles.xml"].decode()
    assert set(re.findall(r'w:color="(\w+)"', xml)) == {"000000"}
    assert "w:shd" not in xml


def test_the_date_begins_two_characters_right_of_the_name():
    name, day = styled(opened(), "Signature")[-2:]
    right = [int(one._p.find(f".//{W}ind").get(qn("w:rightChars"))) / 100 for one in (name, day)]
    assert right[0] == 2
    assert right[1] == pytest.approx(right[0] + width_of(name.text) - 2 - width_of(day.text))


def test_a_long_date_moves_the_name_to_the_left():
    paper = paper_of(*(Paragraph((Words(words),), Role.SIGNATURE) for words in ("青禾镇", "2026年11月5日")))
    name, day = styled(opened(paper), "Signature")[-2:]
    right = [int(one._p.find(f".//{W}ind").get(qn("w:rightChars"))) / 100 for one in (name, day)]
    assert right == [4 + width_of("2026年11月5日") - 3, 2]


def test_the_signature_is_not_left_alone_on_its_page():
    document = opened()
    body = document.element.body
    blank, *named, last = (line._p for line in styled(document, "Signature"))
    signature = blank
    assert named, "name and date are two lines"
    assert all(line.find(f".//{W}keepNext") is not None for line in (blank, *named)), "no page parts them"
    assert last.find(f".//{W}keepNext") is None
    before = body[list(body).index(signature) - 1]
    assert before.find(f".//{W}keepNext") is not None


def test_what_the_data_are_stands_on_a_page_of_its_own_at_the_end():
    *_, heading, _ = opened().paragraphs
    assert heading.text == "数据说明"
    assert heading.paragraph_format.page_break_before


def test_the_children_of_each_element_stand_in_the_order_of_the_schema():
    for name, part in parts_of().items():
        if not name.endswith(".xml") or not name.startswith("word/"):
            continue
        for element in ElementTree.fromstring(part).iter():
            order = ORDERS.get(element.tag.removeprefix(W), "").split()
            if order:
                places = [order.index(child.tag.removeprefix(W)) for child in element]
                assert places == sorted(places), f"{name}: {element.tag} {[child.tag for child in element]}"


def test_every_part_is_sound_and_nothing_leads_outwards():
    parts = parts_of()
    types = parts["[Content_Types].xml"].decode()
    for name, part in parts.items():
        ElementTree.fromstring(part)
        assert name.endswith(".rels") or name == "[Content_Types].xml" or f'PartName="/{name}"' in types
    whole = b"".join(parts.values())
    assert b"TargetMode" not in whole
    assert b"vba" not in whole
    for target in re.findall(rb'Target="([^"]+)"', parts["word/_rels/document.xml.rels"]):
        assert f"word/{target.decode()}" in parts


def test_the_same_paper_gives_the_same_bytes():
    assert write(whole_paper()) == write(whole_paper())


def test_what_someone_typed_cannot_break_the_file():
    hostile = 'A<&>"\x00\x0b\ud800]]>&amp;{{ received }}'
    document = opened(paper_of(Paragraph((Words(hostile),)), title=hostile))
    assert document.paragraphs[0].text == 'A<&>"]]>&amp;{{ received }}'
    assert not ElementTree.fromstring(
        parts_of(paper_of(Paragraph((Words(hostile),))))["word/document.xml"]
    ).findall(f".//{W}fldSimple")


def test_a_font_that_is_not_there_has_a_named_one_to_stand_in():
    table = parts_of()["word/fontTable.xml"].decode()
    for font in FONTS:
        assert f'<w:font w:name="{font.name}"><w:altName w:val="{font.stands_in}"/>' in table


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return the text of each page as another office program lays it out."""
    program, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if not program or not reader:
        pytest.skip("LibreOffice or pdftotext is not installed: the layout is looked at where they are")
    home = tmp_path_factory.mktemp("word")
    (home / "paper.docx").write_bytes(write(whole_paper()))
    profile = f"-env:UserInstallation=file://{home}/profile"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(home),
        str(home / "paper.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    told = subprocess.run([reader, "-layout", str(home / "paper.pdf"), "-"], check=True, capture_output=True)
    return told.stdout.decode().split("\f")[:-1]


def test_libreoffice_lays_out_28_characters_a_line_and_the_data_last(pages):
    lines = [line.strip() for line in pages[0].splitlines()]
    full = [line for line in lines if line and line in LONG and len(line) > 20]
    assert max(map(len, full)) == 28
    assert "数据说明" in pages[-1]
    assert [re.findall(r"—\s*(\d)\s*—", page)[-1] for page in pages] == [
        str(n + 1) for n in range(len(pages))
    ]
