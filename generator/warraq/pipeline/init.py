"""`warraq init`: a new archive from the package's starter folder."""

from importlib.resources import as_file
from importlib.resources import files as resource_files
from pathlib import Path

from warraq.base.files import walk, write_whole
from warraq.base.problems import WarraqError, error


def init(folder: Path) -> tuple[str, ...]:
    """Write a new archive into `folder`; return the files made. A file that is there stays.

    Raises WarraqError when the folder already holds a site.
    """
    if (folder / "site.yaml").exists():
        raise WarraqError([error("init-exists", str(folder / "site.yaml"))], exit_code=2)
    made = []
    with as_file(resource_files("warraq") / "starter") as starter:
        for file in walk(starter, ""):
            path = file.relative_to(starter).as_posix()
            path = ".gitignore" if path == "gitignore" else path
            if not (folder / path).exists():
                write_whole(folder / path, file.read_bytes())
                made.append(path)
    return tuple(made)
