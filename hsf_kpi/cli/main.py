"""The commands and their options, and one way to tell people what is wrong: Swedish, on stderr, exit code 2."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Sequence
from typing import NoReturn

from hsf_kpi.cli import (
    backup,
    build,
    check,
    compliance,
    doctor,
    fetch,
    figure,
    load,
    loads,
    months,
    profiles,
    reconcile,
    release,
    reopen,
    report,
    restore,
    series,
    signals,
    start,
    status,
    trajectory,
    undo,
    units,
    user,
)
from hsf_kpi.model.problems import HsfError, Problem

COMMANDS = (
    start,
    build,
    backup,
    restore,
    doctor,
    check,
    load,
    loads,
    undo,
    months,
    reconcile,
    release,
    reopen,
    profiles,
    fetch,
    status,
    series,
    trajectory,
    compliance,
    signals,
    report,
    figure,
    units,
    user,
)


FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """argparse's own messages are English: the usage line and one Swedish sentence are told instead."""
        raise HsfError(
            Problem(
                f"kommandot går inte att förstå ({_swedish(message)}).", self.prog, f"Se {self.prog} --help."
            )
        )


_PHRASES = (
    ("the following arguments are required:", "saknar"),
    ("unrecognized arguments:", "känner inte igen"),
    ("invalid choice:", "okänt val:"),
    ("choose from", "välj bland"),
    ("expected one argument", "saknar värde"),
    ("invalid int value:", "inte ett heltal:"),
    ("argument", "argumentet"),
)


def _swedish(message: str) -> str:
    for english, swedish in _PHRASES:
        message = message.replace(english, swedish)
    return message


def parser() -> argparse.ArgumentParser:
    top = _Parser(prog="python -m hsf_kpi", description="HSF nyckeltal på kommandoraden.")
    commands = top.add_subparsers(dest="command", required=True, metavar="KOMMANDO", parser_class=_Parser)
    for module in COMMANDS:
        module.add_to(commands)
    return top


def main(arguments: Sequence[str]) -> int:
    """Runs one command. 0 when it is done, 2 with a message when it could not be."""
    try:
        options = parser().parse_args(arguments)
        return int(options.run(options) or 0)
    except HsfError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    except OSError as error:
        if error.errno not in FULL:
            raise
        print(
            Problem("Disken är full.", "", "Frigör plats och försök igen. Inget halvt är sparat."),
            file=sys.stderr,
        )
        return 2
