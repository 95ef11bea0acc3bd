"""The deck that every deck starts from: theme, slide master, three layouts, notes master. Made once in a process.

Its parts are the files of `template/`, as they lie in a deck; the themes are `office.theme_xml()`, so that an organisation
that changes its deck's theme changes every chart and table in it.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

from hsf_kpi.render.office import theme_xml

PARTS = Path(__file__).parent / "template"
THEMES = ("ppt/theme/theme1.xml", "ppt/theme/theme2.xml")
"""Of the slide master, of the notes master."""
TITLE, FIGURE, TEXT = 0, 1, 2
"""The layouts by their index: title slide, figure, running text."""
WIDTH, HEIGHT = 960.0, 540.0
"""Points of a slide (16:9)."""


@cache
def template() -> bytes:
    """A deck without slides."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as deck:
        for path in sorted(path for path in PARTS.rglob("*") if path.is_file()):
            deck.writestr(path.relative_to(PARTS).as_posix(), path.read_text("utf-8"))
        for name in THEMES:
            deck.writestr(name, theme_xml())
    return packed.getvalue()
