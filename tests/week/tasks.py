"""What each task took before there was a desk, and what it takes now: tasks.yaml."""

import re
from pathlib import Path
from typing import NamedTuple

import yaml

TASKS = Path(__file__).with_name("tasks.yaml")
_TIMES = re.compile(r"(\d+) × ")


class Task(NamedTuple):
    """A task in words, and its steps: `now` counts them, `before` names them."""

    task: str
    before: tuple[str, ...]
    now: int

    @property
    def steps_before(self) -> int:
        """How many steps it took; «40 × save» are forty."""
        times = (_TIMES.match(step) for step in self.before)
        return sum(int(found[1]) if found else 1 for found in times)


def tasks() -> dict[str, Task]:
    """Return name → task, in the order of a week."""
    found = yaml.safe_load(TASKS.read_text("utf-8"))
    return {
        name: Task(one["task"], tuple(one["before"]), one["now"]) for name, one in found.items()
    }
