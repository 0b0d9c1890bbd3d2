"""What is new in the rulebook of a town, made on the web: a regulation of its own, a value with its sentence."""
