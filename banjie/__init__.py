"""办结: the working ledger of a township government."""
