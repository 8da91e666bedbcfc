"""The events of a circular criticism. The law of compatibility stands in ``domain.event``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.event import Event
from domain.personal import Personal
from domain.service import Service


class Target(StrEnum):
    """Whom a criticism is about."""

    ORGANISATION = "organisation"
    PERSON = "person"


@dataclass(frozen=True, kw_only=True)
class CriticismProposed(Event, topic="criticism:proposed:1", chinese="拟通报批评"):
    """The first officer proposed to criticise; ``about`` is an organisation's or a person's id.

    ``cases`` are those on which it rests.
    """

    target: Target
    about: str
    organisation: str
    cases: tuple[str, ...]
    grounds: Personal


@dataclass(frozen=True, kw_only=True)
class CriticismNotified(Event, topic="criticism:notified:1", chinese="告知拟通报批评"):
    """The organisation or person was told, and until when (UTC) a statement can be made."""

    told: Service
    answer_by: datetime
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CriticismAnswered(Event, topic="criticism:statement-received:1", chinese="收到陈述申辩"):
    """The statement of the organisation or person was received."""

    statement: Personal


@dataclass(frozen=True, kw_only=True)
class CircularCriticismIssued(Event, topic="criticism:issued:1", chinese="通报批评"):
    """The second officer issued the criticism, under a numbered decision."""

    decision: str
    text: Personal
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CriticismDropped(Event, topic="criticism:dropped:1", chinese="不予通报"):
    """The second officer dropped it."""

    decision: str
    reason: Personal
