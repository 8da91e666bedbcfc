"""One problem, and its body as application/problem+json (RFC 9457)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from api.problems.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.refusal import Citation, Refusal

Language = Literal["zh", "en"]

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field; ``pointer`` is a JSON pointer (RFC 6901) into the request."""

    pointer: str
    chinese: str
    english: str


class Problem(Exception):  # noqa: N818 -- an answer, not an error
    """Raised wherever a request can't be answered as asked; ``code`` is in the catalogue.

    ``words`` fill the braces of the catalogue's sentences; ``members`` stand in the body for
    programs to read.
    """

    def __init__(
        self,
        code: str,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, object] | None = None,
        **words: str | int,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status = int(CATALOGUE[code].status)
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.members = dict(members or {})
        self.words = words

    @property
    def sentences(self) -> tuple[str, str]:
        """What is told of it, in Chinese and in English."""
        entry = CATALOGUE[self.code]
        return entry.chinese.format(**self.words), entry.english.format(**self.words)

    def document(self, language: Language, request_id: str) -> dict[str, object]:
        """The body that tells the caller."""
        chinese, english = self.sentences
        sentence = chinese if language == "zh" else english
        body = document(self.code, self.status, sentence, request_id)
        body |= self.members
        if self.errors:
            body["errors"] = [
                {
                    "pointer": error.pointer,
                    "detail": error.chinese if language == "zh" else error.english,
                }
                for error in self.errors
            ]
        return body


def too_large(code: str, limit: int) -> Problem:
    """The problem of a code whose sentence tells the most bytes that are taken: ``limit``."""
    return Problem(code, members={"limit": limit}, limit=f"{limit:,}", size=_size(limit))


def _size(octets: int) -> str:
    for unit, scale in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if octets >= scale:
            return f"{octets / scale:.3g} {unit}"
    return f"{octets} B"


def document(code: str, status: int, detail: str, request_id: str) -> dict[str, object]:
    """The members that every problem has."""
    return {
        "type": f"urn:mingjian:problem:{code.lower().replace('_', '-')}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id,
    }


def refusals_document(
    refusals: Sequence[Refusal], language: Language, request_id: str
) -> dict[str, object]:
    """The body for what the law does not allow: the first reason's code, and all reasons.

    ``rules`` lists each rule once, in the order in which the reasons cite them.
    """
    sentences = [_sentence(refusal, language) for refusal in refusals]
    body = document(refusals[0].code, 409, "\n".join(sentences), request_id)
    cited = dict.fromkeys(citation for refusal in refusals for citation in refusal.citations)
    body["rules"] = [plain_citation(citation) for citation in cited]
    body["refusals"] = [
        {
            "code": refusal.code,
            "detail": sentence,
            "pointer": refusal.pointer,
            "rules": [citation.rule for citation in refusal.citations],
        }
        for refusal, sentence in zip(refusals, sentences, strict=True)
    ]
    return body


def reasons(refusals: Sequence[Refusal], language: Language) -> list[dict[str, object]]:
    """Each reason by itself, with the rules that it cites."""
    return [
        {
            "code": each.code,
            "detail": _sentence(each, language),
            "rules": [plain_citation(citation) for citation in each.citations],
        }
        for each in refusals
    ]


def _sentence(refusal: Refusal, language: Language) -> str:
    return refusal.chinese if language == "zh" else refusal.english


def plain_citation(citation: Citation) -> dict[str, object]:
    """The words of one rule, with whose they are."""
    return {
        "id": citation.rule,
        "clause": citation.clause,
        "quote": citation.quote,
        "source": citation.source,
    }
