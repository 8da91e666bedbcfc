"""Who may say a fact, and by when it must be said; and the facts that a pack names itself.

Nobody states what is another's to say: the applicant states and shows, the register knows, an
act of the employer, of an office or of who received something is it, a reviewer finds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.reading import Reader


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

    ``material`` is the id of the material that shows it. A list of periods has the properties of
    an entry, ``from`` and ``to`` among them; a single fact has none.
    """

    means: str
    said_by: tuple[Source, ...] = (Source.APPLICANT,)
    by: str = FILING
    material: str | None = None
    properties: frozenset[str] = frozenset()


class Open(NamedTuple):
    """A fact that is open: its name, who may say it, by when, and what shows it."""

    name: str
    said_by: tuple[Source, ...]
    by: str
    material: str | None = None


_OWN: Mapping[str, tuple[Source, ...]] = {
    "unit": (Source.REGISTER,),
    "employer": (Source.REGISTER,),
    "person": (Source.REGISTER, Source.APPLICANT),
    "filing": (Source.REGISTER,),
    "filings": (Source.REGISTER,),
    "integrity": (Source.REGISTER,),
    "batch": (Source.REGISTER,),
    "post": (Source.REGISTER, Source.APPLICANT),
    "title": (Source.REGISTER, Source.APPLICANT),
    "assessment": (Source.EMPLOYER,),
    "consents": (Source.AUTHORITY,),
    "judgement": (Source.REVIEWER,),
    "insurance_ok": (Source.REVIEWER,),
    "exam_series": (Source.REVIEWER,),
    "licence.required": (Source.REVIEWER,),
    "classified": (Source.REVIEWER,),
    "continuing_education": (Source.EMPLOYER, Source.REVIEWER),
    "employment_formalities": (Source.EMPLOYER, Source.REVIEWER),
}
"""Who says the engine's own facts, by name or by what stands before the point; else applicants."""


def open_fact(name: str, declared: Mapping[str, Fact]) -> Open:
    """What there is to say of an open fact; of a record's property that of its list."""
    root = name.partition(".")[0]
    fact = declared.get(name) or declared.get(root)
    if fact is not None:
        return Open(name, fact.said_by, fact.by, fact.material)
    said_by = _OWN.get(name) or _OWN.get(root) or (Source.APPLICANT,)
    return Open(name, said_by, _until(said_by))


def _until(said_by: tuple[Source, ...]) -> str:
    """By when a fact must be said, where nothing else is laid down: reviewers find later."""
    return RECOGNITION if said_by[:1] == (Source.REVIEWER,) else FILING


def read_fact(reader: Reader, name: str) -> Fact:
    """Read one fact of ``[facts]``: what it means, or a table that says more."""
    if reader.is_text(name):
        return Fact(means=reader.text(name))
    table = reader.needed(name)
    fact = read_table(table)
    table.finish()
    return fact


def read_table(table: Reader) -> Fact:
    """Read what a table says of a fact."""
    words = table.some_of("said_by", tuple(Source), (Source.APPLICANT.value,))
    periods = table.texts("periods", ()) if "periods" in table else None
    said_by = tuple(Source(each) for each in words)
    return Fact(
        means=table.text("means"),
        said_by=said_by,
        by=table.text("by", _until(said_by)),
        material=table.maybe_text("material"),
        properties=frozenset() if periods is None else frozenset({"from", "to", *periods}),
    )
