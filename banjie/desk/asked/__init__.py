"""上级要表: take a form in, look at what each cell is, make the answer in the sender's file, note the sending."""
