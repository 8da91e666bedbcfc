"""From documents to the law: layers read, stacked and digested.

Documents come as text; whoever owns a disk reads them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from domain.policy.consistency import missing
from domain.policy.edition import follows, named_by
from domain.policy.faults import Fault, PackError
from domain.policy.following import layered
from domain.policy.header import citations_of
from domain.policy.law import NATIONAL_DEFAULT, Law
from domain.policy.layer import BASE_NAMES, Layer, lists_of, read_layer
from domain.policy.reading import Known
from domain.policy.whereabouts import Whereabouts
from domain.toml import KEPT, TomlError, read_toml, table_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, time


@dataclass(frozen=True)
class Document:
    """A pack's text, and how errors call it (its file name)."""

    name: str
    text: str


def load_law(default: Document, pack: Document, overlays: Iterable[Document] = ()) -> Law:
    """The law of a pack over the national default, with overlays on top.

    An edition that follows the pack comes as the first of ``overlays``, one that follows that next:
    the law is then the last one's, and overlays extend it.

    Raises ``PackError`` naming document and key when a document has an unknown or missing
    key, a wrong value, a missing citation, or refers to something that is not there.
    """
    documents = [default, pack, *overlays]
    layers, whole = _stacked(documents)
    contents = [canonical(document.text) for document in documents]
    return Law(
        digest=digest_of(b"".join(contents)),
        layers=tuple(map(_digested, documents)),
        whole=whole,
        default=layers[0],
        texts=tuple((document.name, document.text) for document in documents),
    )


def load_default(default: Document) -> Law:
    """The national default alone, for areas where no notice holds. Raises ``PackError``."""
    (layer,), _ = _stacked([default])
    digest = digest_of(canonical(default.text))
    return Law(
        digest=digest,
        layers=((layer.header.id, digest),),
        whole=layer,
        default=layer,
        texts=((default.name, default.text),),
    )


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


@lru_cache(maxsize=KEPT)
def canonical(text: str) -> bytes:
    """A document as canonical bytes: comments and layout do not change them, words do."""
    table = table_in(text)
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


def _digested(document: Document) -> tuple[str, str]:
    """A document's id with the digest of its words."""
    return str(table_of(document)["pack"]["id"]), digest_of(canonical(document.text))


def _stacked(documents: list[Document]) -> tuple[list[Layer], Layer]:
    """The layers from the lowest up, and the whole; each may cite what those beneath quote.

    Raises ``PackError`` with the faults of all documents.
    """
    faults: list[Fault] = []
    tables = _tables(documents)
    said = layered(zip((each.name for each in documents), tables, strict=True), faults)
    known = Known({}, BASE_NAMES)
    layers: list[Layer] = []
    for each in said:
        layer = read_layer(each.name, each.table, known, faults, each.sources)
        known = known.with_further(
            citations_of(layer.rules), layer.facts, lists_of(layer.facts), layer.refusals
        ).with_names(layer.names.values())
        layers.append(layer)
    whole = layers[0]
    for layer in layers[1:]:
        whole = layer.over(whole)
    whole = replace(whole, header=layers[min(1, len(layers) - 1)].header)
    names = [each.name for each in said]
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
    faults += _misplaced(documents, tables)
    if faults:
        raise PackError(*_placed(faults, documents))
    return tables


def _misplaced(documents: list[Document], tables: list[Mapping[str, Any]]) -> Iterator[Fault]:
    """What does not lie over what it names: the default, a pack, its editions, its overlays."""
    headers = [table["pack"] if isinstance(table.get("pack"), dict) else {} for table in tables]
    if headers[0].get("id") != NATIONAL_DEFAULT:
        yield Fault(
            document=documents[0].name,
            key="pack.id",
            english=f"the lowest layer is {NATIONAL_DEFAULT}",
            chinese=f"最底层须是 {NATIONAL_DEFAULT}",
        )
    if len(headers) > 1 and follows(tables[1]):
        key, _ = named_by(tables[1]) or ("follows", {})
        yield Fault(
            document=documents[1].name,
            key=f"pack.{key}",
            english="the edition that it follows is not there",
            chinese="没有给出它所承接的政策包",
        )
    law, overlaid = headers[min(1, len(headers) - 1)].get("id"), False
    for document, table, header in zip(documents[2:], tables[2:], headers[2:], strict=True):
        if follows(table) and not overlaid:
            law = header.get("id")
            continue
        overlaid = True
        if header.get("extends") != law:
            yield Fault(
                document=document.name,
                key="pack.extends",
                english=f"an overlay names the pack that it extends: {law}",
                chinese=f"叠加包须写明叠加在哪个包上，应为 {law}",
            )


def _placed(faults: list[Fault], documents: list[Document]) -> list[Fault]:
    """The faults with their lines, in the order in which one reads the documents."""
    places = Whereabouts((document.name, document.text) for document in documents)
    order = [document.name for document in documents]
    found = [places.nearest(each) for each in faults]
    return sorted(found, key=lambda each: (order.index(each.document), each.line or 0))
