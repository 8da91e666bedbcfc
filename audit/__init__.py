"""The record and its evidence: append, order, seal, hash, sign, prove, verify.

Here belongs everything that touches the one append-only sequence of events: the bytes that
are stored, the order in which they are stored, the keys that seal words about people, and
what lets a stranger check all of it.
Here never belongs a rule of title review (that is ``domain``), a table that could be rebuilt
(``projections``), or the question who may see what (``api``).
Nothing here updates or deletes an event.
"""
