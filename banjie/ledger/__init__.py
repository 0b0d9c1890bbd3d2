"""留痕: the one table of entries that every row is folded from; chain, seal, numbers. It knows no case."""
