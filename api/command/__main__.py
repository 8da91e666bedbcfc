"""``python -m api.command``: what the launcher runs."""

from __future__ import annotations

import os
import sys

import click

from api.command.group import mingjian
from api.command.invocation import Invocation, language_of
from api.serving.core_dumps import refuse_core_dumps

_FAILED = 1


def main() -> None:
    """Run the command line and end the process with its exit status."""
    refuse_core_dumps()
    run = Invocation(language_of(os.environ))
    try:
        mingjian.main(prog_name="mingjian", obj=run)
    except Exception as failure:
        from api.command.failure import sentence_of  # noqa: PLC0415 -- only a failure needs it

        sentence = sentence_of(failure, run.language)
        if sentence is None:
            raise
        click.echo(sentence, err=True)
        sys.exit(_FAILED)


if __name__ == "__main__":
    main()
