"""Integrity records handed to other archives and taken from them.

``POST /v1/archive-exports`` answers a signed file; ``POST /v1/archive-imports`` takes one and says
of each entry what became of it. The layout stands in ``audit.exchange``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marshmallow import ValidationError, fields
from marshmallow.validate import Length

from api.acts.exchange import HAND_OUT, TAKE_IN, Foreign, authority_of, person_of
from api.acts.export import Taken, take_out
from api.acts.guard import guard
from api.archive_keys import signing_key, trusted_archives
from api.conventions.blueprint import Blueprint
from api.conventions.exporting import NDJSON
from api.conventions.fields import Body, Day, WholeNumber
from api.http.acting import Answered, AppendedSchema, answered, asking, takes
from api.http.exported_files import file_response, pages_of
from api.problems import Problem
from api.services import Services, services
from audit.exchange import ExchangeRefusedError, Flaw, read_delivery, write_delivery
from domain.organisation.state import Organisation
from domain.person.integrity import Effect, IntegrityRecordEntered, TermSource
from domain.person.integrity import IntegrityRecordAnnulled as Annulled
from domain.person.integrity import IntegrityRecordCorrected as Corrected
from domain.single_events import RecordExported
from projections import integrity, people
from projections.catalogue import VIEWS
from projections.progress import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from flask import Response

    from projections.integrity import Entry

exports = Blueprint(
    "archive-exports", prefix="/v1/archive-exports", description="诚信档案上报 / to other archives"
)
imports = Blueprint(
    "archive-imports",
    prefix="/v1/archive-imports",
    description="诚信档案接收 / from other archives",
)
_LARGEST = 1_000_000
_SECONDS = 10.0
_BECAME = {
    IntegrityRecordEntered.topic: "entered",
    Corrected.topic: "corrected",
    Annulled.topic: "annulled",
}


class ArchiveExportBody(Body):
    """Nothing: what the caller's authority has decided goes."""


class ArchiveImportBody(Body):
    """The file as it was received."""

    file = fields.String(validate=Length(1, _LARGEST))


_DAY, _MONTHS = Day(), WholeNumber(least=0, most=1200)
_REFUSED = {
    Flaw.CUT_SHORT: "DELIVERY_CUT_SHORT",
    Flaw.UNTRUSTED: "DELIVERY_UNTRUSTED",
    Flaw.ALTERED: "DELIVERY_ALTERED",
    Flaw.UNREADABLE: "DELIVERY_UNREADABLE",
}


def _unless_again() -> fields.List[str]:
    told = {"description": "Null where the request had been carried out before."}
    return fields.List(fields.String(), allow_none=True, metadata=told)


class TakenInSchema(AppendedSchema):
    """Who sent it, and the ids of its entries by what became of each."""

    archive = fields.String()
    origin = fields.String()
    digest = fields.String()
    entered = fields.List(fields.String())
    corrected = fields.List(fields.String())
    annulled = fields.List(fields.String())
    duplicates = _unless_again()
    unknown_persons = _unless_again()


@takes(exports, "", HAND_OUT, ArchiveExportBody, answers=(NDJSON,))
def hand_out(_body: dict[str, Any]) -> Response:
    """Hand out the entries that the caller's authority decided, signed; it is recorded."""
    who, here = asking(HAND_OUT), services()
    answer, taken = take_out(
        here.office, who, HAND_OUT, lambda at: _delivery(here, authority_of(here.office, who), at)
    )
    return file_response(answer, taken, "integrity-records.ndjson")


def _delivery(here: Services, authority: Organisation, at: datetime) -> Taken:
    """The signed file of an authority's entries, as of an instant."""
    with here.views.connection() as connection:
        if not wait_for(connection, VIEWS, here.record.head(), _SECONDS):
            raise Problem("NOT_YET_VISIBLE")
    handed = _Handed(here, authority)
    key = signing_key(here.settings.key_directory)
    file = write_delivery(handed.lines(), here.record.origin, at.isoformat(), key)
    exported = RecordExported(
        query=f"integrity-records authority:{authority.organisation}",
        count=file.count,
        first_position=handed.first,
        last_position=handed.last,
        digest=file.digest,
        media_type=NDJSON,
    )
    return Taken(file.pieces, exported)


@dataclass
class _Handed:
    """What an authority decided, on its way to others; where the first and last entry stand."""

    here: Services
    authority: Organisation
    first: int | None = None
    last: int | None = None

    def lines(self) -> Iterator[dict[str, Any]]:
        """The entries as they go, a page of them at hand."""
        for page in pages_of(integrity.decided_by(self.authority.organisation)):
            with self.here.views.connection() as connection:
                bound = people.documents_of(connection, [each.person for each in page])
            documents = {each.person: each for each in bound}
            for entry in page:
                self.first, self.last = self.first or entry.known_from, entry.known_from
                line = _line(self.here, entry, documents[entry.person], self.authority.name)
                if line is not None:
                    yield line


@takes(imports, "", TAKE_IN, ArchiveImportBody, answers=TakenInSchema)
def take_in(body: dict[str, str]) -> Answered:
    """Take in what a trusted archive sent; entries of persons unknown here are named, not kept."""
    who, here = asking(TAKE_IN), services()
    authority_of(here.office, who)
    try:
        delivery = read_delivery(
            body["file"].encode(), trusted_archives(here.settings.key_directory)
        )
        entries = [_foreign(line) for line in delivery.entries]
    except ExchangeRefusedError as error:
        raise Problem(_REFUSED[error.flaw]) from error
    except (KeyError, TypeError, ValueError, ValidationError) as error:
        raise Problem("DELIVERY_UNREADABLE") from error
    answer = guard(here.office, who, TAKE_IN, "", archive=delivery.archive, entries=entries)
    became: dict[str, list[str]] = {word: [] for word in _BECAME.values()}
    taken = [one for one in answer.happened if one.topic in _BECAME]
    for one in taken:
        event = here.record.load(one.stream).recorded[one.version - 1].event
        became[_BECAME[one.topic]].append(getattr(event, "entry", ""))
    stream = taken[-1].stream if taken else who.actor.account
    left = None if answer.replayed else _left(here, entries, became)
    return answered(
        answer,
        stream,
        archive=delivery.archive,
        origin=delivery.origin,
        digest=delivery.digest,
        entered=became["entered"],
        corrected=became["corrected"],
        annulled=became["annulled"],
        duplicates=None if left is None else left[0],
        unknown_persons=None if left is None else left[1],
    )


def _left(
    here: Services, entries: Sequence[Foreign], became: Mapping[str, list[str]]
) -> tuple[list[str], list[str]]:
    """The entries of which nothing was recorded: those known already, and those about nobody."""
    told = {each for named in became.values() for each in named}
    left = [each for each in entries if each.entry not in told]
    unknown = {each.entry for each in left if person_of(here.record, each) is None}
    return [each.entry for each in left if each.entry not in unknown], sorted(unknown)


def _line(
    here: Services, entry: Entry, document: people.Document, authority: str
) -> dict[str, Any] | None:
    """An entry as it goes to others; None of somebody who was erased."""
    sealed = [each for each in (document.number, entry.particulars) if each is not None]
    number, *said = here.record.texts(sealed)
    if number is None:
        return None
    return {
        "annulled": entry.annulled,
        "area": entry.area,
        "authority": authority,
        "decision": entry.decision,
        "document_kind": document.kind,
        "document_number": number,
        "effect": entry.effect,
        "ends_on": entry.ends_on.isoformat(),
        "entry": entry.entry,
        "ground": entry.ground,
        "months": entry.months,
        "particulars": (said or [None])[0] or "",
        "rules": list(entry.rules),
        "scope": entry.scope,
        "starts_on": entry.starts_on.isoformat(),
        "term_source": entry.term_source,
    }


def _foreign(line: dict[str, Any]) -> Foreign:
    """A line as an entry. Raises what ``take_in`` calls unreadable."""
    texts = ("entry", "document_kind", "document_number", "ground", "decision", "authority")
    return Foreign(
        **{name: str(line[name]) for name in (*texts, "scope", "area", "particulars")},
        starts_on=_DAY.deserialize(line["starts_on"]),
        ends_on=_DAY.deserialize(line["ends_on"]),
        months=_MONTHS.deserialize(line["months"]),
        term_source=TermSource(line["term_source"]),
        effect=Effect(line["effect"]),
        rules=tuple(map(str, line["rules"])),
        annulled=bool(line["annulled"]),
    )
