"""The data of the rules: rules/<name>.yaml, our own files, strings only."""

from importlib.resources import files
from typing import Any

import yaml


def load(name: str) -> Any:  # noqa: ANN401 - a list or a map, as the file is written
    """Return what rules/<name>.yaml holds."""
    text = files("warraq.intake").joinpath(f"rules/{name}.yaml").read_text("utf-8")
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506


def names_in(folder: str) -> list[str]:
    """Return the names of the tables in rules/<folder>/, sorted."""
    found = files("warraq.intake").joinpath(f"rules/{folder}").iterdir()
    return sorted(path.name.removesuffix(".yaml") for path in found if path.name.endswith(".yaml"))
