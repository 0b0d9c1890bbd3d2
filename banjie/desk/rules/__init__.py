"""制度: the texts in force, read as prose with their values."""
