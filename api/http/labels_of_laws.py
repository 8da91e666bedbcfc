"""What the words that the laws in force define are called: levels, materials, facts, columns."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import g

from api.http.labels import FLAGS
from api.http.refusal_names import REFUSALS
from api.services import services
from api.signin.caller import caller_or_nobody
from domain.policy.names import LISTS, NAMES
from domain.policy.own_wording import wordings_in
from domain.policy.sources import TITLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from api.conventions.vocabulary import Names
    from domain.policy.law import Law
    from domain.policy.vacancy_form import VacancyFormRule

_POST: Names = {"post.series": "现岗位系列", "post.since": "现岗位任职日期"}


def of_laws(name: str, pack: str | None = None) -> Names:
    """The words by which lists are narrowed: packs, stages, levels or batches, in order.

    As a ``pack`` calls them, where one is named.
    """
    return dict(sorted(services().office.laws.vocabularies(pack)[name].items()))


def _by_laws(words: Callable[[tuple[Law, ...]], Names]) -> Callable[[], Names]:
    """Words that laws define, found anew only where there are other laws than before."""
    found: tuple[list[str], Names] = ([], {})

    @wraps(words)
    def names() -> Names:
        nonlocal found
        laws, kept = _laws(), found
        digests = [each.digest for each in laws]
        if kept[0] != digests:
            found = kept = digests, words(laws)
        return kept[1]

    return names


@_by_laws
def title_levels(laws: tuple[Law, ...]) -> Names:
    """The levels of titles."""
    return _named(law.whole.levels for law in laws)


@_by_laws
def recusal_grounds(laws: tuple[Law, ...]) -> Names:
    """The grounds on which a reviewer is recused."""
    return _named(law.whole.recusal_grounds for law in laws)


@_by_laws
def educations(laws: tuple[Law, ...]) -> Names:
    """Diplomas and degrees, with those that count as one of them."""
    return _named(law.whole.educations for law in laws)


@_by_laws
def materials(laws: tuple[Law, ...]) -> Names:
    """The kinds of material."""
    return _named(law.whole.materials for law in laws)


@_by_laws
def particulars(laws: tuple[Law, ...]) -> Names:
    """What an applicant can state by name."""
    own = {name: fact.means for law in laws for name, fact in law.whole.facts.items()}
    said = {**NAMES, **own}
    return {**_POST, **{name: words.partition(" ")[0] for name, words in said.items()}}


def established() -> Names:
    """What a reviewer can establish by name: the same, and titles that were left out."""
    return {**particulars(), TITLES: LISTS[TITLES].partition(" ")[0]}


@_by_laws
def period_lists(laws: tuple[Law, ...]) -> Names:
    """The lists of periods that an applicant can state."""
    return {name: law.means(name)[0] for law in laws for name in sorted(law.lists())}


@_by_laws
def refusal_codes(laws: tuple[Law, ...]) -> Names:
    """The codes of refusals, with those that are a law's own, called by its sentence."""
    own = {
        each.code: each.own.chinese.partition("{")[0].rstrip("，。：；（")
        for law in laws
        for each in wordings_in(law.whole)
        if each.own is not None and each.code not in REFUSALS
    }
    return {**REFUSALS, **own}


def marks() -> Names:
    """The marks of cases, as far as the house or a law has a name for them."""
    return {**refusal_codes(), **FLAGS}


@_by_laws
def rules(laws: tuple[Law, ...]) -> Names:
    """The rules that laws quote, each by its id and its clause."""
    cited = {name: quoted.citation for law in laws for name, quoted in law.rules.items()}
    return {name: f"{name} {each.clause}".strip() for name, each in cited.items()}


def vacancy_columns() -> Names:
    """The columns of the form of posts."""
    return _named(form.columns for form in _forms())


def vacancy_seals() -> Names:
    """Whose opinions the form of posts needs."""
    return _named(form.seals for form in _forms())


def _laws() -> tuple[Law, ...]:
    """Every law that is known, read once while one request is answered.

    Whom the gate let in came after it had looked at the record.
    """
    if "laws" not in g:
        office = services().office
        g.laws = tuple(office.laws if caller_or_nobody() is None else office.laws_at_hand)
    known: tuple[Law, ...] = g.laws
    return known


def _named(tables: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {each.id: each.chinese for table in tables for each in table.values()}


def _forms() -> Iterator[VacancyFormRule]:
    for law in _laws():
        if (form := law.vacancy_form()) is not None:
            yield form
