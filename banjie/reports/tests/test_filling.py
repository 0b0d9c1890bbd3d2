"""A sentence that the numbers do not bear is not written; a number that is missing says what is missing, never a star."""

from banjie.reports.filling import fill
from banjie.reports.paper import Heading, Number, Paragraph, Table, words_of
from banjie.reports.tests.papers import Known, prose_of


def said(*lines):
    """Return the paragraphs and headings of a filled paper as plain lines."""
    blocks = fill(prose_of(*lines), Known())
    return [
        getattr(block, "numbering", "") + words_of(block.spans)
        for block in blocks
        if not isinstance(block, Table)
    ]


def test_a_number_is_written_with_its_unit_and_knows_what_it_counts():
    (block,) = fill(prose_of("{{ period }}收到{{ received }}。"), Known())
    assert words_of(block.spans) == "2026年10月收到137件。"
    (number,) = [span for span in block.spans if isinstance(span, Number)]
    assert (number.figure, number.exact, number.from_on.month) == ("received", "137", 10)


def test_styles_write_the_same_number_in_their_own_way():
    assert said(
        "{{ received : digits }}，{{ on_time }}（{{ on_time : base }}），{{ received : change }}"
    ) == ["137，96.5%（55/57），同比增长37.0%"]


def test_rates_are_compared_in_points_and_nothing_is_divided_by_zero():
    assert said("按期{{ on_time : change }}，办结{{ done : change }}") == [
        "按期同比提高6.5个百分点，办结比上年同期增加120件（上年同期为零，不计算增幅）"
    ]


def test_a_missing_number_says_what_is_missing():
    assert said("满意率{{ content }}。") == ["满意率（缺：没有评价）。"]


def test_a_sentence_that_the_numbers_do_not_bear_is_not_written():
    assert said("收到{{ received }}{% when content %}，满意率{{ content }}{% end %}。") == ["收到137件。"]
    assert said("{% when unhappy %}", "不满意{{ unhappy }}。", "{% end %}") == []


def test_denied_means_known_to_be_none_and_unknown_bears_neither_sentence():
    lines = "{% when not unhappy %}没有不满意的{% end %}{% when not content %}没有满意的{% end %}。"
    assert said(lines) == ["没有不满意的。"]


def test_a_comparison_without_a_base_is_left_out():
    assert said("不满意{{ unhappy }}{% when unhappy : change %}，{{ unhappy : change }}{% end %}。") == [
        "不满意0件。"
    ]


def test_bounds_hold_as_written():
    assert said(
        "{% when received > 136 %}甲{% end %}{% when received >= 138 %}乙{% end %}{% when on_time < 97 %}丙{% end %}"
    ) == ["甲丙"]


def test_the_weightiest_of_a_group_are_listed_each_with_its_own_number():
    (block,) = fill(prose_of("{{ received by unit : top 2 }}"), Known())
    assert words_of(block.spans) == "村建办（97件）、民生办（40件）"
    assert [span.value for span in block.spans if isinstance(span, Number)] == ["roads", "civil"]


def test_items_of_a_list_are_joined_and_an_empty_list_bears_no_sentence():
    assert said(
        "{% when topics %}热点是{{ topics }}。{% end %}{% when no_topics %}还有{{ no_topics }}。{% end %}"
    ) == ["热点是路灯不亮（5件）；停水。"]


def test_headings_are_numbered_by_us_and_one_that_heads_nothing_is_left_out():
    assert said(
        "# 通报",
        "## 甲",
        "### 甲一",
        "写。",
        "## 乙",
        "{% when unhappy %}",
        "有。",
        "{% end %}",
        "## 丙",
        "#### 细",
        "写。",
    ) == [
        "通报",
        "一、甲",
        "（一）甲一",
        "写。",
        "二、丙",
        "1.细",
        "写。",
    ]


TABLE = [
    "###### 各单位办理情况",
    "| 单位 | 收到 | 按期率 |",
    "| --- | --- | --- |",
    "| {{ unit : each }} | {{ received }} | {{ on_time }} |",
    "| 合计 | {{ received }} | {{ on_time }} |",
]


def test_a_row_is_repeated_for_each_of_a_group_and_the_total_stands_below():
    title, table, note = fill(prose_of(*TABLE), Known())
    assert isinstance(title, Heading)
    assert title.numbering == "表1　"
    assert [[words_of(cell) for cell in row.cells] for row in table.rows] == [
        ["村建办", "97", "96.5%"],
        ["民生办", "40", "—"],
        ["合计", "137", "96.5%"],
    ]
    assert [row.is_total for row in table.rows] == [False, False, True]
    assert isinstance(note, Paragraph)


def test_what_a_dash_means_stands_below_the_table():
    *_, note = fill(prose_of(*TABLE), Known())
    assert words_of(note.spans) == "注：“—”表示没有可比的基数（分母为零）。"
