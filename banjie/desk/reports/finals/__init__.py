"""Papers that went out."""
