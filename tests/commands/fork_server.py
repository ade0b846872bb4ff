"""Run the command line in processes forked from this one, which has imported it already.

A line of JSON on stdin is a run: words, environment, files for its output. The answer is a line
with the exit code. Each run is a process of its own, as `python -m warraq` is, but needs a tenth of
a second where that takes half of one.
"""

import json
import os
import sys
from pathlib import Path
from typing import TypedDict

import trafilatura  # noqa: F401 - warm
import yaml  # noqa: F401 - warm

import warraq.build.rebuild
import warraq.commands.check
import warraq.importer.run
import warraq.render.environment
from warraq.cli import main


class Run(TypedDict):
    """One run of the command line."""

    words: list[str]
    env: dict[str, str]
    stdout: str
    stderr: str


def serve() -> Run | None:
    """Fork for each run; return it in the fork, None at the end of the runs."""
    for line in sys.stdin:
        run: Run = json.loads(line)
        if not (process := os.fork()):
            return run
        _, status = os.waitpid(process, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    return None


if __name__ == "__main__" and (run := serve()):
    for number, path in ((0, os.devnull), (1, run["stdout"]), (2, run["stderr"])):
        file = os.open(path, os.O_RDWR | os.O_CREAT)
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(run["env"])
    sys.argv = [str(Path(warraq.__file__).with_name("__main__.py")), *run["words"]]
    main()
