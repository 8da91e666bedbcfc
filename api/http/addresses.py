"""Under which address each kind of stream is found."""

from __future__ import annotations

from domain.organisation.state import organisation_of

_BY_KIND = {
    "accession": "/v1/accessions",
    "account": "/v1/accounts",
    "case": "/v1/cases",
    "complaint": "/v1/complaints",
    "edition": "/v1/editions",
    "erasure": "/v1/erasures",
    "investigation": "/v1/investigations",
    "objection": "/v1/objections",
    "link": "/v1/person-links",
    "organisation": "/v1/organisations",
    "person": "/v1/persons",
    "rebinding": "/v1/binding-corrections",
    "intake": "/v1/intakes",
    "move": "/v1/moves",
    "renaming": "/v1/person-renamings",
}
_PARTS = {"authority": "grants", "seats": "appointments", "windows": "window-extensions"}
"""Parts of an organisation that are told in streams of their own, and where they are read."""


def address_of(stream: str) -> str | None:
    """The path of the thing that a stream is about; None where it has none of its own."""
    kind = stream.split("-", maxsplit=1)[0]
    if kind in _PARTS:
        return f"{address_of(organisation_of(stream))}/{_PARTS[kind]}"
    return f"{_BY_KIND[kind]}/{stream}" if kind in _BY_KIND else None
