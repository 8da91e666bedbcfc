"""Whether what a law refers to is there: stages, publicities, batches, levels, educations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.policy.reading import PackError
from domain.policy.windows import APPLICANT, ARRIVAL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from domain.policy.layer import Layer


def check(name: str, law: Layer) -> None:
    """Raise ``PackError`` naming the key that refers to nothing."""
    for window in law.windows.values():
        _known(name, f"windows[{window.id}].batch", [window.batch], law.batches)
        stages = [bound.removeprefix(ARRIVAL) for bound in window.binds if bound != APPLICANT]
        _known(name, f"windows[{window.id}].binds", stages, law.stages)
    for stage in law.stages.values():
        if stage.publicity:
            _known(name, f"stages[{stage.id}].publicity", [stage.publicity], law.publicity)
    for publicity in law.publicity.values():
        _known(name, f"publicity[{publicity.id}].stage", [publicity.stage], law.stages)
    for completion in law.completion.values():
        _known(name, f"completion[{completion.id}].batches", completion.batches, law.batches)
    for form in law.paper_forms.values():
        shown = [form.publicity] if form.publicity else []
        _known(name, f"paper_forms[{form.id}].publicity", shown, law.publicity)
        passed = [form.stage] if form.stage else []
        _known(name, f"paper_forms[{form.id}].stage", passed, law.stages)
    for equivalent in law.education_equivalents.values():
        key = f"education_equivalents[{equivalent.id}].counts_as"
        _known(name, key, [equivalent.counts_as], law.educations)
    if law.handled:
        _known(name, "handled.levels", law.handled.levels, law.levels)
    _check_routes(name, law)


def _check_routes(name: str, law: Layer) -> None:
    kinds = {"first", *law.case_types}
    for route in law.routes.values():
        place = f"routes[{route.id}]"
        _known(name, f"{place}.level", route.levels, law.levels)
        _known(name, f"{place}.kind", [route.kind], law.labels)
        _known(name, f"{place}.case", route.case_types, kinds)
        _known(name, f"{place}.asks", route.asks, law.route_conditions)
        if route.education:
            _known(name, f"{place}.education.level", route.education.levels, law.educations)


def _known(name: str, key: str, wanted: Iterable[str], there: Collection[str]) -> None:
    for each in wanted:
        if each not in there:
            msg = f"{name}.{key}: there is no {each!r}"
            raise PackError(msg)
