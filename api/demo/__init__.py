"""Demonstrations: the story of one locality, told over real HTTP on a record of its own.

Here belong the stories with their invented people, the stage on which they are told (a record
that declares itself a demonstration, a clock that can be set, a server on loopback), and the
teller who holds every step against what was expected of it.
Here never belongs a way into a real record: a story does only what any caller could do with the
same sign-ins, and its clock is handed to nothing else.

A story is a function of a ``Stage``; ``stories`` is the one list of them.
"""
