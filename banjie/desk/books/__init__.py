"""台账 on the desk: the list, the form and the page of a record, made from each book's declaration."""
