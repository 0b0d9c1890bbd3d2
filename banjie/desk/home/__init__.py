"""工作台: what this person has to do today, without a click (U7)."""
