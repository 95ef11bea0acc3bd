"""The deck that every deck starts from: theme, slide master, three layouts, notes master. Made once in a process.

Its parts are the files of `template/`, as they lie in a deck. The colours are those of `render.theme`, so that an
organisation that changes its deck's theme changes every chart and table in it.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import asdict
from functools import cache
from pathlib import Path
from string import Template

from hsf_kpi.render.theme import LIGHT

PARTS = Path(__file__).parent / "template"
PETROL = "#0B6470"
"""The colour of what can be clicked."""
TITLE, FIGURE, TEXT = 0, 1, 2
"""The layouts by their index: title slide, figure, running text."""
WIDTH, HEIGHT = 960.0, 540.0
"""Points of a slide (16:9)."""


@cache
def template() -> bytes:
    """A deck without slides."""
    colours = {name: str(value).removeprefix("#") for name, value in asdict(LIGHT).items()}
    colours["petrol"] = PETROL.removeprefix("#")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as deck:
        for path in sorted(path for path in PARTS.rglob("*") if path.is_file()):
            text = path.read_text("utf-8")
            if path.parent.name == "theme":
                text = Template(text).substitute(colours)
            deck.writestr(path.relative_to(PARTS).as_posix(), text)
    return packed.getvalue()
