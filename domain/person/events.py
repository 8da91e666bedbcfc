"""The events of a person: names, documents, accounts, links, filings, erasures.

Titles, the integrity record, achievements and holds have theirs in the files of these names.
The law of compatibility stands in ``domain.event``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.account.events import Role
from domain.event import Event
from domain.personal import Personal, Purpose


class NameProof(StrEnum):
    """What kind of document shows that a person has another name."""

    HOUSEHOLD_REGISTER = "household_register"
    POLICE_CERTIFICATE = "police_certificate"
    NOTARIAL_CERTIFICATE = "notarial_certificate"
    ISSUER_CERTIFICATE = "issuer_certificate"
    """By whoever issued the identity document, where that is none of the mainland's police."""


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Event, topic="person:registered:1", chinese="人员登记"):
    """A human being became known to the record (人员登记)."""

    name: Personal


@dataclass(frozen=True, kw_only=True)
class PersonRenamed(Event, topic="person:renamed:1", chinese="人员更名"):
    """The person has another name from a day in Beijing on, by two officers (人员更名).

    What was done before keeps the earlier one. ``proof`` and ``number`` are those of the document,
    ``renaming`` is the stream of the proposal; ``late_entry`` says that it was entered after the
    day from which it counts.
    """

    name: Personal
    proof: NameProof
    number: Personal
    effective_on: date
    late_entry: bool
    renaming: str


@dataclass(frozen=True, kw_only=True)
class DocumentBound(Event, topic="person:document-bound:1", chinese="证件绑定"):
    """An identity document was found to belong to the person (证件绑定).

    ``number`` is normalised; ``as_entered`` keeps what was typed where that differed.
    ``held_before`` are the persons to whom the same document was bound before, whom a correction
    found to be the wrong ones.
    """

    kind: str
    number: Personal
    as_entered: Personal | None
    held_before: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BindingCorrected(Event, topic="person:binding-corrected:1", chinese="证件绑定更正"):
    """A document turned out to belong to another person, by two officers (证件绑定更正).

    ``bound`` is the version in this stream of the binding that was wrong, ``rightful`` whose
    document it is, ``correction`` the stream that holds the evidence.
    """

    kind: str
    bound: int
    rightful: str
    correction: str


@dataclass(frozen=True, kw_only=True)
class AccountHeld(Event, topic="person:account-held:1", chinese="账号归属"):
    """An account was opened for the person, so that all their offices can be seen (账号归属).

    One that is ``unclaimed`` is not theirs before it is shown to be.
    """

    account: str
    organisation: str | None
    roles: tuple[Role, ...]
    unclaimed: bool


@dataclass(frozen=True, kw_only=True)
class AccountShownTheirs(Event, topic="person:account-shown-theirs:1", chinese="账号认领"):
    """An account that was opened for the person is theirs, as they or two officers showed."""

    account: str


@dataclass(frozen=True, kw_only=True)
class PersonMoved(Event, topic="person:moved:1", chinese="人员调动"):
    """An account of the person is another organisation's from here on, for ``roles`` (人员调动)."""

    account: str
    organisation: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, kw_only=True)
class AccountReleased(Event, topic="person:account-released:1", chinese="账号解除"):
    """An account of the person was disabled (账号解除)."""

    account: str


@dataclass(frozen=True, kw_only=True)
class PersonsLinked(Event, topic="person:linked:1", chinese="同一人合并"):
    """Two persons of the record were found to be one human being (同一人合并)."""

    other: str
    link: str


@dataclass(frozen=True, kw_only=True)
class PersonsUnlinked(Event, topic="person:unlinked:1", chinese="同一人拆分"):
    """Two persons, linked before, were found not to be one human being (同一人拆分)."""

    other: str
    link: str


@dataclass(frozen=True, kw_only=True)
class FilingBegun(Event, topic="person:filing-begun:1", chinese="申报开始"):
    """A case of the person came under review (申报开始)."""

    case: str
    pack: str


@dataclass(frozen=True, kw_only=True)
class FilingEnded(Event, topic="person:filing-ended:1", chinese="申报终结"):
    """A case of the person ended (申报终结)."""

    case: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event, topic="person:erased:1", chinese="个人信息已依法删除"):
    """An erasure was ordered: the keys of these ids are destroyed by this event.

    It stands in the stream of each person that was known to be the same human being.
    Recorded again, by Mingjian itself, in a record restored from before the order.
    """

    erasure: str
    purposes: tuple[Purpose, ...]
    keys: tuple[str, ...]
