"""How applicants file: claims, files that support them, submission."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.client import Reply
    from api.demo.participant import Participant
    from api.demo.stage import Stage

DECLARED = {"declared_truthful": True, "declared_unclassified": True}
NOTHING_ELSE: dict[str, list[object]] = {
    "educations": [],
    "work": [],
    "titles": [],
    "assessments": [],
    "achievements": [],
    "licences": [],
}
"""What somebody states who has none of it: to leave a list out would say nothing."""

SCAN = (
    b"%PDF-1.4\n% an invented scan\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass(frozen=True, kw_only=True)
class Title:
    """What is applied for, under which pack."""

    pack: str
    series: str
    specialty: str
    level: str


@dataclass(frozen=True, kw_only=True)
class File:
    """A file as it is attached: its kind in the pack, its title, the claims that it supports."""

    kind: str
    title: str
    supports: tuple[str, ...]
    column: str | None = None


def begin(stage: Stage, who: Participant, key: str, title: Title) -> Reply:
    """Open a case, under a key by which the story finds it."""
    body = {
        "employer": who.organisation,
        "pack": title.pack,
        "series": title.series,
        "specialty": title.specialty,
        "level": title.level,
    }
    reply = who.post("/v1/cases", body)
    if reply.status < HTTPStatus.BAD_REQUEST:
        stage.cases[key] = f"/v1/cases/{reply.stream}"
    return reply


def state(stage: Stage, who: Participant, key: str, claims: dict[str, object]) -> Reply:
    """State all claims of a case."""
    return who.act_on(stage.cases[key], "applications", claims)


def attach(stage: Stage, who: Participant, key: str, file: File) -> Reply:
    """Upload a file, then attach it."""
    path = stage.cases[key]
    upload = stage.quietly(who.send(f"{path}/uploads", SCAN, "application/pdf"))
    body = {
        "upload": upload.body["upload"],
        "kind": file.kind,
        "column": file.column,
        "supports": list(file.supports),
        "title": file.title,
    }
    return who.act_on(path, "materials", body)


def prepare(
    stage: Stage,
    who: Participant,
    key: str,
    title: Title,
    claims: dict[str, object],
    files: tuple[File, ...],
) -> None:
    """A draft with everything but its submission; not dwelt on."""
    stage.quietly(begin(stage, who, key, title))
    stage.quietly(state(stage, who, key, claims))
    for file in files:
        stage.quietly(attach(stage, who, key, file))


def submit(stage: Stage, who: Participant, key: str) -> Reply:
    """File a case."""
    return who.act_on(stage.cases[key], "submissions", DECLARED)


def resubmit(stage: Stage, who: Participant, key: str) -> Reply:
    """File a returned case again, with an answer to each item."""
    items = who.get(stage.cases[key]).body["return_items"]
    answers = [{"item": each["item"], "answer": "已按要求改正。"} for each in items]
    return who.act_on(stage.cases[key], "resubmissions", {**DECLARED, "answers": answers})
