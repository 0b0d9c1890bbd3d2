"""A superior's file is read, and leaves as it came with its cells filled: styles, sums and merged cells kept (U17)."""

import zipfile

import pytest

from banjie.base.errors import InvalidInput
from banjie.reports.asked.answers import Answer
from banjie.reports.asked.blanks import Spot, blanks_in, gaps_in
from banjie.reports.asked.conversion import converted, is_office_here
from banjie.reports.asked.form import form_of
from banjie.reports.asked.opening import fill_form, made_new, read_form
from banjie.reports.tests import blank_forms as blank
from banjie.reports.tests.blank_forms import kept


def test_a_table_by_unit_has_a_blank_for_each_cell_that_wants_an_answer_and_none_for_its_sums(tmp_path):
    form = read_form(kept(tmp_path, "a.xlsx", blank.hotline_by_unit()), "xlsx")
    labels = [one.label for one in blanks_in(form)]
    assert form.title == blank.HOTLINE
    assert "民生办｜受理数（件）" in labels
    assert "合计｜按期办结率（%）" in labels
    assert "合计｜受理数（件）" not in labels
    assert {"填报单位", "填报日期", "审核人", "填表人"} <= set(labels)
    assert len(labels) == 3 * 4 + 2 + 4


def test_a_head_of_two_lines_tells_group_and_column_and_the_unit_of_each(tmp_path):
    form = read_form(kept(tmp_path, "a.xlsx", blank.letters_two_rows()), "xlsx")
    by_label = {one.label: one for one in blanks_in(form)}
    assert by_label["环境｜受理情况（件）／1—9月累计"].unit == "件"
    assert by_label["环境｜受理情况（件）／同比（%）"].unit == "%"
    assert by_label["合计｜按期办结率"].is_percent


def test_lists_of_people_and_matters_are_no_blanks(tmp_path):
    path = kept(tmp_path, "a.xlsx", blank.list_of_people())
    assert blanks_in(read_form(path, "xlsx")) == ()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("全年共受理___件，办结____件", [("全年共受理", "件"), ("办结", "件")]),
        ("共   件", [("共", "件")]),
        ("办结率**%", [("办结率", "%")]),
        ("填表人：", [("填表人", "")]),
        ("没有空的一句话，3件。", []),
    ],
)
def test_gaps_in_running_text_are_found_with_what_stands_around_them(words, found):
    assert [(gap.before, gap.unit) for gap in gaps_in(words)] == found


def test_a_filled_workbook_keeps_styles_sums_and_merged_cells_and_has_its_sums_worked_out_anew(tmp_path):
    path = kept(tmp_path, "a.xlsx", blank.hotline_by_unit())
    out = fill_form(path, "xlsx", [Answer(Spot(0, 4, 2), "12", "12")], tmp_path / "b.xlsx")
    before, after = (_sheet(one) for one in (path, out))
    assert '<c r="C4" s="3"><v>12</v></c>' in after
    assert "<f>SUM(C4:C6)</f></c>" in after
    assert before.count("<mergeCell ") == after.count("<mergeCell ") == 2
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out) as new:
        assert old.namelist() == new.namelist()
        assert old.read("xl/styles.xml") == new.read("xl/styles.xml")
        assert b'fullCalcOnLoad="1"' in new.read("xl/workbook.xml")


def test_a_filled_word_file_has_its_words_in_the_gaps_underlined_as_before(tmp_path):
    path = kept(tmp_path, "a.docx", blank.letter_in_word())
    blanks = blanks_in(read_form(path, "docx"))
    answers = [Answer(one.spot, f"〈{number}〉") for number, one in enumerate(blanks)]
    again = read_form(fill_form(path, "docx", answers, tmp_path / "b.docx"), "docx")
    assert again.lines[2] == "2026年9月，全镇共受理群众诉求〈6〉件，其中按期办结率〈7〉%；上访人数〈8〉人次。"
    assert [cell.words for cell in again.grids[0].cells][3:6] == ["西沟村", "〈0〉", "〈1〉"]
    with zipfile.ZipFile(tmp_path / "b.docx") as package:
        text = package.read("word/document.xml").decode()
    assert '<w:u w:val="single"/></w:rPr><w:t xml:space="preserve">〈6〉' in text


def test_a_form_of_another_month_has_the_same_layout_and_one_with_another_row_has_not(tmp_path):
    forms = [
        blank.hotline_by_unit(),
        blank.hotline_by_unit(month=10),
        blank.hotline_by_unit(units=("民生办",)),
    ]
    told = [read_form(kept(tmp_path, "a.xlsx", content), "xlsx").layout for content in forms]
    assert told[0] == told[1] != told[2]


def test_a_form_comes_back_from_the_disk_as_it_was_read(tmp_path):
    form = read_form(kept(tmp_path, "a.docx", blank.letter_in_word()), "docx")
    assert form_of(form.plain()) == form


def test_an_old_xls_is_written_anew_without_libreoffice(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    new = made_new(kept(tmp_path, "a.xls", blank.old_sheet()), "xls")
    assert [one.label for one in blanks_in(read_form(new, "xlsx"))][:2] == ["西沟村｜收到", "西沟村｜办结"]


def test_an_old_doc_without_libreoffice_is_asked_for_in_the_new_format(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InvalidInput, match=r"LibreOffice.*另存为 \.docx"):
        made_new(kept(tmp_path, "a.doc", b"old"), "doc")


@pytest.mark.skipif(not is_office_here(), reason="LibreOffice is not installed")
def test_an_old_doc_is_read_through_libreoffice(tmp_path):
    path = kept(tmp_path, "a.docx", blank.letter_in_word())
    old = converted(path, to="doc")
    path.unlink()
    labels = [one.label for one in blanks_in(read_form(made_new(old, "doc"), "docx"))]
    assert {"西沟村｜受理件数", "全镇共受理群众诉求", "填报单位"} <= set(labels)


@pytest.mark.parametrize("content", [b"no zip at all", b"PK\x03\x04 broken"])
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path, content):
    with pytest.raises(InvalidInput, match="打不开"):
        read_form(kept(tmp_path, "a.xlsx", content), "xlsx")


def _sheet(path):
    with zipfile.ZipFile(path) as package:
        return package.read("xl/worksheets/sheet1.xml").decode()
