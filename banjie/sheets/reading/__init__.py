"""Read what offices send: workbooks old and new, text tables, cells from the clipboard; every cell comes as text."""

from banjie.sheets.reading.opening import read_file, read_pasted
from banjie.sheets.reading.raw import RawRow, RawSheet, RawTable

__all__ = ["RawRow", "RawSheet", "RawTable", "read_file", "read_pasted"]
