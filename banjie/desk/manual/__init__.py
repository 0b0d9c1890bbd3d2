"""The manual inside the desk: docs/manual/*.md, one chapter for each kind of page."""
