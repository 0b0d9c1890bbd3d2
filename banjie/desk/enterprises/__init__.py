"""企业 on the desk: list and find, register, amend, shut, merge doubles, look at the contact with a reason."""
