"""The data of the rules: rules/<name>.yaml, our own files, strings only."""

from importlib.resources import files
from typing import Any

from warraq.base.package_yaml import package_yaml


def load(name: str) -> Any:  # noqa: ANN401 - a list or a map, as the file is written
    """Return what rules/<name>.yaml holds."""
    return package_yaml("warraq.intake", f"rules/{name}.yaml")


def names_in(folder: str) -> list[str]:
    """Return the names of the tables in rules/<folder>/, sorted."""
    found = files("warraq.intake").joinpath(f"rules/{folder}").iterdir()
    return sorted(path.name.removesuffix(".yaml") for path in found if path.name.endswith(".yaml"))
