"""One cell of a superior's form: what it is, what it was, where it was reported, the records behind it."""
