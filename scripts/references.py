"""The figures' reference pictures against what is drawn now: `make references`, then `scripts/references.py --accept`.

Without `--accept` nothing is changed: a page with each difference side by side is written, to be looked at.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping
from html import escape
from pathlib import Path

import vl_convert

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hsf_kpi.build import bring_up_to_date  # noqa: E402
from hsf_kpi.settings import read_settings  # noqa: E402
from hsf_kpi.workspace import Workspace  # noqa: E402
from tests.render.drawn_references import FOLDER, differing, kept, pictures  # noqa: E402

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Reference pictures</title>
<style>body{{font-family:sans-serif;margin:24px;background:#ddd}}section{{margin-bottom:40px}}
div{{display:flex;gap:16px;align-items:flex-start}}img{{width:calc(50vw - 40px);max-width:max-content}}</style>
<h1>{count}</h1>{parts}</html>
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--review", metavar="FOLDER", help="where the page of differences is written")
    options.add_argument("--accept", action="store_true", help="what is drawn now becomes the references")
    chosen = options.parse_args()
    drawn = draw()
    found = differing(drawn, kept())
    for name, (before, after) in found.items():
        print(f"{'new' if before is None else 'gone' if after is None else 'changed'}: {name}")
    print(f"{len(found)} of {len(drawn)} differ")
    if chosen.review:
        print(review(found, Path(chosen.review)))
    if chosen.accept:
        accept(found)


def draw() -> dict[str, str]:
    with tempfile.TemporaryDirectory() as scratch:
        settings = read_settings({"HSF_KPI_DATABASE_URL": f"sqlite:///{scratch}/demo.sqlite3"})
        bring_up_to_date(settings)
        return dict(pictures(Workspace.open(settings)))


def review(found: Mapping[str, tuple[str | None, str | None]], folder: Path) -> Path:
    """Writes `index.html` and its pictures; the way to it."""
    parts = []
    for name, pair in found.items():
        shown = []
        for side, picture in zip(("before", "after"), pair, strict=True):
            file = folder / side / f"{name}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.unlink(missing_ok=True)
            if picture is not None:
                # A browser that has not the typeface would show other widths than those that were drawn.
                file.write_bytes(vl_convert.svg_to_png(picture, scale=1.5))
                shown.append(f'<img src="{side}/{escape(file.name)}" alt="{side}">')
        parts.append(f"<section><h2>{escape(name)}</h2><div>{''.join(shown)}</div></section>")
    page = folder / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(PAGE.format(count=f"{len(found)} differ", parts="".join(parts)), "utf-8")
    return page


def accept(found: Mapping[str, tuple[str | None, str | None]]) -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, (_, after) in found.items():
        file = FOLDER / f"{name}.svg"
        if after is None:
            file.unlink()
        else:
            file.write_text(after, "utf-8")


if __name__ == "__main__":
    main()
