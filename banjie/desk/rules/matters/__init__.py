"""The matters of a category text on the web: looked through level by level, added, changed and closed in a draft."""
