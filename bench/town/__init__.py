"""An invented town, in which people act at random and nothing may go wrong.

Here belong the town (its streams, folded as they grow), the acts that somebody may try in it,
right or wrong, and the watch that looks over every step with code of its own.
Nothing here decides: whatever happens was allowed by the deciders of ``domain``.
"""
