"""Every event class, imported in one place, so that whoever reads a record knows every topic."""

from __future__ import annotations

from domain import indicator, mandate, single_events
from domain.account import events as account
from domain.account import intake, move
from domain.authority import events as authority
from domain.case import evolve as case
from domain.criticism import events as criticism
from domain.erasure import events as erasure
from domain.investigation import events as investigation
from domain.law import events as law
from domain.law import texts
from domain.objection import events as objection
from domain.objection import kept
from domain.organisation import accession, roll, seats, window_extension
from domain.organisation import events as organisation
from domain.person import (
    achievements,
    binding_correction,
    hold,
    integrity,
    link,
    person_renaming,
    titles,
)
from domain.person import events as person
from domain.vacancies import events as vacancies

__all__ = [
    "accession",
    "account",
    "achievements",
    "authority",
    "binding_correction",
    "case",
    "criticism",
    "erasure",
    "hold",
    "indicator",
    "intake",
    "integrity",
    "investigation",
    "kept",
    "law",
    "link",
    "mandate",
    "move",
    "objection",
    "organisation",
    "person",
    "person_renaming",
    "roll",
    "seats",
    "single_events",
    "texts",
    "titles",
    "vacancies",
    "window_extension",
]
