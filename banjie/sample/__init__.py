"""The sample town: an invented township on which the product is tried out."""
