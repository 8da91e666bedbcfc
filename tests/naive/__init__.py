"""Every list once more, written as plainly as can be: the record's bytes, loops, and who may see.

Here belongs what is reckoned from stored events with nothing but dictionaries and loops.
Here never belongs anything of ``projections`` or ``api``: what this is held against.
"""
