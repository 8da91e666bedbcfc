"""Files as people send them, and as somebody with bad intentions does; all made here."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING
from zlib import crc32

import pikepdf
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
PE = b"MZ\x90\0" + bytes(60) + b"PE\0\0"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def pdf(**permissions: str) -> bytes:
    """A page of nothing; with passwords where they are named."""
    return saved(a_page(), **permissions)


def a_page() -> pikepdf.Pdf:
    made = pikepdf.Pdf.new()
    made.add_blank_page()
    return made


def saved(made: pikepdf.Pdf, **passwords: str) -> bytes:
    octets = BytesIO()
    made.save(octets, encryption=pikepdf.Encryption(**passwords) if passwords else None)  # type: ignore[arg-type] # R is an int, unnamed here
    return octets.getvalue()


def pdf_that_acts(**catalog: object) -> bytes:
    made = a_page()
    for name, value in catalog.items():
        made.Root[f"/{name}"] = value
    return saved(made)


def pdf_with(name: str, attached: bytes) -> bytes:
    """With a file attached to it, and stored as it is."""
    made = a_page()
    made.attachments[name] = pikepdf.AttachedFileSpec(made, attached, filename=name)
    octets = BytesIO()
    made.save(octets, compress_streams=False)
    return octets.getvalue()


def damaged_pdf() -> bytes:
    """Of which no table is where it says, but every page is there."""
    return pdf().replace(b"startxref\n", b"startxref\n9")


def packed(parts: dict[str, bytes | str], comment: bytes = b"") -> bytes:
    octets = BytesIO()
    with zipfile.ZipFile(octets, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
        file.comment = comment
    return octets.getvalue()


def office(
    kind: str = WORD,
    main: str = "word/document.xml",
    parts: dict[str, bytes | str] | None = None,
    *,
    types: str = "",
    related: str = "",
) -> bytes:
    """A document of the office programs: its table of types, where it begins, its parts."""
    usual: dict[str, bytes | str] = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats'
        f'.org/package/2006/content-types"><Default Extension="xml" ContentType="text/xml"/>'
        f'<Override PartName="/{main}" ContentType="{kind}"/>{types}</Types>',
        "_rels/.rels": relations(f'Type="{OFFICE}/officeDocument" Target="{main}"'),
        main: "<w/>",
        "word/_rels/document.xml.rels": relations(*filter(None, [related])),
    }
    return packed(usual | (parts or {}))


def relations(*each: str) -> str:
    made = "".join(f'<Relationship Id="r{n}" {one}/>' for n, one in enumerate(each))
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{made}</Relationships>'


def ofd(parts: dict[str, bytes | str] | None = None, comment: bytes = b"") -> bytes:
    head = '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>'
    root = "Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    usual: dict[str, bytes | str] = {"OFD.xml": head + root, "Doc_0/Document.xml": "<d/>"}
    return packed(usual | (parts or {}), comment)


def picture(form: str, **saving: object) -> bytes:
    """A picture of enough noise to be of some size."""
    octets = BytesIO()
    Image.effect_noise((200, 200), 60).save(octets, form, **saving)
    return octets.getvalue()


def half(octets: bytes) -> bytes:
    return octets[: len(octets) // 2]


def compound(*names: str) -> bytes:
    """A compound file with these names in its directory; of 128 octets each (MS-CFB, 2.6.1)."""
    entries = (name.encode("utf-16-le").ljust(128, b"\0") for name in names)
    return COMPOUND + b"".join(entries)


def with_object(held: bytes) -> bytes:
    return office(parts={"word/embeddings/oleObject1.bin": held})


def many(name: str, content: bytes, times: int) -> dict[str, bytes | str]:
    return {f"{name}{number}": content for number in range(times)}


def nested(depth: int) -> bytes:
    return office(parts={"word/embeddings/a.docx": nested(depth - 1)} if depth else None)


def vast() -> bytes:
    """A picture that says that it has 20,000 by 20,000 points (PNG, 11.2.1)."""
    plain = picture("PNG")
    said = b"IHDR" + (20_000).to_bytes(4) * 2 + plain[24:29]
    return plain[:12] + said + crc32(said).to_bytes(4) + plain[33:]


def bomb() -> bytes:
    """A document that says that its last part has 600 MiB (APPNOTE, 4.3.12)."""
    plain = office()
    listed = plain.rfind(b"PK\1\2") + 24
    return plain[:listed] + (600 << 20).to_bytes(4, "little") + plain[listed + 4 :]


TAKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "PDF": (pdf, "pdf"),
    "PDF after blank lines and a mark of byte order": (lambda: b"\xef\xbb\xbf\r\n" + pdf(), "pdf"),
    "PDF after what a mailer wrote": (lambda: b"Content-Type: x\r\n\r\n" + pdf(), "pdf"),
    "PDF before what a scanner wrote": (lambda: pdf() + b"\0" * 600 + b"scan 7\r\n", "pdf"),
    "PDF that opens for everybody, but not for changing": (lambda: pdf(owner="o", user=""), "pdf"),
    "PDF with a table out of place": (damaged_pdf, "pdf"),
    "PDF with an attached DOCX": (lambda: pdf_with("a.docx", office()), "pdf"),
    "PDF with an attached invoice in XML": (lambda: pdf_with("a.xml", b"<?xml?><a/>"), "pdf"),
    "OFD": (ofd, "ofd"),
    "OFD with a comment in its end record": (lambda: ofd(comment=b"made by somebody"), "ofd"),
    "DOCX": (office, "wordprocessingml"),
    "DOCX with other part names": (lambda: office(main="word/document2.xml"), "wordprocessingml"),
    "DOCX with a table within": (
        lambda: office(parts={"word/embeddings/a.xlsx": office(SHEET, "xl/workbook.xml")}),
        "wordprocessingml",
    ),
    "DOCX with slides within": (
        lambda: office(parts={"word/embeddings/a.pptx": office(SLIDES, "ppt/presentation.xml")}),
        "wordprocessingml",
    ),
    "DOCX with a formula": (lambda: with_object(compound("Equation Native")), "wordprocessingml"),
    "DOCX after a template of its author's own machine": (
        lambda: office(
            related=f'Type="{OFFICE}/attachedTemplate" Target="file:///C:\\Users\\a\\Normal.dotm"'
            ' TargetMode="External"'
        ),
        "wordprocessingml",
    ),
    "XLSX": (lambda: office(SHEET, "xl/workbook.xml"), "spreadsheetml"),
    "JPEG": (lambda: picture("JPEG"), "jpeg"),
    "JPEG with a comment that holds PK\\5\\6": (
        lambda: picture("JPEG", comment=b"PK\5\6" + bytes(30)),
        "jpeg",
    ),
    "JPEG with a thumbnail behind it": (lambda: picture("JPEG") + picture("JPEG"), "jpeg"),
    "PNG": (lambda: picture("PNG"), "png"),
    "TIFF": (lambda: picture("TIFF", compression="tiff_lzw"), "tiff"),
    "TIFF of two pages": (
        lambda: picture("TIFF", save_all=True, append_images=[Image.new("1", (9, 9))]),
        "tiff",
    ),
}
"""By what they are: the file, and a part of its media type."""

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "MEDIA_TYPE"),
    "program of Windows": (lambda: PE, "MEDIA_TYPE"),
    "program of Linux": (lambda: b"\x7fELF" + bytes(2000), "MEDIA_TYPE"),
    "script": (lambda: b"#!/bin/sh\nrm -rf /\n", "MEDIA_TYPE"),
    "page": (lambda: b"<html><script>alert(1)</script>", "MEDIA_TYPE"),
    "moving picture": (lambda: picture("GIF"), "MEDIA_TYPE"),
    "archive": (lambda: packed({"a.txt": "a"}), "MEDIA_TYPE"),
    "slides": (lambda: office(SLIDES, "ppt/presentation.xml"), "MEDIA_TYPE"),
    "DOC": (lambda: compound("WordDocument"), "MEDIA_OUTDATED"),
    "XLS with macros": (lambda: compound("Workbook", "_VBA_PROJECT"), "MEDIA_OUTDATED"),
    "DOCX with a password": (lambda: compound("EncryptedPackage"), "MEDIA_ENCRYPTED"),
    "PDF with a password": (lambda: pdf(owner="o", user="u"), "MEDIA_ENCRYPTED"),
    "PDF cut in half": (lambda: half(pdf()), "MEDIA_TRUNCATED"),
    "PDF without its end": (lambda: pdf()[:-7], "MEDIA_TRUNCATED"),
    "PDF without a page": (lambda: saved(pikepdf.Pdf.new()), "MEDIA_TRUNCATED"),
    "OFD cut in half": (lambda: half(ofd()), "MEDIA_TRUNCATED"),
    "OFD that leads nowhere": (
        lambda: ofd().replace(b"Doc_0/Doc", b"Doc_1/Doc"),
        "MEDIA_TRUNCATED",
    ),
    "DOCX without its end": (lambda: office()[:-1], "MEDIA_TRUNCATED"),
    "JPEG cut in half": (lambda: half(picture("JPEG")), "MEDIA_TRUNCATED"),
    "PNG cut in half": (lambda: half(picture("PNG")), "MEDIA_TRUNCATED"),
    "TIFF cut in half": (lambda: half(picture("TIFF")), "MEDIA_TRUNCATED"),
    "PDF after a program": (lambda: PE + pdf(), "MEDIA_POLYGLOT"),
    "PDF before an archive": (lambda: pdf() + packed({"a": "a"}), "MEDIA_POLYGLOT"),
    "PDF before padding and an archive": (
        lambda: pdf() + b"scan 7\n" + packed({"a": "a"}),
        "MEDIA_POLYGLOT",
    ),
    "PDF before a page": (lambda: pdf() + b"\n<script>1</script>", "MEDIA_POLYGLOT"),
    "JPEG followed by HTML": (lambda: picture("JPEG") + b"<HTML>", "MEDIA_POLYGLOT"),
    "JPEG followed by an archive": (
        lambda: picture("JPEG") + packed({"a": "a"}),
        "MEDIA_POLYGLOT",
    ),
    "JPEG that is a PDF": (lambda: picture("JPEG", comment=pdf()), "MEDIA_POLYGLOT"),
    "PNG followed by a program": (lambda: picture("PNG") + PE, "MEDIA_POLYGLOT"),
    "TIFF followed by an archive": (
        lambda: picture("TIFF") + packed({"a": "a"}),
        "MEDIA_POLYGLOT",
    ),
    "DOCX followed by something": (lambda: office() + b"more", "MEDIA_POLYGLOT"),
    "DOCX with an archive within": (
        lambda: office(parts={"word/media/a.png": packed({"a": "a"})}),
        "MEDIA_POLYGLOT",
    ),
    "OFD with a comment that is an end record": (
        lambda: ofd(comment=b"PK\5\6" + bytes(18)),
        "MEDIA_POLYGLOT",
    ),
    "PDF with a script": (
        lambda: pdf_that_acts(
            OpenAction=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))
        ),
        "MEDIA_ACTIVE",
    ),
    "PDF with a form that computes": (
        lambda: pdf_that_acts(AcroForm=pikepdf.Dictionary(XFA=pikepdf.String("<xdp/>"))),
        "MEDIA_ACTIVE",
    ),
    "PDF that starts a program": (
        lambda: pdf_that_acts(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.Launch)),
        "MEDIA_ACTIVE",
    ),
    "PDF with an attached program": (lambda: pdf_with("a.docx", PE), "MEDIA_ACTIVE"),
    "PDF with an attached DOCX with macros": (
        lambda: pdf_with("a.docx", with_object(compound("_VBA_PROJECT"))),
        "MEDIA_ACTIVE",
    ),
    "DOCX with macros": (
        lambda: office(
            "application/vnd.ms-word.document.macroEnabled.main+xml",
            parts={"word/vbaProject.bin": compound("_VBA_PROJECT")},
        ),
        "MEDIA_ACTIVE",
    ),
    "DOCX with renamed macros": (
        lambda: office(parts={"word/vbaProject1.bin": compound("VBA", "_VBA_PROJECT")}),
        "MEDIA_ACTIVE",
    ),
    "DOCX related to macros under another name": (
        lambda: office(
            parts={"word/a.bin": "a"},
            related=f'Type="{MICROSOFT}/vbaProject" Target="a.bin"',
        ),
        "MEDIA_ACTIVE",
    ),
    "XLSX with a sheet of old macros": (
        lambda: office(
            SHEET,
            "xl/workbook.xml",
            {"xl/worksheets/sheet2.xml": "<m/>"},
            types='<Override PartName="/xl/worksheets/sheet2.xml"'
            ' ContentType="application/vnd.ms-excel.macrosheet+xml"/>',
        ),
        "MEDIA_ACTIVE",
    ),
    "DOCX with an object that is a program": (
        lambda: with_object(compound("\x01Ole10Native")),
        "MEDIA_ACTIVE",
    ),
    "DOCX after a template from elsewhere": (
        lambda: office(
            related=f'Type="{OFFICE}/attachedTemplate" Target="https://example.com/a.dotm"'
            ' TargetMode="External"'
        ),
        "MEDIA_ACTIVE",
    ),
    "DOCX that defines types": (
        lambda: office(parts={"_rels/.rels": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
        "MEDIA_ACTIVE",
    ),
    "OFD with a program as a picture": (lambda: ofd({"Doc_0/Res/a.png": PE}), "MEDIA_ACTIVE"),
    "OFD with a script": (lambda: ofd({"Doc_0/a.VBS": "MsgBox 1"}), "MEDIA_ACTIVE"),
    "DOCX of too many parts": (lambda: office(parts=many("a", b"", 10_001)), "MEDIA_BOMB"),
    "DOCX that unpacks to too much": (bomb, "MEDIA_BOMB"),
    "documents within documents": (lambda: nested(5), "MEDIA_BOMB"),
    "PNG of too many points": (vast, "MEDIA_BOMB"),
}
"""By what they are: the file, and why it is refused."""
