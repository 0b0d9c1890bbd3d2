"""登记: one screen for what somebody asks for (U1), and the box that makes drafts of what is pasted (U41)."""
