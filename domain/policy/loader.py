"""From documents to the law: layers read, stacked and digested.

Documents come as text; whoever owns a disk reads them.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from domain.policy.consistency import missing
from domain.policy.faults import Fault, PackError
from domain.policy.header import citations_of
from domain.policy.law import NATIONAL_DEFAULT, Law
from domain.policy.layer import BASE_NAMES, Layer, lists_of, read_layer
from domain.policy.lines import line_of
from domain.policy.reading import Known
from domain.toml import TomlError, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, time


@dataclass(frozen=True)
class Document:
    """A pack's text, and how errors call it (its file name)."""

    name: str
    text: str


def load_law(default: Document, pack: Document, overlays: Iterable[Document] = ()) -> Law:
    """The law of a pack over the national default, with overlays on top.

    Raises ``PackError`` naming document and key when a document has an unknown or missing
    key, a wrong value, a missing citation, or refers to something that is not there.
    """
    documents = [default, pack, *overlays]
    layers, whole = _stacked(documents)
    contents = [canonical(document.text) for document in documents]
    named = zip(layers, contents, strict=True)
    return Law(
        digest=digest_of(b"".join(contents)),
        layers=tuple((layer.header.id, digest_of(content)) for layer, content in named),
        whole=whole,
        default=layers[0],
        texts=tuple((document.name, document.text) for document in documents),
    )


def load_default(default: Document) -> Law:
    """The national default alone, for areas where no notice holds. Raises ``PackError``."""
    (layer,), _ = _stacked([default])
    digest = digest_of(canonical(default.text))
    return Law(digest=digest, layers=((layer.header.id, digest),), whole=layer, default=layer)


def table_of(document: Document) -> Mapping[str, Any]:
    """What a document says, read as TOML and nothing more. Raises ``PackError``."""
    try:
        return read_toml(document.name, document.text)
    except TomlError as wrong:
        raise PackError(
            *(
                Fault(
                    document=document.name,
                    key="",
                    english=each.english,
                    chinese=each.chinese,
                    line=each.line,
                    column=each.column,
                )
                for each in wrong.problems
            )
        ) from wrong


def canonical(text: str) -> bytes:
    """A document as canonical bytes: comments and layout do not change them, words do."""
    table = tomllib.loads(text)
    encoded = json.dumps(
        table, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )
    return encoded.encode() + b"\n"


def digest_of(content: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(content).hexdigest()


def _plain(value: date | time) -> str:
    """A day or an hour as a text: TOML has no other value that JSON has not."""
    return value.isoformat()


def _stacked(documents: list[Document]) -> tuple[list[Layer], Layer]:
    """The layers from the lowest up, and the whole; each may cite what those beneath quote.

    Raises ``PackError`` with the faults of all documents.
    """
    tables = _tables(documents)
    known = Known({}, BASE_NAMES)
    layers: list[Layer] = []
    faults: list[Fault] = []
    for document, table in zip(documents, tables, strict=True):
        layer = read_layer(document.name, table, known, faults)
        known = known.with_further(
            citations_of(layer.rules), layer.facts, lists_of(layer.facts), layer.refusals
        ).with_names(layer.names.values())
        layers.append(layer)
    whole = layers[0]
    for layer in layers[1:]:
        whole = layer.over(whole)
    whole = replace(whole, header=layers[min(1, len(layers) - 1)].header)
    names = [document.name for document in documents]
    told = {(each.document, each.key) for each in faults}
    found = missing(whole, list(zip(names, layers, strict=True)))
    faults += [each for each in found if (each.document, each.key) not in told]
    if faults:
        raise PackError(*_placed(faults, documents))
    return layers, whole


def _tables(documents: list[Document]) -> list[Mapping[str, Any]]:
    """What the documents say, where each is TOML and lies where it belongs."""
    tables: list[Mapping[str, Any]] = []
    faults: list[Fault] = []
    for document in documents:
        try:
            tables.append(table_of(document))
        except PackError as wrong:
            faults += wrong.faults
    if faults:
        raise PackError(*faults)
    headers = [table.get("pack") for table in tables]
    ids = [header.get("id") if isinstance(header, dict) else None for header in headers]
    if ids[0] != NATIONAL_DEFAULT:
        faults.append(
            Fault(
                document=documents[0].name,
                key="pack.id",
                english=f"the lowest layer is {NATIONAL_DEFAULT}",
                chinese=f"最底层须是 {NATIONAL_DEFAULT}",
            )
        )
    for document, header in zip(documents[2:], headers[2:], strict=True):
        extended = header.get("extends") if isinstance(header, dict) else None
        if extended != ids[1]:
            faults.append(
                Fault(
                    document=document.name,
                    key="pack.extends",
                    english=f"an overlay names the pack that it extends: {ids[1]}",
                    chinese=f"叠加包须写明叠加在哪个包上，应为 {ids[1]}",
                )
            )
    if faults:
        raise PackError(*_placed(faults, documents))
    return tables


def _placed(faults: list[Fault], documents: list[Document]) -> list[Fault]:
    """The faults with their lines, in the order in which one reads the documents."""
    texts = {document.name: document.text for document in documents}
    tables = {document.name: table_of(document) for document in documents}
    order = list(texts)
    found = [
        replace(each, line=line_of(texts[each.document], tables[each.document], each.key))
        for each in faults
    ]
    return sorted(found, key=lambda each: (order.index(each.document), each.line or 0))
