"""Of what the years of a requirement are, in English; ``Readable`` says it in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.law import Law
    from domain.policy.terms import Term

_WAYS: Mapping[str, str] = {
    "tenure": "time in a title",
    "post": "time in the present post",
    "station": "time in a post-doctoral station",
}
_MILESTONES: Mapping[str, str] = {
    "education": "the diploma or degree",
    "diploma": "the diploma",
    "degree": "the degree",
    "title": "the title",
    "previous": "what comes before it",
}
_RELATIONS: Mapping[str, str] = {
    "same": "the specialty",
    "close": "a specialty close to it",
    "professional": "another profession",
    "other": "any other kind",
}


def counted_in_english(term: Term, law: Law) -> str:
    """What is counted, and between which days."""
    said = _what(term, law)
    for word, milestone in (("after", term.after), ("before", term.before)):
        if milestone is not None:
            said += f" {word} {_MILESTONES.get(milestone) or law.means(milestone)[1]}"
    if term.around:
        said += " before and after the diploma or degree"
    if term.until_now:
        return f"{said}, unbroken until now"
    return f"unbroken {said}" if term.unbroken else said


def _what(term: Term, law: Law) -> str:
    if term.of == "since":
        return f"time since {law.means(term.fact or '')[1]}"
    if term.of != "work":
        return _WAYS.get(term.of) or law.means(term.of)[1]
    relations = term.where.wanted("relation") if term.where else ()
    kinds = [_RELATIONS[str(each)] for each in relations if each in _RELATIONS]
    return f"work of {' or '.join(kinds)}" if kinds else "work"
