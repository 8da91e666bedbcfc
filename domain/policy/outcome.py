"""What a favourable decision is called and what it is written on (认定、发文、发证)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.asking import read_when
from domain.policy.when import When
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.facts import Facts
    from domain.policy.reading import Reader


@dataclass(frozen=True, kw_only=True)
class Label:
    """The notice's word for the outcome, by procedure: 认定, 初定, 初聘, 评审通过."""

    id: str
    chinese: str
    english: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class Document:
    """What is issued: a decision document or a certificate.

    ``medium`` is electronic or paper, ``issuer`` is ``authority`` (whoever decided) or a body;
    ``names_many`` says that one document may name many persons.
    """

    id: str
    chinese: str
    english: str
    kind: str
    medium: str
    issuer: str
    names_many: bool
    when: When
    citations: tuple[Citation, ...]


def documents_for(documents: Iterable[Document], facts: Facts) -> tuple[Document, ...]:
    """What is issued in this case."""
    return tuple(each for each in documents if each.when.fits(facts) is not False)


def read_label(reader: Reader) -> Label:
    """Read one ``[[labels]]`` table; its id is the kind of procedure of the routes."""
    return Label(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        citations=reader.citations(),
    )


def read_document(reader: Reader) -> Document:
    """Read one ``[[documents]]`` table."""
    return Document(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        kind=reader.one_of("kind", ("decision", "certificate")),
        medium=reader.one_of("medium", ("electronic", "paper")),
        issuer=reader.text("issuer"),
        names_many=reader.flag("names_many", default=False),
        when=read_when(reader),
        citations=reader.citations(),
    )
