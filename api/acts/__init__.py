"""What can be done, one ``Row`` for each act, and ``guard``, which carries every one of them out.

A row says what the act is about (a ``Thing``), which act of the table of access it is, and which
function decides. That function reads and writes at a ``Desk``, which remembers what was read; the
law itself is ``domain``'s.
Here belongs the choice of what is read and written together, and nothing of HTTP.
Here never belongs a rule of the law (``domain``), nor the table of who may do what
(``api.access``).
"""
