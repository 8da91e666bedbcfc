"""Worked examples: facts in, what the law has to answer, in a form that a lawyer can write.

Here belongs the reading of an example's mapping and the comparing of its expectations.
Here never belongs a rule: an example asks the law and nothing else.
"""
