"""SQLite as Django knows it, with one queue for those who write (ADR 0014)."""
