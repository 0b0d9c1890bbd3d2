"""粘贴即登记: the box, the drafts made of what was pasted, and registering those that are ticked (U41)."""
