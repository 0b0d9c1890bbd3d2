"""The main jobs in a real browser, against the server as it really runs."""
