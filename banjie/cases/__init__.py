"""件: whatever is asked for, from 登记 to 销号, one state machine for every kind."""
