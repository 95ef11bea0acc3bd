"""What a killed process has left is removed, and nothing that is in use or another's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hsf_kpi.store.temporary import prefix, sweep


def dead() -> int:
    """The number of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_only_what_no_living_process_has_made_is_removed(tmp_path: Path) -> None:
    gone = dead()
    left = tmp_path / f"hsf-kpi-fil-{gone}-abc"
    left.mkdir()
    (left / "fil.csv").write_text("x")
    (tmp_path / f"hsf-kpi-per-{gone}-x.sqlite3").write_text("x")
    kept = [
        f"{prefix('per')}x.sqlite3",
        f"{prefix('fil')}y",
        "hsf-kpi-postgres-1-x",
        "hsf-kpi-fil-x-y",
        "annat",
    ]
    for name in kept:
        (tmp_path / name).write_text("x")
    outside = tmp_path / "utanfor"
    outside.mkdir()
    (tmp_path / f"hsf-kpi-fil-{gone}-lank").symlink_to(outside)
    assert sweep(tmp_path) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*kept, "utanfor"])
