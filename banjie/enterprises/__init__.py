"""企业: the enterprises of a town, found by name, pinyin and credit code; it keeps no visits, matters or awards."""
