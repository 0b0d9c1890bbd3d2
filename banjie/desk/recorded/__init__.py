"""以您名义的记录: what others wrote down in one person's name, as a page that prints."""
