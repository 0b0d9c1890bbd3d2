"""消息: what a person was told, newest first, and the way to what it is about."""
