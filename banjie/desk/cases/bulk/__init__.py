"""批量: one deed on exactly the rows that a list is filtered to, each by its own action and right (U11)."""
