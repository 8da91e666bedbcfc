"""Whether what a law refers to is there: stages, publicities, batches, levels, educations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.policy.faults import Fault, PackError, close_to, quoted
from domain.policy.windows import APPLICANT, ARRIVAL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from domain.policy.layer import Layer


class Reference(NamedTuple):
    """What an entry refers to: where it stands, the words, and the words that there are."""

    section: str
    entry: str
    key: str
    wanted: Iterable[str]
    there: Collection[str]


def check(name: str, law: Layer) -> None:
    """Raise ``PackError`` naming each key that refers to nothing."""
    if found := tuple(missing(law, [(name, law)])):
        raise PackError(*found)


def missing(law: Layer, documents: Iterable[tuple[str, Layer]]) -> Iterator[Fault]:
    """A fault for each key that refers to nothing, in the uppermost document that says it."""
    layers = list(documents)
    for each in _references(law):
        unknown = [word for word in each.wanted if word not in each.there]
        if unknown:
            entry = f"[{each.entry}]" if each.entry else ""
            yield Fault(
                document=_home(each, layers),
                key=f"{each.section}{entry}.{each.key}",
                english=f"there is no {quoted(unknown, 'en')}",
                chinese=f"没有{quoted(unknown, 'zh')}这一项",
                meant=close_to(unknown, each.there),
            )


def _home(reference: Reference, layers: list[tuple[str, Layer]]) -> str:
    for name, layer in reversed(layers):
        said = getattr(layer, reference.section)
        if reference.entry in said if reference.entry else said is not None:
            return name
    return layers[-1][0]


def _references(law: Layer) -> Iterator[Reference]:
    for window in law.windows.values():
        yield Reference("windows", window.id, "batch", [window.batch], law.batches)
        stages = [bound.removeprefix(ARRIVAL) for bound in window.binds if bound != APPLICANT]
        yield Reference("windows", window.id, "binds", stages, law.stages)
    for stage in law.stages.values():
        if stage.publicity:
            yield Reference("stages", stage.id, "publicity", [stage.publicity], law.publicity)
    for publicity in law.publicity.values():
        yield Reference("publicity", publicity.id, "stage", [publicity.stage], law.stages)
    for completion in law.completion.values():
        yield Reference("completion", completion.id, "batches", completion.batches, law.batches)
    for leg in law.paper_legs.values():
        yield Reference("paper_legs", leg.id, "sender", leg.sender, law.stages)
        yield Reference("paper_legs", leg.id, "receiver", [leg.receiver], law.stages)
    for material in law.materials.values():
        whole = [material.part_of] if material.part_of else []
        yield Reference("materials", material.id, "part_of", whole, law.materials)
    for form in law.paper_forms.values():
        shown = [form.publicity] if form.publicity else []
        yield Reference("paper_forms", form.id, "publicity", shown, law.publicity)
        passed = [form.stage] if form.stage else []
        yield Reference("paper_forms", form.id, "stage", passed, law.stages)
    for each in law.educations.values():
        alike = [each.counts_as] if each.counts_as else []
        yield Reference("educations", each.id, "counts_as", alike, law.own_educations)
    if law.handled:
        yield Reference("handled", "", "levels", law.handled.levels, law.levels)
    yield from _of_routes(law)


def _of_routes(law: Layer) -> Iterator[Reference]:
    kinds = {"first", *law.case_types}
    further = {name for name, rule in law.conditions.items() if rule.only_where_asked}
    for route in law.routes.values():
        yield Reference("routes", route.id, "level", route.levels, law.levels)
        yield Reference("routes", route.id, "kind", [route.kind], law.labels)
        yield Reference("routes", route.id, "case", route.case_types, kinds)
        yield Reference("routes", route.id, "asks", route.asks, further)
        if route.education:
            wanted = [str(each) for each in route.education.wanted("level")]
            yield Reference("routes", route.id, "education.level", wanted, law.own_educations)
