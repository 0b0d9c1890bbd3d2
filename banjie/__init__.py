"""Banjie 办结: the working ledger of a township government."""

import os

# pypinyin's table of phrases takes 45 MB in each process; names are read character by character and need none of it.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
