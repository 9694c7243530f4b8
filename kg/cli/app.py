"""The command `kg`: its verbs, and what happens when something goes wrong."""

from __future__ import annotations

import os
import sys
import traceback
from typing import NoReturn

import typer

from kg.cli import asking, checking, making, measuring, writing
from kg.cli.screen import complain
from kg.errors import KgError

app = typer.Typer(
    name="kg",
    help="A knowledge graph of the news that remembers who said it.",
    epilog="Every verb explains itself: kg VERB --help. With --debug, an error shows where in the program it arose.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help: a third of the time to print
    pretty_exceptions_enable=False,
)
for verb in (*making.VERBS, *writing.VERBS, *asking.VERBS, *checking.VERBS, *measuring.VERBS):
    app.command(verb.name)(verb.run)
app.add_typer(writing.gazetteer)


_STOPPED = 130  # a shell's own code for a program that Ctrl-C has ended


def main() -> NoReturn:
    """Run the command line and end the program."""
    debug = "--debug" in sys.argv
    sys.argv = [argument for argument in sys.argv if argument != "--debug"]
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a character shows its number
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(prog_name="kg", standalone_mode=False)
        if code == _STOPPED:  # so it comes out of typer, which catches what Ctrl-C raises
            raise KeyboardInterrupt
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (Exception, KeyboardInterrupt) as error:
        if debug:
            traceback.print_exc()
        sys.exit(_report(error))


def _report(error: BaseException) -> int:
    """One line about an error, and the exit code."""
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        complain("stopped; the graph is as it was")
        return _STOPPED
    if isinstance(error, typer.Exit):
        return error.exit_code
    if isinstance(error, KgError):
        complain(str(error))
        return 1
    show = getattr(error, "show", None)  # the command line's own errors of usage
    if show is not None:
        show()
        return int(getattr(error, "exit_code", 2))
    if isinstance(error, OSError):
        complain(": ".join(str(part) for part in (error.filename, error.strerror or error) if part))
        return 1
    complain(f"internal error, {type(error).__name__}: {error}; --debug shows where")
    return 1
