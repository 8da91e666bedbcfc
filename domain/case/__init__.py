"""A case (申报): one person's application for one title, from its draft to its end.

A file a topic: the events that are met there, the commands that ask for them, what is decided,
and how each of its events changes the case. ``evolve`` leads an event to its topic; ``state`` is
what a later decision needs to remember.
Deciding may refuse; evolving may not.
"""
