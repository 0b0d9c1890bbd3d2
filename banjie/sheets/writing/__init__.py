"""Write lists, templates and marked files as workbooks in which no cell can be a formula (T17)."""

from banjie.sheets.writing.head import OutColumn, SheetHead, Version
from banjie.sheets.writing.sheet import write_sheet

__all__ = ["OutColumn", "SheetHead", "Version", "write_sheet"]
