"""Words inside texts found at once: which subject holds them, newest first.

Owns the tokens of a text and the two indexes that hold them (FTS5, tsvector). It keeps no text and no name of a
resident: what was written stays with the room that wrote it, which declares its texts here and decides who may see.
"""
