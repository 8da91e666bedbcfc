"""The front door: HTTP, command line, sign-in, settings, wiring.

Here belongs whatever faces a person, a machine or the operating system: requests, commands,
settings, the clock, the private database server, and the composition root that hands each
lower floor what it needs.
Here never belongs a rule of the law (that is ``domain``), a way to write the record (``audit``)
or a table that somebody looks at (``projections``).
"""
