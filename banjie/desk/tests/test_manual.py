import pytest

from banjie.base.errors import NotFound
from banjie.desk.manual.chapters import find_chapter, find_picture


@pytest.mark.parametrize("key", ["x" * 300, "no-such", "../settings", "", "a\0"])
def test_what_is_no_chapter_is_not_found(key):
    """T15: also what no file system takes for a name."""
    with pytest.raises(NotFound):
        find_chapter(key)


def test_a_picture_of_no_possible_name_is_not_found():
    with pytest.raises(NotFound):
        find_picture("x" * 300 + ".png")
