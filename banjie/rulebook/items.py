"""Read the items of a text's head one by one, gathering what is wrong with them. No Django here."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from banjie.rulebook.findings import Finding
from banjie.rulebook.text import Text

Word = TypeVar("Word", bound=StrEnum)


class ItemReader:
    """Reads the items of one text by their dotted paths; what is missing or unknown becomes a finding."""

    def __init__(self, text: Text) -> None:
        """Take the text to be read."""
        self.text = text
        self.findings: list[Finding] = []

    def fault(self, path: str, fault: str, remedy: str) -> None:
        """Note what is wrong at a path, on the nearest line that is written."""
        parts = path.split(".")
        above = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
        self.findings.append(Finding(self.text.place(*above), fault, remedy))

    def item(self, path: str) -> object:
        """Return what stands at a path, a number being the place in a list; None for nothing."""
        value: object = self.text.items
        for part in path.split("."):
            if isinstance(value, list) and part.isdecimal():
                value = value[int(part)] if int(part) < len(value) else None
            else:
                value = value.get(part) if isinstance(value, Mapping) else None
        return value

    def table(self, path: str) -> Mapping[str, object]:
        """Return the table at a path; missing is empty."""
        value = self.item(path)
        return value if isinstance(value, Mapping) else {}

    def words(self, path: str) -> tuple[str, ...]:
        """Return a list of words; missing is empty."""
        value = self.item(path)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            self.fault(path, f"{path} 不是词的列表", f'请写成 {path} = ["……", "……"]')
            return ()
        return tuple(value)

    def word(self, path: str) -> str:
        """Return one word, which must be there."""
        value = self.item(path)
        if not isinstance(value, str) or not value:
            self.fault(path, f"没有 {path}", f'请写上 {path} = "……"')
            return ""
        return value

    def choice(self, path: str, among: Mapping[Word, str]) -> Word:
        """Return one of the words there are; it must be there."""
        return self._chosen(path, [self.word(path)], among)[0]

    def choices(self, path: str, among: Mapping[Word, str]) -> tuple[Word, ...]:
        """Return several of the words there are, at least one."""
        written = self.words(path)
        if not written:
            self.fault(path, f"没有 {path}", f"可以写：{listed(among)}")
        return tuple(self._chosen(path, written, among))

    def _chosen(self, path: str, written: Sequence[str], among: Mapping[Word, str]) -> list[Word]:
        known = {str(word): word for word in among}
        for word in written:
            if word and word not in known:
                self.fault(path, f"{path} 里的 {word} 不认识", f"可以写：{listed(among)}")
        return [known.get(word, next(iter(among))) for word in written]

    def tables(self, path: str) -> Iterator[tuple[int, Mapping[str, object]]]:
        """Yield the tables of a list with their place in it, from 0."""
        value = self.item(path)
        for index, table in enumerate(value if isinstance(value, list) else []):
            if isinstance(table, dict):
                yield index, table


def listed(among: Mapping[Word, str]) -> str:
    """Return the words there are with what they mean."""
    return "、".join(f"{word}（{said}）" for word, said in among.items())
