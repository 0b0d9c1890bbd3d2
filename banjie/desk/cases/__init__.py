"""件 on the desk: the work list, the page of one case with its deeds, its files and its papers."""
