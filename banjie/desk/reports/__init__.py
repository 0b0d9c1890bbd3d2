"""Papers on the desk: choose a period, read with every number open, take away, print, finalise; the day's sheet."""
