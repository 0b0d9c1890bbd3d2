"""The catalogue of figures on the web: a figure over a fact, asked for by words and columns, in a draft."""
