"""Documents packed in a ZIP: OFD, DOCX and XLSX, told by their own tables of what they hold.

A DOCX or XLSX is what its relationships lead to and its content types say (ECMA-376, part 2, 9.3
and 10.1.2), whatever its parts are called; an OFD is led to by OFD.xml (GB/T 33190, 7.4).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers import expat

from api.media.kinds import DOCX, OFD, XLSX, MediaRefusedError, ends_with_record

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST_UNPACKED = 512 << 20
MOST_ENTRIES = 10_000

_MAIN = {f"{each}.main+xml": each for each in (DOCX, XLSX)}
_ACTIVE = re.compile(r"vbaproject|macroenabled|macrosheet|activex", re.IGNORECASE)
"""In a content type, or the type of a relationship: macros, those of old sheets, controls."""
_RUN = re.compile(r"/(attachedTemplate|oleObject|frame|subDocument)\Z")
_ELSEWHERE = re.compile(r"(https?|ftp|mhtml):|\\\\|//|file:(////|//[^/])", re.IGNORECASE)
_SCRIPT = re.compile(r"\.(bat|cmd|hta|jse?|ps1|py|sh|vb[es]|wsf)\Z")
"""Text that some programs run: nothing in it tells so."""


def look_at_packed(octets: bytes, look_within: Callable[[bytes], None]) -> str | None:
    """What is packed here, by its media type; None for a document of another kind.

    ``look_within`` looks at each of its parts. Raises ``MediaRefusedError``.
    """
    try:
        with zipfile.ZipFile(BytesIO(octets)) as packed:
            _look_at_entries(octets, packed.infolist())
            package = _Package(packed)
            kind = package.kind()
            for each in packed.infolist():
                look_within(packed.read(each))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, expat.ExpatError) as error:
        raise MediaRefusedError("MEDIA_TRUNCATED") from error
    return kind


def _look_at_entries(octets: bytes, entries: list[zipfile.ZipInfo]) -> None:
    ends = [each.start() for each in re.finditer(b"PK\5\6", octets)]
    names = {entry.filename.lower() for entry in entries}
    begins = min((entry.header_offset for entry in entries), default=None)
    if sum(ends_with_record(octets, at) for at in ends) != 1 or begins != 0:
        raise MediaRefusedError("MEDIA_POLYGLOT")
    if len(names) != len(entries):  # a reader would see one of two, another the other
        raise MediaRefusedError("MEDIA_POLYGLOT")
    if any(entry.flag_bits & 1 for entry in entries):
        raise MediaRefusedError("MEDIA_ENCRYPTED")
    if any(map(_SCRIPT.search, names)):
        raise MediaRefusedError("MEDIA_ACTIVE")
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED or len(entries) > MOST_ENTRIES:
        raise MediaRefusedError("MEDIA_BOMB")


@dataclass(frozen=True)
class _Element:
    """One of a table: its name without namespace, its attributes, the text in it."""

    name: str
    attributes: Mapping[str, str]
    text: list[str] = field(default_factory=list)

    def __getitem__(self, attribute: str) -> str:
        return self.attributes.get(attribute, "")


class _Package:
    """What a package says of itself."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._parts = {each.filename.lower(): each for each in packed.infolist()}

    def kind(self) -> str | None:
        """Its media type. Raises ``MediaRefusedError`` where it is none, or acts by itself."""
        if "ofd.xml" in self._parts:
            return self._ofd()
        if "[content_types].xml" not in self._parts:
            raise MediaRefusedError("MEDIA_TYPE")
        types = self._table("[content_types].xml")
        if any(_ACTIVE.search(each["ContentType"]) for each in types):
            raise MediaRefusedError("MEDIA_ACTIVE")
        related = {part: self._table(part) for part in self._parts if part.endswith(".rels")}
        if any(_acts(each) for table in related.values() for each in table):
            raise MediaRefusedError("MEDIA_ACTIVE")
        said = {each["PartName"].lower(): each["ContentType"] for each in types}
        leading = [
            said.get(posixpath.join("/", each["Target"]).lower(), "")
            for each in related.get("_rels/.rels", ())
            if each["Type"].endswith("/officeDocument")
        ]
        return _MAIN.get(leading[0]) if len(leading) == 1 else None

    def _ofd(self) -> str:
        table = self._table("ofd.xml")
        roots = ["".join(each.text).strip().strip("/") for each in table if each.name == "DocRoot"]
        if table[0].name != "OFD" or any(root.lower() not in self._parts for root in roots):
            raise MediaRefusedError("MEDIA_TRUNCATED")
        return OFD

    def _table(self, part: str) -> list[_Element]:
        """The elements of a part of XML, in their order; none of them may define a type."""
        found: list[_Element] = []
        parser = expat.ParserCreate(namespace_separator=" ")

        def begin(name: str, attributes: dict[str, str]) -> None:
            found.append(_Element(name.rpartition(" ")[2], attributes))

        def hold(text: str) -> None:
            found[-1].text.append(text)

        def refuse(*_: object) -> None:
            raise MediaRefusedError("MEDIA_ACTIVE")

        parser.StartElementHandler = begin
        parser.CharacterDataHandler = hold
        parser.StartDoctypeDeclHandler = refuse
        parser.Parse(self._packed.read(self._parts[part]), True)  # noqa: FBT003 # the last piece
        return found


def _acts(relationship: _Element) -> bool:
    """Whether it brings in macros, or fetches from elsewhere what is then run."""
    kind = relationship["Type"]
    fetched = relationship["TargetMode"] == "External" and _RUN.search(kind)
    return bool(_ACTIVE.search(kind) or (fetched and _ELSEWHERE.match(relationship["Target"])))
