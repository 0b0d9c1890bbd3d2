"""The tree of matters: read from a table in prose, with each leaf's responsible unit and duty. No Django here."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from banjie.base.errors import NotFound
from banjie.rulebook.findings import BadText, Finding
from banjie.rulebook.text import Text
from banjie.rulebook.vocabulary import DUTY_WORDS, Duty

KEY, UNIT, DUTY, BASIS, WORDS, CLOSED = "编码", "责任单位", "职责", "依据", "常用说法", "停用"
COLUMNS = (KEY, UNIT, DUTY, BASIS, WORDS, CLOSED)
_LEVEL = re.compile("[一二三四五六七八九十]级")
_IS_CLOSED = {"": False, CLOSED: True}
_KEY = re.compile(r"[\w-]+")
_RULER = re.compile(r"\|(\s*:?-+:?\s*\|)+")
_DUTIES = {words: duty for duty, words in DUTY_WORDS.items()}


@dataclass(frozen=True)
class Category:
    """A matter, or a branch of matters; a branch hands unit, duty and basis down to what leaves them empty.

    One that `is_closed` takes no new cases, nor does what lies under it; older cases keep its name.
    """

    key: str
    title: str
    parent: str
    unit: str
    duty: Duty | None
    basis: str
    words: tuple[str, ...] = ()
    is_closed: bool = False


@dataclass(frozen=True)
class CategoryTree:
    """All matters of a town in the order of the text."""

    categories: tuple[Category, ...]
    article: str = ""

    @cached_property
    def _by_key(self) -> Mapping[str, Category]:
        return {category.key: category for category in self.categories}

    @cached_property
    def _parents(self) -> frozenset[str]:
        return frozenset(category.parent for category in self.categories)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def find(self, key: str) -> Category:
        """Return the category `key`; NotFound when the tree has none."""
        if key not in self._by_key:
            raise NotFound(f"事项分类里没有“{key}”。请重新选择事项分类。")
        return self._by_key[key]

    @cached_property
    def leaves(self) -> tuple[Category, ...]:
        """Return the categories that a case may bear, those among them that were closed since."""
        return tuple(category for category in self.categories if category.key not in self._parents)

    @cached_property
    def open_leaves(self) -> tuple[Category, ...]:
        """Return the categories that a new case may bear."""
        return tuple(leaf for leaf in self.leaves if not leaf.is_closed)

    def takes(self, key: str) -> bool:
        """Tell whether a new case may be put under the category `key`."""
        return key in self and not self.find(key).is_closed

    def children(self, key: str = "") -> tuple[Category, ...]:
        """Return what lies directly under `key`; without a key, the first level."""
        return tuple(category for category in self.categories if category.parent == key)

    def upwards(self, key: str) -> Iterator[Category]:
        """Yield the category `key` and what it lies under, up to the first level."""
        while key:
            category = self.find(key)
            yield category
            key = category.parent

    @cached_property
    def depth(self) -> int:
        """Return how many levels the deepest branch has."""
        return max((len(list(self.upwards(leaf.key))) for leaf in self.leaves), default=0)

    def path_words(self, key: str) -> str:
        """Return the titles from the first level down, such as 道路交通 / 路面破损."""
        return " / ".join(category.title for category in reversed(list(self.upwards(key))))

    def search(self, text: str, *, limit: int = 8) -> list[Category]:
        """Return the leaves that fit what was typed best: all words of it somewhere in title, path or usual words."""
        asked = text.lower().split()
        scored = [(self._score(leaf, asked), leaf) for leaf in self.open_leaves] if asked else []
        return [leaf for score, leaf in sorted(scored, key=lambda pair: -pair[0]) if score][:limit]

    def propose(self, text: str, *, limit: int = 3) -> list[Category]:
        """Return the leaves whose usual words or title occur in running text, longest match first (U3)."""
        scored = [
            (max((len(w) for w in self._said(leaf) if w in text), default=0), leaf)
            for leaf in self.open_leaves
        ]
        return [leaf for score, leaf in sorted(scored, key=lambda pair: -pair[0]) if score > 1][:limit]

    def _score(self, leaf: Category, asked: Sequence[str]) -> int:
        path = self.path_words(leaf.key).lower()
        said = [leaf.key, *(words.lower() for words in self._said(leaf))]
        scores = [self._score_word(word, path=path, title=leaf.title.lower(), said=said) for word in asked]
        return sum(scores) if all(scores) else 0

    @staticmethod
    def _score_word(word: str, *, path: str, title: str, said: Sequence[str]) -> int:
        if title.startswith(word):
            return 5
        if word in title:
            return 4
        if word in said:
            return 3
        return 2 if any(word in words for words in said) else int(word in path)

    @staticmethod
    def _said(leaf: Category) -> tuple[str, ...]:
        return (leaf.title, *leaf.words)


@dataclass(frozen=True)
class Row:
    """A row of the table: its cells by column, its path of titles, and where it stands in the prose."""

    cells: Mapping[str, str]
    path: tuple[str, ...]
    position: int


def read_categories(text: Text) -> CategoryTree:
    """Read the table of a text; BadText names every row that cannot stand, with its remedy."""
    rows, findings = rows_of(text)
    findings += _row_findings(text, rows)
    if findings:
        raise BadText(findings)
    tree: dict[tuple[str, ...], Category] = {}
    for row in rows:
        tree[row.path] = _category(row, tree.get(row.path[:-1]))
    found = CategoryTree(tuple(tree.values()))
    if unowned := list(_leaf_findings(text, rows, found)):
        raise BadText(unowned)
    return found


def joined(trees: Sequence[CategoryTree], *, article: str) -> CategoryTree:
    """Return one tree of several texts."""
    return CategoryTree(tuple(category for tree in trees for category in tree.categories), article)


def rows_of(text: Text) -> tuple[list[Row], list[Finding]]:
    """Return the rows of a text's tables as they are written, and what is wrong with the heads."""
    heads: list[str] = []
    rows: list[Row] = []
    findings: list[Finding] = []
    above: tuple[str, ...] = ()
    position = 0
    for line in text.prose.split("\n"):
        if not line.startswith("|"):
            heads = []
        elif not heads:
            heads = cells_of(line)
            findings += _heads_findings(text, heads, position)
        elif not _RULER.fullmatch(line.strip()):
            cells = dict(zip(heads, cells_of(line), strict=False))
            above = _path(cells, above)
            rows.append(Row(cells, above, position))
        position += len(line) + 1
    return rows, findings


def cells_of(line: str) -> list[str]:
    """Return the cells of one line of a table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def is_level(head: str) -> bool:
    """Tell whether a column holds titles of one level: 一级, 二级."""
    return _LEVEL.fullmatch(head) is not None


def _path(cells: Mapping[str, str], above: Sequence[str]) -> tuple[str, ...]:
    """Return a row's titles; an empty cell left of a title repeats the row above, as in a merged cell."""
    titles = [cell for head, cell in cells.items() if is_level(head)]
    depth = max((place for place, title in enumerate(titles, start=1) if title), default=0)
    filled = [
        title or (above[place] if place < len(above) else "") for place, title in enumerate(titles[:depth])
    ]
    return tuple(filled)


def _heads_findings(text: Text, heads: Sequence[str], position: int) -> Iterator[Finding]:
    unknown = [head for head in heads if head not in COLUMNS and not is_level(head)]
    if unknown or KEY not in heads or "一级" not in heads:
        fault = f"表头不对：{'、'.join(heads)}"
        yield Finding(
            text.prose_place(position),
            fault,
            "表头请用 编码、一级、二级……、责任单位、职责、依据、常用说法、停用",
        )


def _row_findings(text: Text, rows: Sequence[Row]) -> list[Finding]:
    findings: list[Finding] = []
    keys: set[str] = set()
    paths: set[tuple[str, ...]] = set()
    for row in rows:
        key, place = row.cells.get(KEY, ""), text.prose_place(row.position)
        said = " / ".join(row.path)
        if not _KEY.fullmatch(key):
            findings.append(
                Finding(place, f"“{said}”没有编码", "请写一个不再变的编码，用字母、数字、下划线或汉字")
            )
        if key in keys:
            findings.append(Finding(place, f"编码 {key} 用了两次", "请换一个没有用过的编码"))
        if not row.path or not all(row.path) or row.path[:-1] not in {(), *paths}:
            findings.append(
                Finding(place, f"“{said}”的上一级还没有写", "请先写上一级的一行，再写它下面的各行")
            )
        if row.path in paths:
            findings.append(Finding(place, f"“{said}”写了两次", "请删去一行，或换一个名称"))
        if row.cells.get(DUTY, "") not in {"", *_DUTIES}:
            findings.append(Finding(place, f"“{said}”的职责看不懂", f"请写 {'、'.join(_DUTIES)} 之一"))
        if row.cells.get(CLOSED, "") not in _IS_CLOSED:
            findings.append(Finding(place, f"“{said}”是否停用看不懂", f"请写 {CLOSED}，没有停用的空着"))
        keys.add(key)
        paths.add(row.path)
    return findings


def _category(row: Row, parent: Category | None) -> Category:
    cells = row.cells
    return Category(
        key=cells[KEY],
        title=row.path[-1],
        parent=parent.key if parent else "",
        unit=cells.get(UNIT, "") or (parent.unit if parent else ""),
        duty=_DUTIES.get(cells.get(DUTY, "")) or (parent.duty if parent else None),
        basis=cells.get(BASIS, "") or (parent.basis if parent else ""),
        words=tuple(re.split(r"[\s、，,]+", cells[WORDS])) if cells.get(WORDS) else (),
        is_closed=_IS_CLOSED[cells.get(CLOSED, "")] or bool(parent and parent.is_closed),
    )


def _leaf_findings(text: Text, rows: Sequence[Row], tree: CategoryTree) -> Iterator[Finding]:
    units = text.items.get("units")
    known = units if isinstance(units, list) else []
    places = {row.cells[KEY]: text.prose_place(row.position) for row in rows}
    for leaf in tree.open_leaves:
        place, said = places[leaf.key], tree.path_words(leaf.key)
        if not leaf.unit:
            yield Finding(place, f"“{said}”没有责任单位", "请在这一行或它的上一级写上责任单位")
        elif leaf.unit not in known:
            fault = f"“{said}”的责任单位 {leaf.unit} 不在单位名单里"
            yield Finding(place, fault, "请改成名单里的单位，或把它加进开头的 units")
        if leaf.duty is None:
            yield Finding(place, f"“{said}”没有写职责", f"请写 {'、'.join(_DUTIES)} 之一")
        if not leaf.basis:
            yield Finding(
                place, f"“{said}”没有依据", "请写依据的法律、清单或文件；还没有定的写 产品默认，待镇里确定"
            )
