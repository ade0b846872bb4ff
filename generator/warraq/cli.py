"""The command line: parse arguments, call one command, print its result, set the exit code.

Exit codes: 0: success; 1: errors in the content or a seed; 2: errors in usage or site.yaml; 3:
busy, try again; 128 plus a signal's number: stopped. Commands import their modules when called, so
that `warraq --help` is fast.
"""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial, wraps
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import click
import msgspec

from warraq import __version__
from warraq.base.controls import without_controls
from warraq.base.problems import (
    Language,
    Problem,
    WarraqError,
    error,
    format_problem,
    message,
    printable,
    reason_code,
    unexpected_as_problem,
    wording_of,
)
from warraq.help_language import speak

if TYPE_CHECKING:
    from warraq.commands.drafting import Kept
    from warraq.commands.edit import Edited, How
    from warraq.importer.report import ImportReport, ReportLine


log = logging.getLogger(__name__)
_FEW_WAITING, _MOST_WAITING = 5, 50  # lines of a queue, of all queues and of one


class _Group(click.Group):
    """The commands, with one handler for everything that they raise."""

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - Click's own signature
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):  # a terminal without Arabic, undecodable names
                stream.reconfigure(errors="backslashreplace")
        try:
            try:
                return super().main(*args, **extra)
            finally:
                if sys.stdout:  # None if it was closed
                    sys.stdout.flush()
        except OSError as fault:  # also of the output itself: a full disk, a closed pipe
            log.info("", exc_info=True)
            _give_up(fault)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # Before anything is refused or explained: `messages` of the site that -C names.
        with suppress(click.UsageError):
            given, _, _ = self.make_parser(ctx).parse_args(list(args))
            speak(self, ctx, _language(Path(given.get("site") or "")))
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        site = ctx.params.get("site") or Path()
        try:
            with _stoppable():
                return self._named(ctx)
        except WarraqError as fault:
            _show(fault.problems, site)
            raise click.exceptions.Exit(fault.exit_code) from None
        except KeyboardInterrupt as stop:
            click.echo(message("say-stopped", _language(site)), err=True)
            number = stop.args[0] if stop.args else signal.SIGINT
            raise click.exceptions.Exit(128 + number) from None

    def _named(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Exception:
            # Not earlier: the subcommand is known only now.
            with unexpected_as_problem(f"warraq {ctx.invoked_subcommand}", _NO_FAULTS):
                raise


_NO_FAULTS = (OSError, click.ClickException, click.Abort, click.exceptions.Exit)


def _give_up(fault: OSError) -> NoReturn:
    """Exit with 1, and print why if that is still possible."""
    with suppress(OSError, ValueError):  # do not retry a failed write at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(fault, BrokenPipeError):  # the reader has closed the pipe
        problem = error("system-refused", str(fault.filename or ""), why=reason_code(fault))
        with suppress(OSError):
            click.echo(format_problem(problem, _language(Path())), err=True)
    sys.exit(1)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Make SIGTERM and SIGHUP stop the block as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    named = (getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP"))
    # Signals that are ignored (nohup) or handled elsewhere keep their handlers.
    wanted = [each for each in named if each and signal.getsignal(each) is signal.SIG_DFL]
    for each in wanted:
        signal.signal(each, _stop)
    try:
        yield
    finally:
        for each in wanted:
            signal.signal(each, signal.SIG_DFL)


def _stop(number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt(number)


_FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to answer."
)
_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-C", "site", type=_FOLDER, default=Path(), help="The folder of the site.")
@click.option("-v", "--verbose", is_flag=True, help="Log stages and their seconds.")
@click.version_option(__version__, "--version")
@click.pass_context
def main(ctx: click.Context, site: Path, verbose: bool) -> None:
    """Turn raw news texts into a published, searchable right-to-left archive."""
    ctx.obj = site
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(message)s", stream=sys.stderr
    )


@main.command()
@click.argument("folder", type=_FOLDER)
@click.option(
    "--with",
    "recipes",
    type=click.Choice(["github-pages", "gitlab-pages", "netlify", "cloudflare-pages", "sveltia"]),
    multiple=True,
    help="Add what publishes it there, or edits it; works for an archive that exists, too.",
)
@click.option("--no-git", is_flag=True, help="Make no git repository.")
@click.pass_obj
def init(site: Path, folder: Path, recipes: tuple[str, ...], no_git: bool) -> None:
    """Make a new archive in FOLDER: settings, an example, the folders."""
    from warraq.commands.init import init as start  # noqa: PLC0415 - see the module's docstring

    target = site / folder
    begun = start(target, recipes, git=not no_git)
    _show(begun.problems, target)
    code = "say-init" if "site.yaml" in begun.files else "say-recipes"
    click.echo(message(code, _language(target), folder=target, files=len(begun.files)))


@main.command("import")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--received", type=click.DateTime(["%Y-%m-%d"]), help="Day the texts were collected.")
@click.option("--again", is_flag=True, help="Clean unchanged seeds again.")
@click.option("--restore", is_flag=True, help="Bring back articles that were deleted.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would change.")
@click.option("--pictures", type=_FOLDER, help="Take pictures from there; list those to fetch.")
@click.option("--strict", is_flag=True, help="Report known refusals again, and exit 1 for them.")
@click.option("--jobs", type=click.IntRange(1), help="Processes; as many as cores by default.")
@_FORMAT
@click.pass_obj
def import_(  # noqa: PLR0913, PLR0917 - one argument an option
    site: Path,
    paths: tuple[Path, ...],
    received: datetime | None,
    again: bool,
    restore: bool,
    dry_run: bool,
    pictures: Path | None,
    strict: bool,
    jobs: int | None,
    form: str,
) -> None:
    """Turn seeds and exports (files or folders; seeds/ by default) into content."""
    from warraq.importer.options import ImportOptions  # noqa: PLC0415 - as above
    from warraq.importer.report import rows  # noqa: PLC0415 - as above
    from warraq.importer.run import import_seeds  # noqa: PLC0415 - see the module's docstring

    with _progress(site, "say-importing") as progress:
        report = import_seeds(
            site,
            paths,
            options=ImportOptions(
                f"{received:%Y-%m-%d}" if received else "",
                again,
                restore,
                dry_run,
                pictures,
                strict,
            ),
            jobs=jobs or os.cpu_count() or 1,
            progress=progress,
        )
    if form == "json":
        _echo_json(_report(report))
    else:
        for line in report.lines:
            click.echo(line.diff, nl=False)
        _show(report.problems, site)
        for row in rows(report, _language(site)):
            click.echo(row)
    if report.counts["refused"] or any(p.severity == "error" for p in report.others):
        _exit(1)


@main.command()
@click.option("--output", type=_FOLDER, help="Where the site goes; public/ by default.")
@click.option("--drafts", is_flag=True, help="Publish drafts too.")
@click.option("--jobs", type=click.IntRange(1), help="Processes; as many as cores by default.")
@click.option("--clean", is_flag=True, help="Forget the cache and do everything again.")
@click.option(
    "--verify",
    is_flag=True,
    help="Read every file, trust no time stamp: mends files of the site overwritten in place.",
)
@click.option("--allow-removals", is_flag=True, help="Publish though most pages, or all, would go.")
@click.option("--profile", is_flag=True, help="Name the templates that took longest.")
@click.pass_obj
def build(  # noqa: PLR0913, PLR0917 - one argument an option
    site: Path,
    output: Path | None,
    drafts: bool,
    jobs: int | None,
    clean: bool,
    verify: bool,
    allow_removals: bool,
    profile: bool,
) -> None:
    """Build the static site from content/."""
    from warraq.build.incremental import build as publish  # noqa: PLC0415 - see the module's docstring

    into = output or site / "public"
    language = _language(site)
    try:
        with _progress(site, "say-building") as progress:
            built = publish(
                site,
                into=into,
                drafts=drafts,
                jobs=jobs or os.cpu_count() or 1,
                clean=clean,
                verify=verify,
                allow_removals=allow_removals,
                progress=progress,
            )
    except WarraqError as fault:
        _show(fault.problems, site)
        if fault.exit_code == 1:
            click.echo(message("say-failed", language, errors=len(fault.problems)))
        raise click.exceptions.Exit(fault.exit_code) from None
    _show(built.problems, site)
    for template, pages, seconds in built.templates[:20] if profile else ():
        click.echo(f"{seconds:8.2f} s  {pages:7}  {template or '-'}")
    undated = message("say-undated", language, count=built.undated) if built.undated else ""
    outcome = built.outcome
    click.echo(
        message(
            "say-built",
            language,
            articles=built.articles,
            files=outcome.files,
            output=into,
            changed=outcome.changed,
            removed=outcome.removed,
            undated=undated,
        )
    )


@main.command()
@click.option("--output", type=_FOLDER, help="Where the site lies; public/ by default.")
@click.pass_obj
def verify(site: Path, output: Path | None) -> None:
    """Compare every published file, and every seed, with the hash that was kept of it."""
    from warraq.commands.verify import verify as compare  # noqa: PLC0415 - see the module's docstring

    problems = compare(site, into=output or site / "public")
    _show(problems, site)
    click.echo(message("say-verified", _language(site), count=len(problems)))
    if problems:
        _exit(1)


@main.command()
@click.option("--strict", is_flag=True, help="Exit 1 for open decisions too.")
@_FORMAT
@click.pass_obj
def check(site: Path, strict: bool, form: str) -> None:
    """List everything wrong with content and site, with file, line and remedy."""
    from warraq.commands.check import check as check_site  # noqa: PLC0415 - see the module's docstring

    problems = check_site(site)
    errors = sum(p.severity == "error" for p in problems)
    warnings = len(problems) - errors
    if form == "json":
        _echo_json([_as_json(p) for p in problems])
    else:
        _show(problems, site)
        click.echo(message("say-checked", _language(site), errors=errors, warnings=warnings))
    if errors or (strict and warnings):
        _exit(1)


@main.command()
@click.option(
    "--check", is_flag=True, required=True, help="Find what would go wrong; send nothing."
)
@click.option("--jobs", type=click.IntRange(1), help="Processes; as many as cores by default.")
@_FORMAT
@click.pass_obj
def publish(site: Path, check: bool, jobs: int | None, form: str) -> None:  # noqa: ARG001 - it must be asked for
    """Before a push: check, build, links, address, the host's limits, what git has not sent."""
    from warraq.commands.publish_check import publish_check  # noqa: PLC0415 - see the module's docstring

    problems = publish_check(site, jobs=jobs or os.cpu_count() or 1)
    errors = sum(p.severity == "error" for p in problems)
    if form == "json":
        _echo_json([_as_json(p) for p in problems])
    else:
        _show(problems, site)
        counts = {"errors": errors, "warnings": len(problems) - errors}
        click.echo(
            message("say-unpublishable" if errors else "say-publishable", _language(site), **counts)
        )
    if errors:
        _exit(1)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="8000 by default.")
@click.option(
    "--host", default="", help="Serve a network from this address, to whoever has the token."
)
@click.option("--write", is_flag=True, help="With --host: let the network edit, too.")
@click.option(
    "--poll", is_flag=True, help="Look for saves every second (network folders, some VMs)."
)
@click.option("--output", type=_FOLDER, help="Where it is built; .warraq/preview by default.")
@click.pass_obj
def serve(  # noqa: PLR0913, PLR0917 - one argument an option
    site: Path, port: int, host: str, write: bool, poll: bool, output: Path | None
) -> None:
    """Preview the site on this machine; every save shows at once, drafts too."""
    from warraq.base.config import load  # noqa: PLC0415 - see the module's docstring
    from warraq.build.incremental import build as publish  # noqa: PLC0415 - as above
    from warraq.commands.edit import history_language  # noqa: PLC0415 - as above
    from warraq.desk.after_build import after_build  # noqa: PLC0415 - as above
    from warraq.desk.all_pages import pages  # noqa: PLC0415 - as above
    from warraq.desk.site_desk import Desk  # noqa: PLC0415 - as above
    from warraq.desk.waiting_list import WaitingList  # noqa: PLC0415 - as above
    from warraq.editing.site_drafts import open_name  # noqa: PLC0415 - as above
    from warraq.preview.afterwards import Afterwards  # noqa: PLC0415 - as above
    from warraq.preview.server import serve as answer  # noqa: PLC0415 - as above

    waiting = WaitingList()
    config, _ = load(site)
    language = _language(site)
    # Not public/: a preview contains drafts, and public/ may be deployed at any time.
    into = output or site / ".warraq" / "preview"

    def rebuild() -> Sequence[Problem]:
        waiting.outdated()
        # Previews may shrink freely: a git checkout can remove most articles.
        return publish(site, into=into, drafts=True, allow_removals=not output).problems

    code = answer(
        into,
        rebuild,
        watched=[site / name for name in ("content", "static", "templates", "site.yaml")],
        desk=pages(Desk(site, config.base_path, language, history_language(config), into), waiting),
        draft=lambda: open_name(site),
        afterwards=Afterwards(partial(after_build, site), waiting),
        host=host,
        port=port,
        writable=write or not host,
        poll=poll,
        base_path=config.base_path,
        language=language,
        say=click.echo,
    )
    _exit(code)


@main.command(context_settings={"ignore_unknown_options": True})  # `-word` is part of a query
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, help="20 by default.")
@_FORMAT
@click.pass_obj
def search(site: Path, query: tuple[str, ...], limit: int, form: str) -> None:
    """Search content/ as editors do: words, "phrases", wild*, أيار 2024, date:[2025-10 to]."""
    from warraq.commands.editor_search import search as find  # noqa: PLC0415 - see the module's docstring
    from warraq.search.editors import rows  # noqa: PLC0415 - as above

    if misspelt := next((word for word in query if word.startswith("--")), ""):
        raise click.NoSuchOption(misspelt)
    answer = find(site, " ".join(query), limit=limit)
    if form == "json":
        hits = [msgspec.to_builtins(hit) for hit in answer.hits]
        notes = [_as_json(note) for note in answer.notes]
        _echo_json({"total": answer.total, "more": answer.more, "hits": hits, "notes": notes})
        return
    _show(answer.notes, site)
    for date, outlet, title, path in rows(answer):
        click.echo(f"{date:10}  {path}  {outlet} · {title}")
    code = "say-found-more" if answer.more else "say-found"
    click.echo(message(code, _language(site), total=answer.total, more=answer.more))


def _changing(command: Callable[..., "Edited | None"]) -> Callable[..., Any]:
    """Give a command that changes content its common options, and print what it returns."""

    @wraps(command)
    def run(
        site: Path, *, dry_run: bool, no_commit: bool, subject: str, form: str, **given: object
    ) -> None:
        from warraq.commands.edit import How  # noqa: PLC0415 - see the module's docstring

        how = How(dry_run, not no_commit, subject)
        if edited := command(site, how=how, **given):
            _tell(site, edited, how, form)

    made: Callable[..., Any] = run
    for option in (
        click.pass_obj,
        _FORMAT,
        click.option("--message", "-m", "subject", default="", help="The commit's sentence."),
        click.option("--no-commit", is_flag=True, help="Leave the commit to you."),
        click.option("--dry-run", is_flag=True, help="Write nothing; show what would change."),
    ):
        made = option(made)
    return made


@main.command()
@click.argument("query")
@click.option("--add", multiple=True, metavar="FIELD=VALUE", help="topic, person, place, …")
@click.option("--remove", multiple=True, metavar="FIELD=VALUE", help="As --add.")
@click.option("--reject", multiple=True, metavar="FIELD=VALUE", help="Not this person, place, …")
@click.option("--set", multiple=True, metavar="FIELD=VALUE", help="outlet, date, title, …")
@click.option("--unset", multiple=True, metavar="FIELD", help="Leave a field out.")
@_changing
def edit(site: Path, query: str, how: "How", **typed: tuple[str, ...]) -> "Edited":
    """Change the same fields of all articles that QUERY finds (as `warraq search` does)."""
    from warraq.commands.edit import edit as edit_articles  # noqa: PLC0415 - as above
    from warraq.editing.field_edits import OPERATIONS, FieldEdit  # noqa: PLC0415 - as above

    edits = [FieldEdit.of(operation, one) for operation in OPERATIONS for one in typed[operation]]
    if not edits:
        raise click.UsageError("--add, --remove, --reject, --set or --unset is needed")
    return edit_articles(site, query, edits, how)


@main.group()
def table() -> None:
    """Edit articles in a spreadsheet: a table out, and what was changed in it back."""


@table.command("export")
@click.argument("query")
@click.option(
    "--to", "file", type=_FILE, required=True, help="The file to make: NAME.csv or NAME.xlsx."
)
@click.option(
    "--fields", default="", metavar="FIELD,…", help="Which columns; the usual by default."
)
@click.pass_obj
def export_table(site: Path, query: str, file: Path, fields: str) -> None:
    """Write the articles that QUERY finds into a table, a row each."""
    from warraq.commands.table import export  # noqa: PLC0415 - see the module's docstring

    language = _language(site)
    made = export(site, query, file, fields.replace("،", ",").split(","), language)
    _show(made.problems, site)
    code = "say-table" if made.articles else "say-table-none"
    click.echo(message(code, language, count=made.articles, name=printable(str(file))))


@table.command("import")
@click.argument("file", type=_FILE)
@_changing
def import_table(site: Path, file: Path, how: "How") -> "Edited":
    """Apply the cells that were changed in FILE since it was exported, as one commit."""
    from warraq.commands.table import import_file  # noqa: PLC0415 - see the module's docstring

    return import_file(site, file, how)


@main.command()
@click.argument("old")
@click.argument("new")
@_changing
def rename(site: Path, old: str, new: str, how: "How") -> "Edited":
    """Give an authority file another key: rename topics/OLD NEW. The old address redirects."""
    from warraq.commands.edit import rename as give_key  # noqa: PLC0415 - see the module's docstring

    return give_key(site, old, new, how)


@main.command()
@click.argument("old")
@click.argument("into")
@_changing
def merge(site: Path, old: str, into: str, how: "How") -> "Edited":
    """Make two authority files one: merge people/OLD people/INTO leaves INTO."""
    from warraq.commands.edit import merge as make_one  # noqa: PLC0415 - see the module's docstring

    return make_one(site, old, into, how)


@main.command()
@click.argument("old")
@click.argument("new")
@click.argument("name")
@click.argument("query")
@_changing
def split(site: Path, how: "How", **words: str) -> "Edited":
    """Give the articles that QUERY finds a file NEW, called NAME, instead of OLD."""
    from warraq.commands.edit import split as divide  # noqa: PLC0415 - see the module's docstring

    return divide(site, words["old"], (words["new"], words["name"]), words["query"], how)


@main.command()
@click.argument("dump", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--languages", default="", help="Of spellings: ar,fa,ur,he,en,fr,tr,ku by default.")
@_changing
def wikidata(site: Path, how: "How", dump: Path, languages: str) -> "Edited":
    """Add spellings and coordinates that DUMP, Wikidata's JSON, has of files with an id."""
    from warraq.commands.wikidata import add_names  # noqa: PLC0415 - see the module's docstring
    from warraq.editing.wikidata_names import LANGUAGES  # noqa: PLC0415 - as above

    asked = tuple(filter(None, languages.replace(" ", "").split(",")))
    with _progress(site, "say-reading") as progress:
        found = add_names(site, dump, asked or LANGUAGES, how, progress)
    counts = {"met": found.met, "wanted": found.wanted, "namesakes": found.namesakes}
    click.echo(message("say-wikidata", _language(site), **counts), err=True)
    return found.edited


@main.command()
@click.argument("commit", default="")
@click.option("--list", "listing", is_flag=True, help="The newest changes, to choose from.")
@_changing
def undo(site: Path, commit: str, how: "How", listing: bool) -> "Edited | None":
    """Take back the newest change that warraq made, or that of COMMIT; later edits stay."""
    from warraq.commands.edit import recent  # noqa: PLC0415 - see the module's docstring
    from warraq.commands.edit import undo as take_back  # noqa: PLC0415 - as above

    if not listing:
        return take_back(site, commit, how)
    found = recent(site)
    if click.get_current_context().params["form"] == "json":
        _echo_json([one._asdict() for one in found])
        return None
    for one in found:
        stamp = one.date[:16].replace("T", " ")
        click.echo(
            "  ".join(
                (one.commit[:10], stamp, printable(one.author), without_controls(one.subject))
            )
        )
    if not found:
        click.echo(message("say-no-changes", _language(site)))
    return None


def _tell(site: Path, edited: "Edited", how: "How", form: str) -> None:
    """Print what a command changed; exit with 1 if something of it was refused."""
    from warraq.editing.change_set import diff  # noqa: PLC0415 - see the module's docstring

    planned, commit, problems = edited.planned, edited.commit, edited.problems
    if form == "json":
        _echo_json(
            {
                "files": [change.path for change in planned.changes],
                "found": edited.found,
                "commit": commit,
                "problems": [_as_json(problem) for problem in problems],
            }
        )
    else:
        for line in diff(planned.changes) if how.dry_run else ():
            click.echo(printable(line.removesuffix("\n")))
        _show(problems, site)
        click.echo(_summary(edited, how, _language(site)))
    if any(problem.severity == "error" for problem in problems):
        _exit(1)


def _summary(edited: "Edited", how: "How", language: Language) -> str:
    counts = {"changed": len(edited.planned.changes)}
    parts = [message("say-edited-dry" if how.dry_run else "say-edited", language, **counts)]
    if edited.found is not None:
        parts.append(message("say-edited-of", language, found=edited.found))
    if edited.commit:
        parts.append(message("say-edited-commit", language, commit=edited.commit[:10]))
    return ("، " if language == "ar" else ", ").join(parts)


@main.group()
def draft() -> None:
    """Work on a draft of the site (a branch of git), then publish or leave it."""


@draft.command("list")
@click.pass_obj
def list_drafts(site: Path) -> None:
    """Say where you work, and which drafts there are."""
    from warraq.commands.drafting import overview  # noqa: PLC0415 - see the module's docstring

    for line in overview(site, _language(site)):
        click.echo(line)


@draft.command("start")
@click.argument("name")
@click.pass_obj
def start_draft(site: Path, name: str) -> None:
    """Start a draft called NAME, and work on it."""
    from warraq.editing.site_drafts import start  # noqa: PLC0415 - see the module's docstring

    start(site, name)
    _say_drafts(site)


@draft.command("open")
@click.argument("name")
@click.pass_obj
def open_draft(site: Path, name: str) -> None:
    """Work on the draft NAME."""
    from warraq.editing.site_drafts import open_draft  # noqa: PLC0415 - see the module's docstring

    open_draft(site, name)
    _say_drafts(site)


@draft.command("show")
@click.pass_obj
def show_draft(site: Path) -> None:
    """List what the open draft changes; what the published site changed too has a mark."""
    from warraq.commands.drafting import contents  # noqa: PLC0415 - see the module's docstring
    from warraq.desk.article_merge import settled  # noqa: PLC0415 - as above

    for line in contents(site, settled, _language(site)):
        click.echo(line)


@draft.command("publish")
@click.option(
    "--keep",
    type=click.Choice(["draft", "published"]),
    help="Which side stays where both changed the same.",
)
@click.pass_obj
def publish_draft(site: Path, keep: "Kept | None") -> None:
    """Make the open draft part of the published site, as one commit."""
    from warraq.commands.drafting import publish as make_public  # noqa: PLC0415 - as above
    from warraq.desk.article_merge import settled  # noqa: PLC0415 - as above

    name, commit = make_public(site, settled, keep)
    click.echo(message("say-draft-published", _language(site), name=name, commit=commit[:10]))


@draft.command("leave")
@click.pass_obj
def leave_draft(site: Path) -> None:
    """Work on the published site again; the draft stays."""
    from warraq.editing.site_drafts import leave  # noqa: PLC0415 - see the module's docstring

    leave(site)
    _say_drafts(site)


@draft.command("discard")
@click.argument("name")
@click.pass_obj
def discard_draft(site: Path, name: str) -> None:
    """Throw the draft NAME away; `restore` brings it back."""
    from warraq.editing.site_drafts import discard  # noqa: PLC0415 - see the module's docstring

    gone = discard(site, name)
    words = {"name": gone.name, "key": printable(gone.key)}
    click.echo(message("say-draft-discarded", _language(site), **words))


@draft.command("restore")
@click.argument("name")
@click.pass_obj
def restore_draft(site: Path, name: str) -> None:
    """Bring back the draft NAME that was thrown away."""
    from warraq.editing.site_drafts import restore  # noqa: PLC0415 - see the module's docstring

    restore(site, name)
    _say_drafts(site)


def _say_drafts(site: Path) -> None:
    from warraq.commands.drafting import overview  # noqa: PLC0415 - see the module's docstring

    click.echo(next(overview(site, _language(site))))


@main.command()
@click.argument("queue", default="")
@click.option("--all", "whole", is_flag=True, help="The whole list, not its beginning.")
@_FORMAT
@click.pass_obj
def todo(site: Path, queue: str, whole: bool, form: str) -> None:
    """List what waits for an editor, or one QUEUE of it, such as dates, sources or names."""
    from warraq.commands.todo import QUEUES  # noqa: PLC0415 - see the module's docstring
    from warraq.commands.todo import todo as waiting  # noqa: PLC0415 - as above

    if queue and queue not in QUEUES:
        raise click.UsageError(f"no queue {queue!r}; there are: {', '.join(QUEUES)}")
    queues = {name: found for name, found in waiting(site).items() if queue in {"", name}}
    if form == "json":
        rows = {
            name: [{**_as_json(one.problem), "id": one.id, "title": one.title} for one in found]
            for name, found in queues.items()
        }
        _echo_json(rows)
        return
    language = _language(site)
    for name, found in queues.items():
        click.echo(f"{len(found):6}  {name:10} {message(QUEUES[name].title, language)}")
    for name, found in queues.items():
        shown = found if whole else found[: _MOST_WAITING if queue else _FEW_WAITING]
        click.echo(f"\n{message(QUEUES[name].title, language)}")
        for one in shown:
            place = f"{printable(one.problem.path)}:{one.problem.line}" if one.problem.path else ""
            words, _ = wording_of(one.problem, language)
            click.echo("  " + "  ".join(filter(None, (place, one.title, words))))
        if rest := len(found) - len(shown):
            click.echo("  " + message("say-todo-more", language, count=rest, queue=name))
    if not queues:
        click.echo(message("say-todo-none", language))


@main.group()
def stories() -> None:
    """Work on stories: one event as several outlets report it."""


@stories.command()
@click.option("--dry-run", is_flag=True, help="Write nothing.")
@_FORMAT
@click.pass_obj
def propose(site: Path, dry_run: bool, form: str) -> None:
    """Write proposed stories into content/stories, with their reasons, for an editor."""
    from warraq.commands.stories import WORDS, as_json  # noqa: PLC0415 - see the module's docstring
    from warraq.commands.stories import propose as propose_stories  # noqa: PLC0415 - as above

    language = _language(site)
    report = propose_stories(site, dry_run=dry_run)
    if form == "json":
        _echo_json(as_json(report))
        return
    for line in report.lines:
        click.echo(f"{message(WORDS[line.outcome], language):12} {line.key}  {line.name}")
        click.echo(f"{'':12} {' '.join(line.articles)}")
        for why in line.reasons:
            click.echo(f"{'':12} – {why}")
    outcomes = [line.outcome for line in report.lines]
    counts = {name: outcomes.count(name) for name in WORDS}
    rest = {"refused": report.refused, "unchanged": report.unchanged}
    click.echo(message("say-stories", language, **counts, **rest))


def _exit(code: int) -> NoReturn:
    raise click.exceptions.Exit(code)


def _echo_json(value: object) -> None:
    import json  # noqa: PLC0415 - not needed for help

    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _show(problems: Iterable[Problem], site: Path) -> None:
    language = _language(site)
    for problem in problems:
        click.echo(format_problem(problem, language))


@contextmanager
def _progress(site: Path, code: str) -> "Iterator[Callable[[int, int], None]]":
    """Yield a function that draws a progress bar (done, total; 0: unknown), on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console  # noqa: PLC0415 - slow to import
    from rich.progress import (  # noqa: PLC0415 - as above
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task(message(code, _language(site)), total=None)
        yield lambda done, every: bar.update(task, completed=done, total=every or None)


def _report(report: "ImportReport") -> dict[str, object]:
    return {
        "counts": report.counts,
        "lines": [_line(line) for line in report.lines],
        "open": report.open,
        "mentions": report.mentions,
        "names": [found._asdict() for found in report.names],
        "moved": report.moved,
        "problems": [_as_json(p) for p in report.others],
    }


def _line(line: "ReportLine") -> dict[str, object]:
    return {**line._asdict(), "problems": [_as_json(p) for p in line.problems]}


def _as_json(problem: Problem) -> dict[str, object]:
    message, fix = wording_of(problem, "en")
    return {
        "path": problem.path,
        "line": problem.line,
        "severity": problem.severity,
        "code": problem.code,
        "args": dict(problem.args),
        "message": message,
        "fix": fix,
    }


def _language(site: Path) -> Language:
    """Return the language of messages: from site.yaml, else the terminal, else English."""
    try:
        with unexpected_as_problem("site.yaml"):  # messages must work whatever is broken
            from warraq.base.config import load  # noqa: PLC0415 - see the module's docstring

            config, _ = load(site)
    except WarraqError:
        config = None
    if config and config.messages:
        return config.messages
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "ar" if next(filter(None, names), "").startswith("ar") else "en"
