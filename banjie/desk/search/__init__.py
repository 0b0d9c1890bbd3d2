"""The one search box (U8): a number, a phone, a name, a code; words inside texts come with a later version."""
