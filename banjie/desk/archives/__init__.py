"""到期鉴定: cases past their retention, and what the archive officer decides of them."""
