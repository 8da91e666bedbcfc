"""The use cases: load what an act rests on, let the domain decide, append once.

Here belongs the choice of what is read and written together, and nothing of HTTP.
Here never belongs a rule of the law (``domain``), nor the table of who may do what
(``api.access``).
"""
