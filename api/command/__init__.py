"""The command line: ``./mingjian COMMAND``.

Here belongs what reads a command's words and prints its answer, one module a command.
Here never belongs a decision: a command calls the same functions that the HTTP front door calls.
A module is imported only when its command is chosen, so that ``--help`` is instant and a command
that needs no web framework loads none.

Exit status: 0 done, 1 failed or refused (the sentence says why), 2 misused, 130 interrupted.
"""
