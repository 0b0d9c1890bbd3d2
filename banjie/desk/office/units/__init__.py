"""Units of the office."""
