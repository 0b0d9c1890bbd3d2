"""Work that no one waits for: who is at work, who holds the schedule, what ran and what must run again.

It owns the worker process and its three tables. It knows no deed: rooms declare their runs in their own tasks.py.
"""
