"""Leave and duty turns."""
