"""Divisions by national code, villages and grids; whoever lives there belongs to residents."""
