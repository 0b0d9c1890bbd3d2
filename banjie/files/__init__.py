"""附件: what people hand in, checked, stored by digest and served as downloads; it does not know what a case is."""
