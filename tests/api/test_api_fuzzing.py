"""The whole API answers what its OpenAPI document allows, to whoever asks, and never with a 5xx.

Every check of schemathesis. The borders of every field are shared out among the callers, what is
everybody's to nobody; one of them follows the links from what was made to its use, everywhere.
For hours instead of a minute: ``./mingjian test tests/api/test_api_fuzzing.py --fuzzing 100``,
where every caller asks everything, what is made up as well.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from domain.account.events import Role
from tests.api.client import Client
from tests.api.filings import done, draft, filed, opine
from tests.api.society import invented_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.api.actor import Actor
    from tests.api.world import World

ENDS_SIGN_INS = (
    "password.replace_password",
    "sessions.end_session",
    "sessions.sign_in",
    "sessions.sign_out",
)
"""What would end the callers' own sign-in, or slow down everybody's; fuzzed with sign-in."""
CONVENTIONS = Path(__file__).with_name("schemathesis.toml")
CALLERS = (
    "nobody",
    "applicant",
    "handler",
    "leader",
    "integrity handler",
    "inspector",
    "system administrator",
    "administrator",  # last: who may close the others' seats
)
FOLLOWS_LINKS = "handler"
"""Who goes on from what was made, in a short run."""


class Scene:
    """A county in which something has happened, and who asks about it."""

    def __init__(self, world: World) -> None:
        school, bureau = world.school, world.bureau
        applicant = world.applicant(school)
        self.cases = [draft(applicant, school), filed(world.applicant(school), school)]
        handled = filed(world.applicant(school), school)
        done(opine(school.handler, handled))
        suspected = filed(world.applicant(school), school)
        opened = done(
            bureau.integrity_handler.change(suspected, "/investigations", {"suspicion": "疑"})
        )
        self.cases += [handled, suspected]
        seen = done(school.handler.get(handled)).body
        bystander = world.account(
            school.administrator, "旁人", school.organisation, [Role.OFFICIAL]
        )
        self.known: dict[str, list[str]] = {
            "case_id": [each.removeprefix("/v1/cases/") for each in self.cases],
            "material": [each["material"] for each in seen["materials"]],
            "organisation_id": [school.organisation, bureau.organisation],
            "account_id": [bystander.account],
            "person_id": [applicant.person, bystander.person],
            "investigation_id": [opened.body["stream"]],
            "pack_id": ["xunwu-2024"],
        }
        self.actors: dict[str, Actor] = {
            "applicant": applicant,
            "handler": school.handler,
            "leader": school.leader,
            "integrity handler": bureau.integrity_handler,
            "inspector": world.inspector,
            "system administrator": world.system,
            "administrator": school.administrator,
        }
        self.address = world.address
        document: dict[str, Any] = Client(world.address).get("/openapi.json").body
        self.operations: dict[str, bool] = {
            operation["operationId"]: operation.get("security") == []
            for path, operations in document["paths"].items()
            for method, operation in operations.items()
            if path.startswith("/v1/") and method != "parameters"
        }
        """Each by its name, and whether it is everybody's."""

    def share(self, caller: str) -> list[str]:
        """The operations whose borders a caller walks; between them all, all."""
        known, *others = CALLERS
        if caller == known:
            return [each for each, public in self.operations.items() if public]
        guarded = [each for each, public in self.operations.items() if not public]
        return guarded[others.index(caller) :: len(others)]


@pytest.fixture(scope="module")
def scene(world: World) -> Scene:
    """The county."""
    return Scene(world)


@pytest.mark.parametrize("caller", CALLERS)
def test_every_answer_is_documented_and_none_is_5xx(
    scene: Scene, caller: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    actor = scene.actors.get(caller)
    token = None if actor is None else actor.sign_in().token
    examples: int = pytestconfig.getoption("--fuzzing")
    long = examples > 1
    asked = [*scene.operations] if long else scene.share(caller)
    share = [f"--include-operation-id={each}" for each in asked if each not in ENDS_SIGN_INS]
    everything = [
        "--include-path-regex=^/v1/",
        *(f"--exclude-operation-id={each}" for each in ENDS_SIGN_INS),
    ]
    runs = [("examples,coverage,fuzzing" if long else "coverage", share)]
    if long or caller == FOLLOWS_LINKS:
        runs.append(("stateful", everything))
    for phases, chosen in runs:
        ended = fuzzed(scene, tmp_path, token, phases, [*chosen, f"--max-examples={examples}"])
        assert ended.returncode == 0, ended.stdout[-20_000:]
    if actor is not None:
        assert actor.client.get("/v1/sessions").status == 200, "the caller is still signed in"


def fuzzed(
    scene: Scene, folder: Path, token: str | None, phases: str, options: Iterable[str]
) -> subprocess.CompletedProcess[str]:
    """One run of schemathesis under our conventions, knowing what there is."""
    settings = folder / "schemathesis.toml"
    settings.write_text(CONVENTIONS.read_text("utf-8") + knowing(scene.known), "utf-8")
    return subprocess.run(
        [
            str(Path(sys.executable).with_name("schemathesis")),
            f"--config-file={settings}",
            "run",
            f"http://{scene.address}/openapi.json",
            *([] if token is None else [f"--header=Authorization: Bearer {token}"]),
            "--checks=all",
            "--max-failures=20",
            f"--phases={phases}",
            "--generation-database=none",
            "--seed=1",
            *options,
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def knowing(known: Mapping[str, Iterable[str]]) -> str:
    """Settings by which addresses name what there is, mostly, and texts sometimes."""
    ids = {name: sorted(values) for name, values in known.items()}
    texts = sorted({each for values in ids.values() for each in values} | {invented_number()})
    dictionaries = [f"{name} = {{ values = {values} }}" for name, values in ids.items()]
    named = [f'"path.{name}" = {{ dictionary = "{name}", probability = 0.7 }}' for name in ids]
    return "\n".join(
        [
            *("", "[dictionaries]", *dictionaries, f"texts = {{ values = {texts} }}"),
            *("", "[parameters]", *named),
            *("", "[generation.dictionaries]"),
            'string = { dictionary = "texts", probability = 0.2 }',
            "",
        ]
    )
