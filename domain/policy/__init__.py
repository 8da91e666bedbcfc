"""The law of a locality as data, and the small engine that asks it.

Here belongs what a notice regulates: who may apply, how years are counted, when a filing is
in time, which bodies act in which order, what must be shown, what a title costs, what
misconduct brings.
A *pack* is one TOML document for one notice; ``Law`` is a pack over the national default.
Here never belongs the name of a locality, a rule that a pack does not state, or a reader of
files: documents come in as text.
"""
