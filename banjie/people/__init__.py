"""Units, posts with A and B holders, staff, absence, log-in and rights; residents are not staff."""
