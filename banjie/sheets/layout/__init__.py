"""Find the table in a sheet: its head of one or two lines, its rows, and the lines that are none of its rows."""

from banjie.sheets.layout.aside import Aside
from banjie.sheets.layout.heads import Head, plain_head
from banjie.sheets.layout.table import Line, Table, lay_out

__all__ = ["Aside", "Head", "Line", "Table", "lay_out", "plain_head"]
