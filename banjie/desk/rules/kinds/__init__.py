"""A kind of case on the web: a form over its declaration, and for a new one its time limits."""
