"""Papers of a case: the receipt in two copies, the registration form, and what a printed QR leads to."""
