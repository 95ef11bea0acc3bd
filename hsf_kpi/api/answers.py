"""Answers as bytes: JSON with what must be said of them, or CSV that Excel opens as it is."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from hsf_kpi.api.asking import Question
from hsf_kpi.api.definitions import CSV, EDITION_FIELDS, Resource, Row
from hsf_kpi.api.figure import figure_csv, figure_json
from hsf_kpi.api.lists import Listed
from hsf_kpi.composing.composed import Composed
from hsf_kpi.render.csv import table
from hsf_kpi.render.names import file_name
from hsf_kpi.workspace import Workspace

SOURCE = "HSF nyckeltal"
DEMO_SOURCE = "HSF nyckeltal, demodata"
Pairs = Sequence[tuple[str, str]]


def about(workspace: Workspace) -> dict[str, Any]:
    """What every answer says: where it comes from, which version of the data, as of when, fetched when."""
    state = workspace.state()
    version, as_of = workspace.version()
    return {
        "source": DEMO_SOURCE if state.kind == "demo" else SOURCE,
        "data_kind": state.kind,
        "data_version": version,
        "as_of": as_of.isoformat(),
        "retrieved": dt.date.today().isoformat(),
    }


def list_answer(
    resource: Resource, question: Question, listed: Listed, form: str, path: str, pairs: Pairs
) -> Response:
    """`path` and `pairs`: of the request, for the link to the next rows."""
    following = _next(question, listed, path, pairs)
    if form == CSV:
        response = _csv(_table(resource, question, listed.rows), resource.path)
        response.headers["x-total-count"] = str(listed.total)
        if following:
            response.headers["link"] = f'<{following}>; rel="next"'
        return response
    origins = {str(row["origin"]) for row in listed.rows if row.get("origin")}
    return _json(
        about(question.workspace)
        | {
            "origins": sorted(origins),
            "total": listed.total,
            "limit": question.whole("limit"),
            "offset": question.whole("offset"),
            "next": following,
            "items": list(listed.rows),
        }
    )


def figure_answer(question: Question, found: Composed, form: str) -> Response:
    if form == CSV:
        return _csv(figure_csv(found.figure), file_name(found.figure, "csv").removesuffix(".csv"))
    told = figure_json(found.figure)
    # The figure's own words for where it comes from say more than the service's name.
    return _json({**about(question.workspace), "page": question.path["page"], **told})


def _next(question: Question, listed: Listed, path: str, pairs: Pairs) -> str | None:
    start = question.whole("offset") + len(listed.rows)
    if not listed.rows or start >= listed.total:
        return None
    rest = [(name, value) for name, value in pairs if name != "offset"]
    return f"{path}?{urlencode([*rest, ('offset', str(start))])}"


def _table(resource: Resource, question: Question, rows: Sequence[Row]) -> bytes:
    edition = about(question.workspace)
    names = [field.name for field in resource.fields]
    ending = [edition[field.name] for field in EDITION_FIELDS]
    return table(
        [*names, *(field.name for field in EDITION_FIELDS)],
        [[*(row[name] for name in names), *ending] for row in rows],
    )


def _csv(content: bytes, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name.replace("/", "-")}.csv"'}
    return Response(content, headers=headers, media_type="text/csv; charset=utf-8")


def _json(body: Mapping[str, Any]) -> Response:
    content = json.dumps(body, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
    return Response(content, media_type="application/json")
