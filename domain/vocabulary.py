"""Every event class, imported in one place, so that whoever reads a record knows every topic."""

from __future__ import annotations

from domain import notes
from domain.account import events as account
from domain.case import committee, correction, objections, paper, publicity
from domain.case import events as case
from domain.criticism import events as criticism
from domain.investigation import aftermath
from domain.investigation import events as investigation
from domain.objection import events as objection
from domain.organisation import events as organisation
from domain.person import events as person

__all__ = [
    "account",
    "aftermath",
    "case",
    "committee",
    "correction",
    "criticism",
    "investigation",
    "notes",
    "objection",
    "objections",
    "organisation",
    "paper",
    "person",
    "publicity",
]
