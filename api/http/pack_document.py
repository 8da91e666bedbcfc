"""A policy pack as its readers see it: the words of the notice, and what is reckoned by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from domain.policy.match import When
from domain.refusal import Citation

if TYPE_CHECKING:
    from domain.policy.law import Law


def pack_row(law: Law) -> dict[str, Any]:
    """What tells one pack from another."""
    return {
        "pack": law.id,
        "number": law.version,
        "digest": law.digest,
        "title": law.title,
        "document": law.whole.header.number,
        "issuer": law.issuer,
        "issued_on": law.issued_on,
        "jurisdiction": law.jurisdiction,
        "procedure": law.whole.header.procedure,
        "layers": [{"pack": layer, "digest": digest} for layer, digest in law.layers],
    }


def pack_document(law: Law) -> dict[str, Any]:
    """A pack with its rules and its reference data; each entry names the rules it rests on."""
    whole = law.whole
    return {
        **pack_row(law),
        "legal_basis": law.legal_basis,
        "rules": [
            {
                "id": rule,
                "clause": quoted.citation.clause,
                "quote": quoted.citation.quote,
                "source": quoted.citation.source,
                "own_words": quoted.own_words,
                "reading": quoted.reading,
            }
            for rule, quoted in law.rules.items()
        ],
        "levels": plain(tuple(whole.levels.values())),
        "educations": plain(tuple(whole.educations.values())),
        "batches": plain(law.batches()),
        "windows": plain(law.windows()),
        "stages": plain(tuple(whole.stages.values())),
        "publicity": plain(law.publicities()),
        "materials": plain(tuple(whole.materials.values())),
        "places": plain(tuple(whole.places.values())),
        "paper_legs": plain(tuple(whole.paper_legs.values())),
        "paper_forms": plain(tuple(whole.paper_forms.values())),
        "fees": plain(tuple(whole.fees.values())),
        "completion": plain(tuple(whole.completion.values())),
        "annual_roll": plain(law.annual_roll()),
        "vacancy_form": plain(law.vacancy_form()),
        "votes": plain(law.votes()),
        "retention": plain(law.retention()),
        "contacts": plain(law.contacts()),
        "labels": plain(tuple(whole.labels.values())),
        "documents": plain(tuple(whole.documents.values())),
        "references": plain(law.references()),
    }


def plain(value: object) -> Any:  # noqa: ANN401 -- as JSON
    """A value of the law as JSON: citations by their rule, names of languages shortened."""
    match value:
        case Citation():
            return value.rule
        case When():
            return _when(value)
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case Fraction():
            return str(value)
        case tuple() | list() | frozenset():
            return [plain(each) for each in value]
        case Mapping():
            return {str(name): plain(each) for name, each in value.items()}
        case _ if is_dataclass(value):
            named = {each.name: getattr(value, each.name) for each in fields(value)}
            return {_NAMES.get(name, name): plain(each) for name, each in named.items()}
        case _:
            return value


_NAMES = {"chinese": "zh", "english": "en", "citations": "rules"}


def _when(test: When) -> dict[str, Any]:
    """The condition under which an entry holds, as a pack writes it; empty: always."""
    written: dict[str, Any] = {name: list(wanted) for name, wanted in test.equal}
    if test.any_of:
        written["any"] = [_when(each) for each in test.any_of]
    if test.exception is not None:
        written["unless"] = _when(test.exception)
    return written
