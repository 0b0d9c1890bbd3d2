"""The text of a paper on the web: its marks as titles in brackets, checked, and tried on a period before it is sent."""
