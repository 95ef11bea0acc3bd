"""The parts of docs/handbok that are made from the program: the contents, every nyckeltal, and the icons' pictures.

`python scripts/handbook.py --write` renews them; without --write it names the files that are not as they should be.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hsf_kpi.ingest.definitions import read_catalogue  # noqa: E402
from hsf_kpi.ui.help_chapters import FOLDER, MEASURES, contents_text  # noqa: E402
from hsf_kpi.ui.help_icons import ICON_NAMES, icon_file  # noqa: E402
from hsf_kpi.ui.help_measures import measures_text  # noqa: E402


def made() -> dict[Path, str]:
    """Every file that is made → its text."""
    chapter = {FOLDER / f"{MEASURES}.md": measures_text(read_catalogue(ROOT / "data"))}
    icons = ROOT / "docs" / "pictures" / "ikoner"
    return chapter | {icons / f"{name}.svg": icon_file(name) for name in ICON_NAMES}


def contents() -> dict[Path, str]:
    """Made last: it takes the chapters' titles from their files."""
    return {FOLDER / "README.md": contents_text()}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true")
    write = options.parse_args().write
    different = 0
    for files in (made, contents):
        for path, text in files().items():
            if path.is_file() and path.read_text("utf-8") == text:
                continue
            different += 1
            print(path.relative_to(ROOT))
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
    return 0 if write or not different else 1


if __name__ == "__main__":
    sys.exit(main())
