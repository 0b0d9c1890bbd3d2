"""Changes of a draft beyond one value: a value taken out with its sentence, another title, values confirmed at once."""
