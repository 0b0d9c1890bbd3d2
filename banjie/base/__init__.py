"""What every room stands on: errors, clock, ids, keys, page(); nothing of the field."""
