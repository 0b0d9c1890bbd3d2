"""What a town looks through: its sensitive functions once a year, and after an upgrade what differs from its own."""
