"""Secrets that stand in a file instead of in the environment, which every process of the same user can read: systemd's
credentials, Docker's secrets. `HSF_KPI_DATABASE_URL_FILE` names the file that holds `HSF_KPI_DATABASE_URL`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from hsf_kpi.model.problems import Problem

SUFFIX: Final = "_FILE"
LONGEST: Final = 4096
"""Bytes. An address of a database or a token is far shorter: a larger file is another file."""


def with_files(
    values: Mapping[str, str], secrets: Iterable[str], prefix: str, problems: list[Problem]
) -> dict[str, str]:
    """The values, those among `secrets` that a file is named for read from it; what is wrong is added to problems. Nothing
    of a file's content is told.
    """
    found = dict(values)
    for name in secrets:
        path = found.pop(name + SUFFIX, "")
        if not path:
            continue
        where = f"{prefix}{name}{SUFFIX}"
        if found.get(name):
            problems.append(
                Problem(
                    f"också {prefix}{name} är satt.",
                    where,
                    "Sätt bara den ena, så att det är klart vad som gäller.",
                )
            )
            continue
        text = _content(Path(path), where, problems)
        if text is not None:
            found[name] = text
    return found


def _content(path: Path, where: str, problems: list[Problem]) -> str | None:
    try:
        with path.open("rb") as file:
            held = file.read(LONGEST + 1)
        text = held.decode("utf-8").strip()
    except OSError:
        problems.append(
            Problem(f"filen {path} går inte att läsa.", where, "Ange en fil som tjänsten får läsa.")
        )
        return None
    except UnicodeDecodeError:
        text = ""
    if not text or len(held) > LONGEST or len(text.splitlines()) != 1:
        problems.append(
            Problem(f"filen {path} innehåller inte en rad text.", where, "Skriv bara hemligheten i filen.")
        )
        return None
    return text
