"""Signatures that are refused wherever they stand."""

from banjie.base.errors import InvalidInput
from banjie.files.checks.refusal import refusal

_EICAR = bytes(reversed(b"*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$"))
"""The test file's telling part, spelt backwards so that scanners let this source alone."""


def is_eicar(piece: bytes) -> bool:
    """Tell whether `piece` holds the EICAR test virus, by which an office checks that uploads are examined at all."""
    return _EICAR in piece


def virus_found() -> InvalidInput:
    """Return the error for a file in which a virus was found."""
    return refusal("文件里发现病毒特征，系统不收。请不要再打开它，先用杀毒软件检查电脑或手机。")
