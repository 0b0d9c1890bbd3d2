"""到点自检: what will run and who will be told, and what would let it pass in silence."""
