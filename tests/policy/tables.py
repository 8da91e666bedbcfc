"""One table of a pack, read by itself, and what its reader has to make of it."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from domain.policy.asking import read_record
from domain.policy.comparing import Equal
from domain.policy.layer import BASE_NAMES
from domain.policy.own_wording import Wording
from domain.policy.periods import Length
from domain.policy.reading import Known, Reader
from domain.policy.terms import Term
from domain.policy.when import Recorded, When
from domain.refusal import Citation
from domain.refusals.sentences_by_code import OF_LAW

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Entry = TypeVar("Entry")
Table = dict[str, Any]

QUOTED = Citation(rule="R-1", clause="一", quote="原文", source="sample-2025")
CITED = (QUOTED,)
KNOWN = Known({"R-1": QUOTED}, BASE_NAMES | {"contract.signed"})
CITING: Table = {"rule": "R-1"}
NAMED: Table = {"id": "it", "zh": "中", "en": "english", **CITING}
FOR_ENTERPRISES: Table = {"when": {"unit.type": "enterprise"}}
ENTERPRISE = When((Equal("unit.type", ("enterprise",)),))

ONE_YEAR = Term(needed=Length(years=1))

# the least that a table says
STAGE = {**NAMED, "body": "employer"}
WINDOW = {"id": "it", "batch": "B1", "binds": ["applicant"], "closes": date(2025, 3, 31), **CITING}
PUBLICITY = {**NAMED, "stage": "employer", "before": "forward", "place": "本单位"}
PAPER_FORM = {**NAMED, "publicity": "result", "days": 30, "copies": 2, "flag": "PAPER_LATE"}
RETURNS = {"days": 10, "resume": "first", **CITING}
AUTHORITY = {**NAMED, "code": "CITY_HR"}
ACCOUNTS = {
    "change_initial_secret": True,
    "real_name": True,
    "stale_after_days": 90,
    **CITING,
}
SANCTION = {**NAMED, "id": "revocation"}
DOCUMENT = {**NAMED, "kind": "certificate", "medium": "paper", "issuer": "authority"}
MATERIAL = {**NAMED, "channel": "online"}
FEE = {**NAMED, "fen": 12000, "channel": "BANK"}
PLACE = {"id": "it", "address": "某路1号3楼", **CITING}
LEG = {"id": "it", "leg": 1, "sender": ["employer"], "receiver": "city_hr", **CITING}
CASE_TYPE = {**NAMED, "outcome": "manual"}
SILENT = {"id": "it", "about": "years", "document": "另一文件", **CITING}
REFERENCE = {**NAMED, "kind": "channel"}

IT: Table = {"id": "it", "chinese": "中", "english": "english", "citations": CITED}
"""What an entry says that was read from ``NAMED``."""
FIELDS = {"zh": "chinese", "en": "english", "rule": "citations", "class": "kind"}
"""The keys that the engine calls by another name."""


def reader_of(table: Mapping[str, Any]) -> Reader:
    """A reader for a table of ``sample.toml``, which quotes one rule."""
    return Reader(table, "sample.toml", KNOWN)


def read(reading: Callable[[Reader], Entry], table: Mapping[str, Any]) -> Entry:
    """The table as its reader reads it; a key that nobody asked for is an error."""
    reader = reader_of(table)
    entry = reading(reader)
    reader.finish()
    return entry


def like(listed: str, **asked: Any) -> Recorded:  # noqa: ANN401 -- any property
    """What one record of a list must be like."""
    found = read_record(reader_of({"where": asked}), "where", listed)
    assert found is not None
    return found


def said(entry: Any) -> Table:  # noqa: ANN401 -- whatever a reader makes
    """What an entry says, field by field."""
    return {field.name: getattr(entry, field.name) for field in fields(entry)}


def meant(table: Mapping[str, Any]) -> Table:
    """What an entry has to say that was read from this table."""
    return {_field(key, value): _meant(key, value) for key, value in table.items()}


def _field(key: str, value: Any) -> str:  # noqa: ANN401 -- whatever a table holds
    return "refuses" if _refuses(key, value) else FIELDS.get(key, key)


def _refuses(key: str, value: Any) -> bool:  # noqa: ANN401 -- whatever a table holds
    return key in {"code", "refuse"} and value in OF_LAW


def _meant(key: str, value: Any) -> Any:  # noqa: ANN401 -- whatever a table holds
    if key == "rule":
        return CITED
    if _refuses(key, value):
        return Wording(value)
    if key == "when":
        return ENTERPRISE
    if key == "title" and isinstance(value, dict):
        return like("title", **value)
    return tuple(value) if isinstance(value, list) else value
