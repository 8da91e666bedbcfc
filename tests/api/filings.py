"""Cases of the invented county: drafted, filed, and passed from stage to stage over HTTP."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from api.demo.reviewing import establishes, verifications
from api.demo.xunwu.claims import FILES, claims

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.demo.filing import File
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House

PACK = "xunwu-2024"
USUAL = {
    "degree.foreign": "false",
    "file_kept_at": "none",
    "person.status": "专业技术人员",
    "post.agency": "none",
    "post.kind": "contract",
    "profession": "none",
}
"""What each of the notices asks of an applicant of whom nothing is peculiar."""


def said(**otherwise: str) -> list[dict[str, str]]:
    """What such an applicant states by name; ``a__b`` stands for ``a.b``."""
    named = {name.replace("__", "."): value for name, value in otherwise.items()}
    return [
        {"claim": f"said-{number}", "name": name, "value": value}
        for number, (name, value) in enumerate({**USUAL, **named}.items())
    ]


DECLARED = {"declared_truthful": True, "declared_unclassified": True}
WORD = {"no_reason_to_recuse": True}
SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def title(house: House) -> dict[str, Any]:
    """A title that the county recognises, through a house."""
    return {
        "employer": house.organisation,
        "pack": PACK,
        "series": "社会科学",
        "specialty": "教育学",
        "level": "assistant",
    }


def draft(applicant: Actor, house: House) -> str:
    """The path of a case that lacks nothing but its submission."""
    path = f"/v1/cases/{done(applicant.post('/v1/cases', title(house))).body['stream']}"
    stated = claims(insured=house.name)
    done(applicant.change(path, "/applications", stated))
    for each in FILES:
        attach(applicant, path, each)
    return path


def attach(applicant: Actor, path: str, file: File) -> None:
    """Upload a scan and attach it as a file of a case."""
    upload = applicant.client.post(
        f"{path}/uploads", SCAN, Content_Type="application/pdf", Idempotency_Key=uuid4().hex
    )
    body = {
        "upload": done(upload).body["upload"],
        "kind": file.kind,
        "supports": list(file.supports),
        "title": file.title,
    }
    done(applicant.change(path, "/materials", body))


def file(applicant: Actor, path: str) -> Answer:
    """File a case."""
    return applicant.change(path, "/submissions", DECLARED)


def filed(applicant: Actor, house: House) -> str:
    """The path of a case that waits for the employer's handler."""
    path = draft(applicant, house)
    done(file(applicant, path))
    return path


def refile(applicant: Actor, path: str, version: int | None = None) -> Answer:
    """File a returned case again, each item answered."""
    seen = done(applicant.get(path)).body
    answers = [{"item": each["item"], "answer": "已改正。"} for each in seen["return_items"]]
    body = {**DECLARED, "answers": answers}
    return applicant.post(f"{path}/resubmissions", body, version=version or seen["version"])


def opine(
    handler: Actor,
    path: str,
    said: Mapping[str, str] = MappingProxyType({}),
    /,
    **members: Any,  # noqa: ANN401 -- of a request
) -> Answer:
    """The handler's opinion, every claim confirmed; ``said`` are facts that are no usual ones."""
    seen = done(handler.get(path)).body
    body = {
        "recommendation": "approve",
        "reasons": [],
        "verifications": verifications(seen, {}),
        "opinion": "经逐项核实，建议通过。",
        **WORD,
        **members,
    }
    if "establishes" not in members:
        body["establishes"] = establishes(done(handler.get(f"{path}/duties")).body, said)
    return handler.post(f"{path}/handler-opinions", body, version=seen["version"])


def decide(leader: Actor, path: str, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """The leader's decision."""
    body = {"decision": "approve", "reasons": [], "opinion": None, **WORD, **members}
    return leader.change(path, "/leader-decisions", body)


def passed(path: str, house: House) -> None:
    """Both acts of a stage, in favour."""
    done(opine(house.handler, path))
    done(decide(house.leader, path))


def acts_in(seen: Mapping[str, Any]) -> list[str]:
    """The acts that are on offer by a representation, each once."""
    return list({each["act"]: None for each in seen["acts"] if not each["refusals"]})


def kept_from(seen: Mapping[str, Any]) -> dict[str, set[str]]:
    """The acts that are expected and not on offer, each with what keeps one from it."""
    return {
        each["act"]: {reason["code"] for reason in each["refusals"]}
        for each in seen["acts"]
        if each["refusals"]
    }


def done(answer: Answer) -> Answer:
    """The answer, which is no problem."""
    assert answer.status in (200, 201), answer.body
    return answer
