"""The cache's key: another program, however little of it differs, is another key."""

import shutil
import subprocess
import sys
from pathlib import Path

import warraq


def test_every_file_of_the_program_is_in_its_digest(tmp_path: Path) -> None:
    package = tmp_path / "warraq"
    shutil.copytree(Path(warraq.__file__).parent, package)
    program = "from warraq.build.cache import program_digest; print(program_digest())"

    def digest() -> str:
        command = [sys.executable, "-c", program]
        env = {"PYTHONPATH": str(tmp_path)}
        return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout

    found = [digest()]
    for name in ("render/bidi.py", "search/client/search.js", "base/messages/ar.yaml"):
        with (package / name).open("a") as file:
            file.write("\n")
        found.append(digest())
    (package / "render/bidi.py").rename(package / "render/other.py")
    found.append(digest())

    assert len(set(found)) == len(found)
    (package / "render/.#bidi.py").symlink_to("nowhere")  # an editor's lock
    (package / "render/__pycache__").mkdir(exist_ok=True)  # none where bytecode is not kept
    (package / "render/__pycache__/stray.py").write_text("")
    assert digest() == found[-1]
