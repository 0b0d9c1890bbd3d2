"""Typed fields as declarations: check, form, column, encrypt, say; it owns no table."""
