"""The board of what the town promises."""
