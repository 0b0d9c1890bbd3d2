"""What a new version would break of what was written under the one that rules."""

from collections.abc import Iterable, Iterator, Mapping

from banjie.rulebook.findings import Finding
from banjie.rulebook.sections import READERS
from banjie.rulebook.text import Section, Text


def change_findings(ruling: Mapping[tuple[Section, str], Text], coming: Iterable[Text]) -> Iterator[Finding]:
    """Yield what each coming text would break of the one that rules in its place, as the reader of its section says."""
    for text in coming:
        old, reader = ruling.get((text.section, text.key)), READERS.get(text.section)
        if reader is not None and old is not None and old.source != text.source:
            yield from reader.broken(old, text)
