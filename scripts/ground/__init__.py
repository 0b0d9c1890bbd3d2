"""What a bare machine needs before Banjie runs; the standard library only, since nothing is installed yet."""
