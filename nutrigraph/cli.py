"""The command line: `nutrigraph COMMAND`.

Exit status: 0 done; 1 the check that was asked for found something; 2 the request cannot be served. Answers go to
standard output, messages and errors to standard error, and a person's mistake never ends in a traceback.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from nutrigraph import (
    commands_ask,
    commands_check,
    commands_draw,
    commands_project,
    commands_review,
    commands_validate,
    commands_vocabulary,
)
from nutrigraph.errors import NutrigraphError
from nutrigraph.printing import clean, say

DEBUG = "NUTRIGRAPH_DEBUG"
_LONGEST_LINE = 2000


class _Commands(click.Group):
    """The commands in the order in which people meet them, with the near miss for a mistyped one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.get_short_help_str(limit=300)) for name, one in self.commands.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            near = difflib.get_close_matches(name, self.commands, n=1)
            hint = f' Did you mean "{near[0]}"?' if near else " See: nutrigraph --help"
            raise click.UsageError(f'There is no command "{clean(name)}".{hint}', ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Try it on an example: nutrigraph demo. Help for one command: nutrigraph COMMAND --help",
)
@click.version_option(package_name="nutrigraph", message="nutrigraph %(version)s")
def commands() -> None:
    """Turns a nutrition or health glossary into a knowledge graph whose every relation carries its sentence, its
    source and its reviewer."""


for _command in (
    *commands_project.COMMANDS,
    *commands_ask.COMMANDS,
    *commands_check.COMMANDS,
    *commands_review.COMMANDS,
    *commands_draw.COMMANDS,
    *commands_vocabulary.COMMANDS,
    *commands_validate.COMMANDS,
):
    commands.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command line and returns the exit status."""
    # Matrices are small here: threads for them wait for each other longer than they compute. numpy reads it once.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 — open to the end
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):  # a stream that somebody put in place of the real one
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        # Without standalone mode click hands back the status of an early end, such as --help, else what a command
        # returned; commands return True when the check that was asked for found something.
        asked = list(sys.argv[1:] if arguments is None else arguments)
        outcome = commands.main(asked or ["--help"], prog_name="nutrigraph", standalone_mode=False)
        sys.stdout.flush()
        return int(outcome) if isinstance(outcome, (bool, int)) else 0
    except NutrigraphError as error:
        say("\n".join(clean_line(line) for line in str(error).splitlines()))
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        _usage(error)
    except (KeyboardInterrupt, click.Abort):
        say("Stopped.")
        return 130
    except BrokenPipeError:
        # The reader has seen enough (`| head`). Without this Python complains once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if os.environ.get(DEBUG):
            raise
        say(f"{clean(error.filename) or 'The system'}: {clean(error.strerror or error)}.")
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        say(_bug(error))
    return 2


def clean_line(line: str) -> str:
    """A line of a message as it may be shown in a terminal; its indentation stays, and both ends of a very long one."""
    if len(line) > _LONGEST_LINE:
        line = f"{line[: _LONGEST_LINE // 2]} … {line[-_LONGEST_LINE // 4 :]}"
    return line[: len(line) - len(line.lstrip(" "))] + clean(line)


def _usage(error: click.ClickException) -> None:
    context = getattr(error, "ctx", None)
    say("\n".join(clean_line(line) for line in error.format_message().splitlines()))
    if isinstance(context, click.Context):
        say(f"Usage: {context.command_path} {' '.join(context.command.collect_usage_pieces(context))}")


def _bug(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" ({trace.tb_frame.f_code.co_filename}, line {trace.tb_lineno})" if trace else ""
    return (
        f"This is a bug in nutrigraph: {type(error).__name__}: {clean(error)}{place}. "
        f"Please report it; {DEBUG}=1 before the command shows more."
    )
