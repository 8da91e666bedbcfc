"""Every list once more, written as plainly as can be: the record's bytes, loops, and who may see.

Here belongs what is reckoned from stored events with nothing but dictionaries and loops; beside it
stands the province that is walked, served and asked.
What reckons takes nothing of ``projections`` or ``api``: what this is held against.
"""
