"""The sentences of refusals that several nouns share, in Chinese and English, by their subject.

Each code of a refusal has one home, which writes its sentences. What only one file refuses with,
it writes itself; what several files of a noun do stands beside them, in ``domain/case/refusals.py``
and its like. Here stand the rest: who holds no seat, what takes two persons, whom to hear first,
what is entered, re-examination; and in ``sentences_by_code`` the general sentences of the codes
that a policy pack may refuse with, or rest on a clause of its own.
Here never belongs a decision: whether something is refused says whoever decides.
"""
