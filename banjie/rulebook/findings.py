"""What is wrong in a text, where it stands, and how to put it right, told in Chinese."""

from collections.abc import Sequence
from dataclasses import dataclass

from banjie.base.errors import InvalidInput


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file; lines count from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, order=True)
class Finding:
    """One fault of a text with its remedy."""

    place: Place
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}　{self.fault}。{self.remedy}。"


class BadText(InvalidInput):
    """A text that cannot be read or must not come into force; `findings` says why, one by one."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in sorted(findings)))
        self.findings = tuple(sorted(findings))
