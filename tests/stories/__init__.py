"""Situations of the five notices, each told once as a test and marked with its number.

A file for each subject: what is asked at the door, windows, publicity, committee filing,
separation of duties, accounts, integrity. What is told in full elsewhere is marked there.
Here belongs a story with its dates, its refusals with their rules, and its events.
Here never belongs a rule: a story that shows one missing is mended in ``domain`` or in a pack.
"""
