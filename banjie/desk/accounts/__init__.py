"""Log-in and what belongs to it: log-out, renewal in place, one's own password and PIN."""
