"""Backup and restore of a whole installation: the record, its keys, its journal of destruction.

Here belongs the order of the steps, and where things are put: keys and journal apart from the
data. What a table is on its way is the business of ``audit.backup``, what a view is that of
``projections.digest``.
"""
