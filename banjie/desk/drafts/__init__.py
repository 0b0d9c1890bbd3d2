"""Unsent text that outlives tab, server and power (U5): kept sealed, for its writer alone, until it is sent or expires."""
