"""Streamlit's own scripts that nearly every page needs, fetched with the document.

Else a browser learns of each when the first list, table or chart is to be drawn, and shows an empty place meanwhile.
"""

from __future__ import annotations

import re
from pathlib import Path

import streamlit

STATIC = Path(streamlit.__file__).parent / "static"
NEEDED = (
    "Selectbox",
    "ButtonGroup",
    "Popover",
    "Table",
    "Metric",
    "ArrowVegaLiteChart",
    "embed",
    "vega-interpreter",
)
"""Of lists, choices, menus, tables, tiles and charts."""
_IMPORTED = re.compile(r'(?:from|import)"\./([^"]+\.js)"')
_HEAD = 20_000
"""Characters that hold a script's imports, which stand first in it."""


def early_links(static: Path = STATIC) -> str:
    """A link for each of them and for what they are made of, except what the document links already. "" for a Streamlit
    whose scripts have other names: everything is then fetched when it is needed.
    """
    folder = static / "static" / "js"
    document = (static / "index.html").read_text("utf-8")
    wanted = [path.name for stem in NEEDED for path in folder.glob(f"{stem}.*.js")]
    found: dict[str, None] = {}
    while wanted:
        name = wanted.pop(0)
        if name in found or name in document or not (folder / name).is_file():
            continue
        found[name] = None
        wanted += _IMPORTED.findall((folder / name).read_text("utf-8")[:_HEAD])
    return "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in found)
