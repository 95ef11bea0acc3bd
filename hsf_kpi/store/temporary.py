"""Temporary files with the process in their name, so that what a killed one left can be told from what is in use."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(r"hsf-kpi-(?:fil|per)-(\d+)-")


def prefix(kind: str) -> str:
    """How the name of this process's file or folder begins. kind: «fil» (a file being loaded) or «per» (an earlier day)."""
    return f"hsf-kpi-{kind}-{os.getpid()}-"


def sweep(folder: Path | None = None) -> int:
    """Removes what processes that are no more have left, and says how many. To be called when the app starts."""
    count = 0
    for path in (folder or Path(tempfile.gettempdir())).glob("hsf-kpi-*"):
        found = _NAME.match(path.name)
        if found is None or _lives(int(found[1])):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        count += 1
    return count


def _lives(process: int) -> bool:
    """Where it can't be asked without harm (Windows), it does."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
