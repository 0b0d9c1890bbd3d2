"""Units, staff and posts from one sheet, taken in twice: accounts by one administrator, posts by another (三员分立)."""

from banjie.people.sheets import office, posts

__all__ = ["office", "posts"]
