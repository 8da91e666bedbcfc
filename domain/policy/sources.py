"""Who may say a fact, and by when it must be said; and the facts that a pack names itself.

Nobody states what is another's to say: the applicant states and shows, the register knows, an
act of the employer, of an office or of who received something is it, a reviewer finds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from domain.policy.faults import unquoted
from domain.policy.names import LISTS, NAMES, RECORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.reading import Reader
    from domain.refusal import Citation


class Source(StrEnum):
    """Who may say a fact."""

    APPLICANT = "applicant"
    REGISTER = "register"
    EMPLOYER = "employer"
    AUTHORITY = "authority"
    RECEIVER = "receiver"
    REVIEWER = "reviewer"


FILING = "filing"
RECOGNITION = "recognition"
"""By when a fact must be established; beside these, the id of a stage."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A fact that a pack names: what it means, who may say it in order, and by when.

    ``by`` is None where it follows from who says it. ``material`` is the id of the material that
    shows it. A list of periods has the properties of an entry, ``from`` and ``to`` among them; a
    single fact has none.
    """

    means: str
    said_by: tuple[Source, ...] = (Source.APPLICANT,)
    by: str | None = None
    material: str | None = None
    properties: frozenset[str] = frozenset()


class Open(NamedTuple):
    """A fact that is open: its name, who may say it, by when, what shows it, whose rule asks."""

    name: str
    said_by: tuple[Source, ...]
    by: str
    material: str | None = None
    citations: tuple[Citation, ...] = ()


_OWN: Mapping[str, tuple[Source, ...]] = {
    "unit": (Source.REGISTER,),
    "employer": (Source.REGISTER,),
    "employer.insured": (Source.APPLICANT,),
    "person": (Source.REGISTER, Source.APPLICANT),
    "filing": (Source.REGISTER,),
    "filing.accepted_by": (Source.APPLICANT,),
    "filings": (Source.REGISTER,),
    "integrity": (Source.REGISTER,),
    "batch": (Source.REGISTER,),
    "post": (Source.REGISTER, Source.APPLICANT),
    "title": (Source.REGISTER, Source.APPLICANT),
    "assessment": (Source.EMPLOYER,),
    "achievement.confirmed": (Source.EMPLOYER,),
    "consents": (Source.AUTHORITY,),
    "judgement": (Source.REVIEWER,),
    "insurance_ok": (Source.APPLICANT, Source.REVIEWER),
    "exam_series": (Source.REVIEWER,),
    "licence.required": (Source.REVIEWER,),
    "classified": (Source.REVIEWER,),
    "continuing_education": (Source.EMPLOYER, Source.REVIEWER),
    "employment_formalities": (Source.EMPLOYER, Source.REVIEWER),
}
"""Who says the engine's own facts, by name or by what stands before the point; else applicants."""


TITLES = "title"
_FOUND: Mapping[str, tuple[Source, ...]] = {TITLES: (Source.EMPLOYER, Source.REVIEWER)}
"""Who may say, besides, what the applicant left out of a list or denied."""


def established_by(name: str, declared: Mapping[str, Fact]) -> tuple[Source, ...]:
    """Who may say a fact in an opinion: who may say it at all, or found out what was left out."""
    return (*said_by(name, declared), *_FOUND.get(name, ()))


def said_by(name: str, declared: Mapping[str, Fact]) -> tuple[Source, ...]:
    """Who may say a fact, in order; a record's property whoever says its list."""
    fact, root = _declared(name, declared), name.partition(".")[0]
    if fact is not None:
        return fact.said_by
    return _OWN.get(name) or _OWN.get(root) or (Source.APPLICANT,)


def means(name: str, declared: Mapping[str, Fact]) -> tuple[str, str]:
    """What a fact is called, in Chinese and English; the name itself where nobody gave it one."""
    fact = declared.get(name)
    said = fact.means if fact is not None else _own_name(name)
    chinese, _, english = said.partition(" ")
    return chinese or name, english or name


def _own_name(name: str) -> str:
    """What the engine calls a fact, a list of records, or a property of one."""
    listed, _, part = name.partition(".")
    return NAMES.get(name) or LISTS.get(name) or RECORDS.get(listed, {}).get(part, "")


def open_fact(
    name: str,
    declared: Mapping[str, Fact],
    first_stage: str | None,
    citations: tuple[Citation, ...] = (),
) -> Open:
    """What there is to say of an open fact; ``first_stage`` is that of the employer."""
    fact, speakers = _declared(name, declared), said_by(name, declared)
    by = fact.by if fact is not None else None
    material = fact.material if fact is not None else None
    return Open(name, speakers, by or _until(speakers, first_stage), material, citations)


def _declared(name: str, declared: Mapping[str, Fact]) -> Fact | None:
    return declared.get(name) or declared.get(name.partition(".")[0])


def _until(speakers: tuple[Source, ...], first_stage: str | None) -> str:
    """By when a fact must be said, where nothing else is laid down.

    The employer says what is its own to say when it reviews, reviewers find until the end.
    """
    match speakers[0]:
        case Source.EMPLOYER:
            return first_stage or RECOGNITION
        case Source.REVIEWER | Source.RECEIVER:
            return RECOGNITION
        case _:
            return FILING


def read_fact(reader: Reader, name: str) -> Fact:
    """Read one fact of ``[facts]``: what it means, or a table that says more."""
    if reader.is_text(name):
        return Fact(means=reader.text(name))
    written = reader.table(name)
    if written and not written.keys() & _OF_A_FACT:
        reader.fault(name, *unquoted(f"{name}.{next(iter(written))}"))
        return Fact(means=name)
    table = reader.needed(name)
    fact = read_table(table)
    table.finish()
    return fact


_OF_A_FACT = frozenset({"means", "said_by", "by", "material", "periods"})


def read_table(table: Reader) -> Fact:
    """Read what a table says of a fact."""
    words = table.some_of("said_by", tuple(Source), (Source.APPLICANT.value,))
    periods = table.texts("periods", ()) if "periods" in table else None
    return Fact(
        means=table.text("means"),
        said_by=tuple(Source(each) for each in words),
        by=table.maybe_text("by"),
        material=table.maybe_text("material"),
        properties=frozenset() if periods is None else frozenset({"from", "to", *periods}),
    )
