"""What people are told: an inbox for each, and messages that leave the building by senders the operator set up.

It owns notices, what of them each sender was handed, and the messages sent. It knows neither cases nor rules: who is
told what is said by the room that acts, in the transaction of its deed. No notice bears personal data (U38, T18).
"""
