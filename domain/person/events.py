"""The events of a person and of links between persons.

The law of compatibility stands in ``domain.event``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.account.events import Role
from domain.event import Event
from domain.personal import Personal, Purpose


class Effect(StrEnum):
    """What an active integrity record does to a new filing in its scope."""

    BLOCK = "block"
    WARN = "warn"


class TermSource(StrEnum):
    """Where the term of an integrity record comes from."""

    NOTICE = "notice"
    DEFAULT = "default"


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
class TitleGained(Event, topic="person:title-gained:1", chinese="取得职称"):
    """The person gained a title (取得职称).

    ``case`` is where: a case, or the report of the self-evaluating unit that gave it.
    """

    case: str
    series: str
    specialty: str
    level: str
    label: str
    gained_on: date


@dataclass(frozen=True, kw_only=True)
class TitleReported(Event, topic="person:title-reported:1", chinese="报送自主评聘职称"):
    """A self-evaluating unit reported a title that it gave by itself (自主评聘); not held yet.

    ``document`` is the unit's own (文号), ``label`` how the person gained it.
    """

    report: str
    organisation: str
    series: str
    specialty: str
    level: str
    label: str
    gained_on: date
    document: str


@dataclass(frozen=True, kw_only=True)
class UnitsTitle:
    """A title as a self-evaluating unit gave it, by a document of its own (文号)."""

    series: str
    specialty: str
    level: str
    label: str
    gained_on: date
    document: str


@dataclass(frozen=True, kw_only=True)
class TitleCorrectionReported(
    Event, topic="person:title-correction-reported:1", chinese="报送职称更正"
):
    """The unit reported what its confirmed report should have said; it counts once confirmed.

    ``report`` is this one, ``corrects`` the one that was wrong; ``title`` is None where the unit
    never gave any.
    """

    report: str
    corrects: str
    organisation: str
    title: UnitsTitle | None
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class ReportConfirmed(Event, topic="person:title-report-confirmed:1", chinese="确认自主评聘职称"):
    """Another person of the unit confirmed its report: what it says holds from here on."""

    report: str
    organisation: str


@dataclass(frozen=True, kw_only=True)
class TitleLost(Event, topic="person:title-revoked:1", chinese="职称被撤销"):
    """A title of the person was revoked for misconduct; ``revoked_on`` is the day in Beijing."""

    case: str
    investigation: str
    revoked_on: date


@dataclass(frozen=True, kw_only=True)
class TitleRestored(Event, topic="person:title-restored:1", chinese="经复核恢复职称"):
    """A revocation was annulled, and the title is the person's again."""

    case: str
    investigation: str


@dataclass(frozen=True, kw_only=True)
class TitleRescinded(Event, topic="person:title-rescinded:1", chinese="职称认定纠错撤回"):
    """The recognition of a title was rescinded as a slip, before any certificate (纠错撤回).

    Or what a self-evaluating unit had reported of it was corrected (``case`` is its report).
    ``rescinded_on`` is the day in Beijing.
    """

    case: str
    rescinded_on: date


@dataclass(frozen=True, kw_only=True)
class IntegrityRecordEntered(Event, topic="integrity:entered:1", chinese="记入诚信档案"):
    """A finding was entered on the person's integrity record (记入诚信档案).

    ``starts_on`` is the first day, ``ends_on`` the last: active through its 24:00 in Beijing.
    An entry that never ends (永久) has 9999-12-31 there, and no ``months``.
    ``scope`` is a word of the pack (county, city, province), ``area`` the name of the area.
    ``source`` is the archive that sent the entry, None for one that was decided in this record;
    ``authority`` is then a name, and no id.
    """

    entry: str
    case: str | None
    investigation: str | None
    ground: str
    decision: str
    authority: str
    scope: str
    area: str
    starts_on: date
    ends_on: date
    months: int
    term_source: TermSource
    effect: Effect
    rules: tuple[str, ...]
    particulars: Personal
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class IntegrityRecordCorrected(Event, topic="integrity:corrected:1", chinese="诚信记录更正"):
    """An entry was corrected: its last day was set anew by a decision (诚信记录更正)."""

    entry: str
    ends_on: date
    decision: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class IntegrityRecordAnnulled(Event, topic="integrity:annulled:1", chinese="诚信记录撤销"):
    """An entry was annulled: it is void, which is not the same as expired (诚信记录撤销)."""

    entry: str
    decision: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class LinkProposed(Event, topic="link:proposed:1", chinese="提出同一人合并"):
    """An officer proposed, on evidence, that two persons are one human being (提出同一人合并)."""

    first: str
    second: str
    organisation: str
    evidence: Personal


@dataclass(frozen=True, kw_only=True)
class SeveranceProposed(Event, topic="link:severance-proposed:1", chinese="提出同一人拆分"):
    """An officer proposed, on evidence, that a link was wrong (提出同一人拆分)."""

    organisation: str
    evidence: Personal


@dataclass(frozen=True, kw_only=True)
class LinkSevered(Event, topic="link:severed:1", chinese="确认同一人拆分"):
    """A second officer confirmed that the two are not one human being (确认同一人拆分)."""

    organisation: str


@dataclass(frozen=True, kw_only=True)
class LinkConfirmed(Event, topic="link:confirmed:1", chinese="确认同一人合并"):
    """A second officer confirmed it (确认同一人合并)."""

    organisation: str


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(Event, topic="person:hold-placed:1", chinese="要求暂缓删除"):
    """An inspector asked to keep what is known of the person; ``mandate`` is the 文号."""

    hold: str
    mandate: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class HoldLifted(Event, topic="person:hold-lifted:1", chinese="解除暂缓删除"):
    """The hold is no longer needed."""

    hold: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event, topic="person:erased:1", chinese="个人信息已依法删除"):
    """An erasure was ordered: the keys of these ids are destroyed by this event.

    It stands in the stream of each person that was known to be the same human being.
    Recorded again, by Mingjian itself, in a record restored from before the order.
    """

    erasure: str
    purposes: tuple[Purpose, ...]
    keys: tuple[str, ...]
