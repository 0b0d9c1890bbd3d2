"""制度: regulations, kinds and categories as versioned texts that the program obeys."""
