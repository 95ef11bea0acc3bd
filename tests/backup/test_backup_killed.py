"""A restoring that is killed anywhere has happened or has not; what it leaves is taken away by the next."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.backup.restore import restore
from hsf_kpi.store import Store
from tests.backup.test_backup_files import copy, filled, settings, url

__all__ = ["copy", "url"]
EVERY = 131
"""Every hundred and thirty-first point of more than a thousand: to look at each takes its time."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed as another one's child")
def test_killed_anywhere_it_is_as_before_or_as_after(url: str, copy: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.backup.killing", url, str(copy), str(EVERY)],
        cwd=ROOT, capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    held = done.stdout.split()
    assert len(held) > 7, "it was killed at many points"
    assert set(held[:-1]) == {"before"}
    assert held[-1] == "after"
    with closing(Store.open(url)) as store:
        assert store.state().kind == "demo"


def test_what_a_killed_one_left_is_taken_away(copy: Path, tmp_path: Path) -> None:
    target = tmp_path / "ny" / "db.sqlite3"
    target.parent.mkdir()
    left = [target.with_name(f"{target.name}.1234.kopia{end}") for end in ("", "-wal")]
    young = target.with_name(f"{target.name}.99.kopia")
    for path in (*left, young):
        path.write_bytes(b"halv")
    for path in left:
        os.utime(path, (time.time() - 7200,) * 2)
    restore(settings(f"sqlite:///{target}"), copy)
    assert [path.exists() for path in left] == [False, False]
    assert young.exists(), "somebody else may be restoring just now"


def test_a_restoring_that_fails_leaves_nothing(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = filled(f"sqlite:///{tmp_path / 'ny' / 'db.sqlite3'}")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    from hsf_kpi.model.problems import StoreError

    with pytest.raises(StoreError, match="Ingenting är ändrat"):
        restore(settings(url), copy, replace=True)
    assert [path.name for path in (tmp_path / "ny").iterdir()] == ["db.sqlite3"]
