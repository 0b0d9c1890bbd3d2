"""The deeds of a case as forms: each has its own address, and opens in place on the case's page."""
