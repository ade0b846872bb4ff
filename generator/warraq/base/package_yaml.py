"""The package's own YAML files: trusted, every scalar a string."""

from importlib.resources import files
from typing import Any

import yaml


def package_yaml(package: str, path: str) -> Any:  # noqa: ANN401 - a list or a map, as the file is written
    """Return what the file `path` of `package` holds, all scalars as strings."""
    text = files(package).joinpath(path).read_text("utf-8")
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - our own file, strings only
