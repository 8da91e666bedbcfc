"""A case (申报): one person's application for one title, from its draft to its end.

``events`` are what can have happened, ``state`` what a later decision needs to remember,
``filing``, ``review`` and ``ending`` the decisions.
Deciding may refuse; evolving may not.
"""
