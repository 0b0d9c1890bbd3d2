"""Excel in and out: read, match, preview, write in as one batch and undo it; what the rows mean is their room's."""
