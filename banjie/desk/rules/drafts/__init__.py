"""Changing a rule on the web: a draft, its values and words, legality review by another, the decision, repeal."""
