"""The elements of a page, taken down as literals, so that a bare Streamlit page can draw the same."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from hsf_kpi import ROOT
from hsf_kpi.ui.frame import IMAGES
from hsf_kpi.ui.menu import MENU

Op = dict[str, Any]
LIST = "Verksamhet"
"""The list of units of a page."""
SEEN = {"manad": "2023-10", "vy": "ack"}
"""What the pages are compared at."""


def record(page: str, **params: str) -> list[Op]:
    """Every element that the page draws (filter bar included), in order, containers as nested lists."""
    app = AppTest.from_file(str(ROOT / "hsf_kpi" / "ui" / "main.py"), default_timeout=120)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    if page != "oversikt":
        app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    if app.exception:
        raise RuntimeError(str(app.exception))
    return _block(app._tree.children[0])


def _block(block: Any) -> list[Op]:
    ops: list[Op] = []
    for child in block.children.values():
        if hasattr(child, "children"):
            ops.append(_container(child))
        else:
            ops.append(_element(child))
    return ops


def _container(block: Any) -> Op:
    ops = _block(block)
    proto = block.proto
    if block.type == "popover":
        return {"op": "popover", "label": _part(proto, "popover").label, "ops": ops}
    if block.type == "expander":
        return {"op": "expander", "label": _part(proto, "expandable").label, "ops": ops}
    if block.type == "column":
        return {"op": "column", "weight": _part(proto, "column").weight, "ops": ops}
    if _holds_columns(block):
        return {"op": "columns", "ops": ops}
    op: Op = {"op": "container", "ops": ops}
    flex = _part(proto, "flex_container")
    if hasattr(flex, "direction"):
        op |= {"border": bool(flex.border), "horizontal": flex.direction == flex.Direction.HORIZONTAL}
    return op


def _part(proto: Any, name: str) -> Any:
    """AppTest keeps some blocks as the message itself, others as the message that holds it."""
    return getattr(proto, name, proto)


def _holds_columns(block: Any) -> bool:
    children = list(block.children.values())
    return bool(children) and all(getattr(c, "type", "") == "column" for c in children)


def _element(element: Any) -> Op:
    kind, proto = element.type, element.proto
    if kind in ("markdown", "caption", "title", "header", "subheader"):
        return {"op": kind, "text": proto.body}
    if kind == "metric":
        return {"op": "metric", "label": proto.label, "text": proto.body}
    if kind in ("arrow_vega_lite_chart", "vega_lite_chart"):
        data = proto.datasets[0].data.data if proto.datasets else proto.data.data
        frame = convert_arrow_bytes_to_pandas_df(data)
        return {"op": "chart", "spec": json.loads(proto.spec), "data": arrow(frame), "alt": proto.alt}
    if kind in ("table", "arrow_table"):
        return {"op": "table", "data": arrow(element.value)}
    if kind == "selectbox":
        return {
            "op": "selectbox",
            "label": proto.label,
            "options": list(proto.options),
            "index": element.index,
        }
    if kind in ("button_group", "segmented_control"):
        return {"op": "segments", "label": proto.label, "options": [o.content for o in proto.options]}
    if kind in ("text_input", "text_area"):
        return {"op": kind, "label": proto.label, "text": proto.default}
    if kind == "button":
        return {"op": "button", "label": proto.label}
    if kind == "radio":
        return {"op": "radio", "label": proto.label, "options": list(proto.options)}
    if kind == "download_button":
        return {"op": "download", "label": proto.label}
    if kind == "alert":
        return {"op": "markdown", "text": proto.body}
    return {"op": "markdown", "text": kind}


def arrow(frame: pd.DataFrame) -> pa.Table:
    """The bare page sends its literals as ours does: without converting a pandas frame at every rerun."""
    return pa.Table.from_pandas(frame, preserve_index=False)


def save(pages: Iterable[str], units: Sequence[str], file: Path) -> dict[str, str]:
    """Takes down every page at every unit for bench/bare_page.py, and the menu. Returns unit → its name in the list of
    units, from the pages that have one.
    """
    ops = {f"{page}/{unit}": record(page, enhet=unit, **SEEN) for page in pages for unit in units}
    names = {unit: name for page in pages for unit in units for name in _chosen(ops[f"{page}/{unit}"])}
    menu = {section: [(name, *told) for name, told in pages.items()] for section, pages in MENU.items()}
    shown = {"menu": menu, "logo": str(IMAGES / "logo.svg")}
    file.write_bytes(pickle.dumps({**ops, **shown, "names": {name: unit for unit, name in names.items()}}))
    return names


def _chosen(ops: Sequence[Op]) -> Iterator[str]:
    """What is chosen in the list of units among the elements."""
    for op in ops:
        yield from _chosen(op.get("ops", ()))
        if op["op"] == "selectbox" and op["label"] == LIST:
            yield op["options"][op["index"]]
