"""Unsent text outlives tab, server and power (U5): sealed, for its writer alone, until it is sent or expires."""
