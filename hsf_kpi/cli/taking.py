"""What the commands that write files share: whose rights, which folder, and files that are there whole or not at all."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights
from hsf_kpi.cli.loading import BY, command_line_rights
from hsf_kpi.model.problems import DataError, NotFound, Problem
from hsf_kpi.workspace import Workspace

REFUSED = "Behörigheten räcker inte för att ta ut den."


def add_taking(command: argparse.ArgumentParser, formats: Collection[str], first: Collection[str]) -> None:
    command.add_argument(
        "--formats",
        "--format",
        dest="formats",
        default=",".join(first),
        metavar="FORMAT",
        help=f"ett eller flera med komma emellan: {', '.join(formats)}",
    )
    command.add_argument("--out", required=True, metavar="MAPP", help="mappen som filerna skrivs i")
    command.add_argument(
        "--for",
        dest="login",
        default="",
        metavar="KONTO",
        help="med det kontots behörighet (annars allt, som den som sköter databasen)",
    )


def rights_for(options: argparse.Namespace, workspace: Workspace) -> Rights:
    """The account's own, in the name of the command line: the log tells who took the files. NotFound for an account that
    there is not, or that is closed.
    """
    if not options.login:
        return command_line_rights(workspace)
    account = workspace.store.accounts.find(options.login)
    if account is None or not account.active:
        raise NotFound(
            Problem(f"Kontot ”{options.login}” finns inte eller är avstängt.", "--for", "Se kommandot user.")
        )
    grants = tuple(held.grant for held in account.held)
    by = Identity(BY, f"Kommandoraden, med behörigheten för {account.name}", grants)
    return workspace.rights_of(by)


def formats_of(options: argparse.Namespace, known: Collection[str]) -> tuple[str, ...]:
    """NotFound with every format that there is not."""
    asked = tuple(dict.fromkeys(part.strip() for part in options.formats.split(",") if part.strip()))
    wrong = [one for one in asked if one not in known]
    if wrong or not asked:
        what = ", ".join(f"”{one}”" for one in wrong) or "inget"
        raise NotFound(Problem(f"okänt format: {what}.", "--formats", f"Välj bland {', '.join(known)}."))
    return asked


def folder_of(options: argparse.Namespace) -> Path:
    """The folder, made where it is not there. DataError when it can't be."""
    folder = Path(options.out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(
            Problem("Mappen kan inte skapas.", str(folder), "Ange en mapp som det går att skriva i.")
        ) from error
    return folder


def write_file(folder: Path, name: str, content: bytes) -> Path:
    """The file is there whole or, when the disk is full, not at all; one with the same name is replaced. DataError."""
    target = folder / name
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=".hsf-", dir=folder)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        # As any new file: mkstemp's own is for its owner alone.
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
    except OSError as error:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)
        raise DataError(
            Problem(
                f"Filen kan inte skrivas ({error.strerror or error}).",
                str(target),
                "Kontrollera att det finns plats på disken och rätt att skriva i mappen.",
            )
        ) from error
    return target


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
