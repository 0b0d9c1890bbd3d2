"""The design page: every component in every state, for those who build pages and those who check them."""
