"""群众: the people served, kept encrypted and found by keyed hashes."""
