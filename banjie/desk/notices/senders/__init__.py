"""The senders of this installation: which there are, what did not go out, a message to try each."""
