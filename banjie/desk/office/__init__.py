"""设置: units, posts, staff, leave, duty and handover, each with its list and its forms."""
