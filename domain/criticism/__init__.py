"""Circular criticism (通报批评) of an organisation or a reviewer that reviewed carelessly (XW-31).

Apart from the integrity record of applicants; with the same right to be heard, and two persons
of its own.
"""
