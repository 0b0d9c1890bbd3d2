"""上级要表: what stands in a form, which of its cells want an answer, and what each of them asks. No Django."""
