"""Sheets of cases: the ledger of the years before (历史件), and requests that still wait elsewhere."""
