"""What is true in title review: values, commands, events, decide, evolve, policy.

Here belongs everything that a lawyer would recognise: a case, an organisation,
an account, a person, a policy pack, and the reasons for which an act is refused.
Here never belongs a clock, a disk, a socket, randomness or a framework:
time, law and identity come in as arguments.
It imports the standard library and ``chinese_calendar``, nothing else.
"""
