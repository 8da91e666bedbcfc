"""What must be handed in, by whom, where, how often, and under whose stamp (申报材料)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.asking import read_when
from domain.policy.chain import CLAIM_KINDS
from domain.policy.choice import held
from domain.policy.own_wording import OWN_WORDS, Wording, read_wording
from domain.policy.when import When
from domain.refusal import Citation
from domain.refusals.sentences_by_code import refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from domain.policy.facts import Facts
    from domain.policy.reading import Reader
    from domain.refusal import Refusal

CHANNELS = ("online", "paper", "linked", "online_or_linked", "either")


@dataclass(frozen=True, kw_only=True)
class Material:
    """One material.

    ``kind`` is its class (qualification, performance, form). ``channel`` says how it comes;
    ``linked`` is taken from another system and needs no upload. ``instead`` are materials
    that serve in its place. ``original`` says that its original is shown with the copy and handed
    back. ``stamps`` are the seals and signatures on it: on paper, whoever receives it says that
    they are there; what was scanned is shown to reviewers with them. ``part_of`` is the paper of
    which it is a column. ``supports`` are the kinds of claim that it is evidence of.
    """

    id: str
    chinese: str
    english: str
    kind: str
    channel: str
    form: str
    copies: int
    original: bool
    stamps: tuple[str, ...]
    part_of: str | None
    column: str | None
    source: str | None
    instead: tuple[str, ...]
    supports: tuple[str, ...]
    required: bool
    refuses: Wording
    when: When
    citations: tuple[Citation, ...]


def materials_for(materials: Iterable[Material], facts: Facts) -> tuple[Material, ...]:
    """The materials asked for in this case, those among them of which that is still open."""
    return held(materials, facts)


def missing(
    materials: Iterable[Material],
    facts: Facts,
    present: Collection[str],
    channels: Collection[str],
    unsaid: Collection[str] = (),
) -> tuple[Refusal, ...]:
    """A refusal for each required material of these channels that is not there.

    Of what turns on a fact of ``unsaid``, which is asked for itself, nothing is told yet.
    """
    lacking = (
        each
        for each in materials
        if each.required and each.channel in channels
        if {each.id, *each.instead}.isdisjoint(present)
    )
    return tuple(
        material.refuses.refusal(
            material.citations,
            dict.fromkeys(OWN_WORDS, (material.chinese, material.english)),
            pointer=f"/materials/{material.id}",
        )
        for material in materials_for(lacking, facts)
        if material.when.open_on(facts).isdisjoint(unsaid)
    )


def unseen(
    materials: Mapping[str, Material],
    facts: Facts,
    papers: Collection[str],
    originals: Collection[str],
) -> tuple[Refusal, ...]:
    """A refusal for each required paper of which the copy alone was handed in.

    ``originals`` are those that were compared with their copy and handed back.
    """
    awaited = {each.id for each in materials.values() if each.original} - set(originals)
    return tuple(
        refusal(
            "ORIGINAL_NOT_SEEN",
            material.citations,
            pointer=f"/materials/{material.id}",
            condition=(material.chinese, material.english),
        )
        for material in materials_for(materials.values(), facts)
        if material.required and material.channel == "paper"
        if (handed := {material.id, *material.instead} & set(papers)) and handed <= awaited
    )


def unsealed(
    materials: Mapping[str, Material],
    facts: Facts,
    papers: Collection[str],
    sealed: Collection[str],
) -> tuple[Refusal, ...]:
    """A refusal for each paper that was handed in without the seals that the notice asks for.

    ``sealed`` are those on which whoever received them saw every seal and signature.
    """
    awaited = {each.id for each in materials.values() if each.stamps} - set(sealed)
    return tuple(
        refusal(
            "SEAL_NOT_SEEN",
            material.citations,
            pointer=f"/materials/{material.id}",
            condition=(material.chinese, material.english),
            seals="、".join(material.stamps),
        )
        for material in materials_for(materials.values(), facts)
        if material.stamps and material.channel == "paper"
        if (handed := _handed_in(material, set(papers))) and handed <= awaited
    )


def _handed_in(material: Material, papers: set[str]) -> set[str]:
    """Itself or what stands in its place; a column comes with the paper of which it is one."""
    if material.part_of in papers:
        return {material.id}
    return {material.id, *material.instead} & papers


def channel_mark(material: Material, used: str) -> Refusal | None:
    """How a material is marked that came online though it comes on paper; it is kept."""
    if material.channel != "paper" or used == "paper":
        return None
    words = (f"{material.chinese}线下提交", f"{material.english} is handed in on paper")
    return refusal("MATERIAL_CHANNEL", material.citations, condition=words)


def read_material(reader: Reader) -> Material:
    """Read one ``[[materials]]`` table."""
    return Material(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        kind=reader.one_of("class", ("qualification", "performance", "form"), "qualification"),
        channel=reader.one_of("channel", CHANNELS),
        form=reader.text("form", ""),
        copies=reader.number("copies", 1),
        original=reader.flag("original", default=False),
        stamps=reader.texts("stamps", ()),
        part_of=reader.maybe_text("part_of"),
        column=reader.maybe_text("column"),
        source=reader.maybe_text("source"),
        instead=reader.texts("instead", ()),
        supports=reader.some_of("supports", CLAIM_KINDS, ()),
        required=reader.flag("required", default=True),
        refuses=read_wording(reader, OWN_WORDS, "MATERIAL_MISSING"),
        when=read_when(reader),
        citations=reader.citations(),
    )
