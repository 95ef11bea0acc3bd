"""Restores a copy in child processes that are killed (SIGKILL) at one point after another.

Run by test_backup_killed.py in a process of its own: `python -m tests.backup.killing URL COPY EVERY`. Prints what the
database held after each: «before», «after» or «other».
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from pathlib import Path

from sqlalchemy import Engine, event

from hsf_kpi.backup.restore import restore
from hsf_kpi.settings import read_settings
from hsf_kpi.store import copies
from tests.backup.whole import everything, unequal

MOST = 2000
TOLD = ("audit_log", "meta")
"""What a restoring writes in of its own."""


def die_at(url: str, copy: Path, point: int) -> None:
    passed = [0]

    def step(*_: object, **__: object) -> None:
        passed[0] += 1
        if passed[0] >= point:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, step)
    real, fill = os.replace, copies.dump.insert_rows

    def replaced(*told: str) -> None:
        step()
        real(*told)
        step()

    def filled(*told: object) -> None:
        step()
        fill(*told)  # type: ignore[arg-type]
        step()

    os.replace = replaced  # type: ignore[assignment]
    copies.dump.insert_rows = filled  # type: ignore[assignment]
    restore(read_settings({"HSF_KPI_DATABASE_URL": url}), copy, replace=True)
    os._exit(0)


def main(url: str, copy: Path, every: int) -> None:
    importlib.import_module("alembic.command")  # once, not by each child
    before, held = everything(url), []
    for point in range(1, MOST, every):
        child = os.fork()
        if child == 0:
            die_at(url, copy, point)
        _, status = os.waitpid(child, 0)
        now = everything(url)
        held.append("before" if not unequal(before, now) else "other")
        if not os.WIFSIGNALED(status) or held[-1] != "before":
            break
    after = everything(url)
    source = everything(f"sqlite:///{copy.parent / 'source.db'}")
    if held[-1] == "other" and not unequal(source, after, TOLD):
        held[-1] = "after"
    print(" ".join(held))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
