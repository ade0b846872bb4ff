"""Compile modules into the wheel: what hatchling calls, and does nothing without WARRAQ_MYPYC=1.

pyproject.toml names the modules, docs/decisions/0048-a-compiled-wheel.md says why. They are
compiled in a copy, so that a checkout never runs anything but its source.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

IS_ASKED = os.environ.get("WARRAQ_MYPYC") == "1"
SOURCE = "generator/warraq"


class CompiledModules(BuildHookInterface[Any]):
    """The hook of one build."""

    folder: Path | None = None  # the copy that is compiled

    def dependencies(self) -> list[str]:
        """Return what a build needs; mypyc reads the types of all that is imported."""
        return [*self.metadata.core.dependencies, *self.config["tools"]] if IS_ASKED else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled modules to the wheel; SystemExit with the compiler's words."""
        if not IS_ASKED or version == "editable":
            return
        folder = self.folder = Path(mkdtemp())
        shutil.copytree(Path(self.root, SOURCE), folder / "warraq")
        command = [sys.executable, "-m", "mypyc", "--ignore-missing-imports"]
        done = subprocess.run(
            [*command, *self.config["modules"]],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            shutil.rmtree(folder)
            raise SystemExit(done.stdout[-5000:])
        compiled = [*folder.glob("*.so"), *folder.glob("warraq/**/*.so")]
        inside = {str(file): file.relative_to(folder).as_posix() for file in compiled}
        build_data["force_include"] |= inside
        build_data["infer_tag"], build_data["pure_python"] = True, False

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the copy."""
        del version, build_data, artifact_path
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
