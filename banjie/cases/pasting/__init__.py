"""粘贴即登记: what was copied out of WeChat, a text message or a sheet becomes the pieces that a case each is made of.

Pure: it reads characters and knows neither residents nor villages. Nothing that was pasted is lost: every character
of a message or cell lies in some piece (U41).
"""

from banjie.cases.pasting.pictures import illustrated, mark_of
from banjie.cases.pasting.pieces import Pasted, Piece, Source, title_of
from banjie.cases.pasting.reading import plain_lines, read_pasted

__all__ = ["Pasted", "Piece", "Source", "illustrated", "mark_of", "plain_lines", "read_pasted", "title_of"]
