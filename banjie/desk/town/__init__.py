"""The town itself: its working calendar, its villages and grids."""
