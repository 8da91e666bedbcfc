"""The proof of separation of duties, from stored bytes alone (rule ``sod/1``).

Independent of the domain and of every view, on purpose: it must catch a breach that got past
them, such as a row inserted by hand.
It imports nothing but the standard library, so that a verifier can carry it to a laptop.
What it says is exact: the two accounts are bound to different persons of the record; that
nobody lent a password is beyond proof.
"""
