"""A frozen paper comes back as it was."""

from json import dumps, loads

from banjie.reports.filling import fill
from banjie.reports.frozen import from_plain, to_plain
from banjie.reports.paper import LastPage, digest_of
from banjie.reports.tests.papers import Known, paper_of, prose_of
from banjie.reports.tests.test_filling import TABLE


def whole_paper():
    blocks = fill(
        prose_of(
            "# 通报",
            "",
            "各村：",
            "",
            "收到**{{ received }}**，{{ content }}。",
            "",
            *TABLE,
            "",
            "---",
            "青禾镇",
        ),
        Known(),
    )
    return paper_of(*blocks, LastPage("数据说明", ("甲", "乙")))


def test_a_paper_written_as_json_comes_back_the_same():
    paper = whole_paper()
    assert from_plain(loads(dumps(to_plain(paper)))) == paper


def test_the_digest_tells_one_paper_from_another():
    plain = to_plain(whole_paper())
    again = loads(dumps(plain))
    assert digest_of(plain) == digest_of(again)
    assert digest_of(plain) != digest_of({**again, "period": "2026年9月"})
