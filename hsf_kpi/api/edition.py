"""Which answer it is, so that a refresh that changed nothing costs no figures: the ETag."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from hsf_kpi import __version__
from hsf_kpi.composing.ask import Ask
from hsf_kpi.model.scope import Scope
from hsf_kpi.month import month_of
from hsf_kpi.workspace import Workspace


def tag_of(
    workspace: Workspace,
    scope: Scope,
    path: str,
    given: Mapping[str, Sequence[str]],
    form: str,
    ask: Ask | None = None,
) -> str:
    """A weak entity tag of all that the answer depends on: the data, the definitions, released months, what the caller may
    see, the question and the day. Equal on every server. `ask`: of a figure, with the versions of what people hand in.
    """
    state = workspace.state()
    parts = [
        __version__,
        [str(part) for part in workspace.version()],
        [state.kind, state.fingerprint, state.released.iso if state.released else ""],
        month_of(workspace).version(),
        _canonical(scope),
        [path, sorted((name, list(values)) for name, values in given.items()), form],
        list(ask.extras) if ask else [],
        dt.date.today().isoformat(),
    ]
    text = json.dumps(parts, ensure_ascii=False)
    return f'W/"{hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]}"'


def is_known(tag: str, told: str) -> bool:
    """Whether If-None-Match names the tag. A star is no answer that anybody holds."""
    return tag.removeprefix("W/") in (part.strip().removeprefix("W/") for part in told.split(","))


def _canonical(scope: Scope) -> list[Any]:
    return sorted(
        [
            sorted(reach.units),
            ["*"] if reach.measures is None else sorted(reach.measures),
            reach.through.iso if reach.through else "",
        ]
        for reach in scope.reaches
    )
