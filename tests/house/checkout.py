"""A small checkout with Mingjian's launcher, and packages that lie in a folder beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from tests.house.source import ROOT

PYTHON = Path(sys.base_prefix, "bin", f"python3.{sys.version_info.minor}")
"""The machine's own Python: the environment that these tests run in may have no pip."""

COMMAND = """
import os, sys
from importlib.util import find_spec
print(sys.argv[1:], [name for name in ("first", "second") if find_spec(name)], os.getcwd())
print(os.environ["MINGJIAN_DATA"])
"""


@dataclass(frozen=True)
class Checkout:
    """Its command prints its arguments, which packages it finds, where it is and its data."""

    root: Path
    packages: Path
    home: Path

    def begin(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Start the launcher with a bare environment, in a directory that is not the checkout."""
        self.home.mkdir(exist_ok=True)
        return subprocess.Popen(
            [PYTHON, self.root / "mingjian", *arguments],
            env={
                "PATH": os.defpath,
                "HOME": str(self.home),
                # pip's own configuration, which the launcher has to honour.
                "PIP_NO_INDEX": "1",
                "PIP_FIND_LINKS": str(self.packages),
                **environment,
            },
            cwd=self.packages,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        """Exit status, output and errors of a whole run."""
        process = self.begin(*arguments, **environment)
        output, errors = process.communicate()
        return process.returncode, output, errors

    def environments(self) -> list[Path]:
        """What was made beside the launcher."""
        return sorted((self.root / ".mingjian" / "environments").glob("*"))


def make_checkout(base: Path) -> Checkout:
    """``first`` is needed to run, ``second`` to test."""
    checkout = Checkout(base / "checkout", base / "packages", base / "home")
    (checkout.root / "api" / "command").mkdir(parents=True)
    (checkout.root / "api" / "command" / "__main__.py").write_text(COMMAND)
    shutil.copy(ROOT / "mingjian", checkout.root)
    checkout.packages.mkdir()
    first, second = (pack(checkout.packages, name) for name in ("first", "second"))
    (checkout.root / "requirements.lock").write_text(first)
    (checkout.root / "requirements-test.lock").write_text(first + second)
    return checkout


def pack(folder: Path, name: str) -> str:
    """Write the wheel of an empty package; answer its lines in a lock."""
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    about = f"{name}-1.0.dist-info"
    with ZipFile(wheel, "w") as archive:
        archive.writestr(f"{name}.py", "")
        archive.writestr(
            f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
        )
        archive.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{about}/RECORD", "")
    return f"{name}==1.0 \\\n    --hash=sha256:{sha256(wheel.read_bytes()).hexdigest()}\n"
