"""群众 on the desk: find, look at what is covered, reveal with a reason, register, correct."""
