"""Whether each rule of the notices is obeyed: without it, somebody's case ends otherwise.

``mingjian policy prove`` lives every worked example of eligibility through under its
law, then without each rule that bears upon it, and writes ``docs/proved.toml``: for each rule
whose absence changes an outcome, the example and both outcomes. It goes on where it was broken off.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.law import packs
from api.law.book import LawBook
from bench.mutate.rule_removal import law_without
from domain import beijing
from domain.policy.examples.answers import cases
from domain.policy.examples.facts import facts_from
from domain.policy.facts import Facts
from domain.policy.faults import PackError
from domain.policy.records import NOT_MENTIONED
from tests.stories.living import Life, lived
from tests.stories.setting import NotLivedError
from tests.worked import FILES, worked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.policy.law import Law

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "proved.toml"
DEFAULT = packs.document(packs.PACKS / "national-default.toml")
_OTHERS = 5
"""How many situations are tried whose verdict does not rest on a rule: their way may."""
LAWS = {law.id: law for law in packs.load_all()}


@dataclass(frozen=True, kw_only=True)
class Situation:
    """One case of a worked example, with what its locality's law makes of it."""

    name: str
    law: str
    outcome: str
    facts: Facts
    leaving_out: str = ""
    too_late: str = ""
    paying: str = ""
    slow: tuple[str, date] | None = None
    of: str = ""
    """The table and the row that it is a variation upon."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A rule without which somebody's case ends otherwise."""

    rule: str
    example: str
    obeyed: str
    without: str


@cache
def situations() -> tuple[Situation, ...]:
    """Every case of every worked example of eligibility that somebody's filing could say."""
    return tuple(_situations())


@cache
def everybody() -> tuple[Situation, ...]:
    """These, and variations upon somebody against whom nothing speaks."""
    return (*situations(), *variations())


def variations() -> Iterator[Situation]:
    """Somebody against whom nothing speaks: in time and not, and with one material left out.

    Whose papers go to each place, by each hand-over in time and too late; who pays each fee.
    """
    for law in LAWS.values():
        yield from _on_paper(law)
        yield Situation(name=f"{law.id}.honest", law=law.id, outcome="eligible", facts=Facts())
        for material in law.whole.materials:
            yield Situation(
                name=f"{law.id}.without-{material}",
                law=law.id,
                outcome="refused",
                facts=Facts(),
                leaving_out=material,
            )
        for window in law.windows():
            too_late = window.closes and window.closes + timedelta(days=1)
            for stage in filter(law.whole.stages.__contains__, window.binds if too_late else ()):
                yield Situation(
                    name=f"{law.id}.{stage}-slow-{window.id}",
                    law=law.id,
                    outcome="refused",
                    facts=Facts(),
                    slow=None if too_late is None else (stage, too_late),
                )
            for word, on in (
                ("before", window.opens and window.opens - timedelta(days=1)),
                ("after", window.closes and window.closes + timedelta(days=1)),
            ):
                if on is not None:
                    at = datetime.combine(on, time(9), beijing.BEIJING)
                    yield Situation(
                        name=f"{law.id}.{word}-{window.id}",
                        law=law.id,
                        outcome="refused",
                        facts=Facts(submitted_at=at),
                    )


def _on_paper(law: Law) -> Iterator[Situation]:
    pack = tomllib.loads(packs.document(packs.pack_path(law.id)).text)
    for table in ("places", "paper_legs", "fees"):
        for row in pack.get(table, ()):
            of = f"{table}.{row['id']}"
            good = Situation(
                name=f"{law.id}.{of}",
                law=law.id,
                outcome="eligible",
                facts=_for_whom(row),
                paying=row.get("channel", ""),
                of=of,
            )
            yield good
            if table == "paper_legs":
                late = f"{good.name}-too-late"
                yield replace(good, name=late, outcome="refused", too_late=row["id"])
            if table == "fees":
                yield replace(good, name=f"{good.name}-in-cash", outcome="refused", paying="cash")


def _for_whom(row: Mapping[str, Any]) -> Facts:
    """Somebody for whom a row of a pack is meant, as far as it names a series or a level."""
    when = row.get("when", {})
    when = when["any"][0] if "any" in when else when
    series, level = (_first(when.get(name, NOT_MENTIONED)) for name in ("series", "level"))
    return Facts(
        series=NOT_MENTIONED if series == "some" else series,
        applied=level,
        named={name: value for name, value in when.items() if isinstance(value, bool)},
    )


def _first(said: Any) -> Any:  # noqa: ANN401 -- a word, or a list of words
    return said[0] if isinstance(said, list) else said


def _situations() -> Iterator[Situation]:
    for path in FILES:
        for example in worked(path)["examples"]:
            if example["kind"] != "eligibility" or example.get("locality") not in LAWS:
                continue
            expected = example["expect"]["outcome"]
            for number, given in enumerate(cases(example["facts"])):
                outcome = expected[number] if isinstance(expected, list) else expected
                yield Situation(
                    name=f"{example['id']}.{number}",
                    law=example["locality"],
                    outcome=outcome,
                    facts=facts_from(given),
                )


@cache
def ended(name: str) -> str | None:
    """How a situation ends under its law; None where it is nothing that a filing could say."""
    (one,) = (each for each in everybody() if each.name == name)
    return _ended(LAWS[one.law], one, None)


def prove(rule: str, law: Law) -> Proof | None:
    """The first situation that ends otherwise without the rule; None where none does."""
    pack = packs.document(packs.pack_path(law.id))
    try:
        lamed = law_without(rule, DEFAULT, pack)
    except (PackError, KeyError):
        return None
    lamed = _under_its_name(lamed, law)
    book = LawBook(packs.load_default(), [lamed])
    for one in _bearing_on(rule, law):
        with_it = ended(one.name)
        if with_it is None:
            continue
        without = _ended(lamed, one, book)
        if without is not None and without != with_it:
            return Proof(rule=rule, example=one.name, obeyed=with_it, without=without)
    return None


def _under_its_name(lamed: Law, law: Law) -> Law:
    return replace(lamed, digest=law.digest, layers=law.layers, texts=law.texts)


def _ended(law: Law, one: Situation, book: LawBook | None) -> str | None:
    try:
        return str(_lived(law, one, book))
    except NotLivedError:
        return None
    except (AssertionError, LookupError) as broken:
        return f"stands still: {type(broken).__name__}"


def _lived(law: Law, one: Situation, book: LawBook | None) -> Life:
    return lived(
        law,
        one.facts,
        book,
        leaving_out=one.leaving_out,
        too_late=one.too_late,
        paying=one.paying,
        slow=one.slow,
    )


def _bearing_on(rule: str, law: Law) -> list[Situation]:
    """The situations of a law, first those whose verdict rests on the rule."""
    of_law = [each for each in everybody() if each.law == law.id]
    bearing = [each for each in of_law if rule in _rests_on(each.name) or rule in _asked_by(each)]
    honest = [each for each in of_law if each.name == f"{law.id}.honest"]
    others = [each for each in of_law if each not in bearing and each.outcome == "eligible"]
    return [*bearing, *honest, *others[:_OTHERS]]


def _asked_by(one: Situation) -> frozenset[str]:
    """The rules by which the material that is left out, or the window, is asked for."""
    whole = LAWS[one.law].whole
    _, _, varied = one.name.partition(".")
    windows = [each for each in whole.windows.values() if varied.endswith(f"-{each.id}")]
    materials = [whole.materials[one.leaving_out]] if one.leaving_out else []
    cited = [each.citations for each in windows] + [each.citations for each in materials]
    table, _, row = one.of.partition(".")
    cited += [getattr(whole, table)[row].citations] if one.of else []
    return frozenset(one.rule for citations in cited for one in citations)


@cache
def _rests_on(name: str) -> frozenset[str]:
    (one,) = (each for each in everybody() if each.name == name)
    verdict = LAWS[one.law].assess(one.facts)
    refused = (cited for each in verdict.refusals for cited in each.citations)
    return frozenset(cited.rule for cited in (*verdict.citations, *refused))


def own_rules() -> dict[str, Law]:
    """Each rule that a notice quotes, with its law."""
    return {
        rule: law
        for law in LAWS.values()
        for rule, quoted in law.rules.items()
        if quoted.citation.source == law.id
    }


def digest() -> str:
    """Of the packs and the examples, to which the table belongs."""
    content = hashlib.sha256()
    for path in (*sorted(packs.PACKS.glob("*.toml")), *FILES):
        content.update(path.read_bytes())
    return content.hexdigest()


def table() -> dict[str, Any]:
    """What was proved, as it was written last."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {}


def _write(proved: dict[str, dict[str, str]], unproved: list[str]) -> None:
    lines = [
        "# Which rules of the notices are obeyed: without the rule, the case of the example ends",
        "# otherwise. Written by ./mingjian policy prove. Under tried: no case does.",
        f'digest = "{digest()}"',
        f"tried = {json.dumps(sorted(unproved))}",
    ]
    for rule in sorted(proved):
        lines += ["", f"[proved.{rule}]"]
        lines += [
            f"{name} = {json.dumps(word, ensure_ascii=False)}"
            for name, word in proved[rule].items()
        ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Prove every rule that is not proved yet under these packs and examples."""
    before = table()
    known = before if before.get("digest") == digest() else {}
    proved: dict[str, dict[str, str]] = dict(known.get("proved", {}))
    tried: list[str] = list(known.get("tried", []))
    rules = own_rules()
    for number, (rule, law) in enumerate(sorted(rules.items()), 1):
        if rule in proved or rule in tried:
            continue
        found = prove(rule, law)
        if found is None:
            tried.append(rule)
        else:
            proved[rule] = {
                "example": found.example,
                "obeyed": found.obeyed,
                "without": found.without,
            }
        _write(proved, tried)
        sys.stderr.write(f"\r{number}/{len(rules)} {rule} {len(proved)} proved")
    sys.stderr.write("\n")


if __name__ == "__main__":
    main()
