"""台账: what is or was done, as records in books that the rulebook declares; it owns no case and no register."""
