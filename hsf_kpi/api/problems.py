"""What an answer says that is no figure: application/problem+json (RFC 9457) with Swedish words, never a stack trace."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.responses import Response

from hsf_kpi.model.problems import Problem

TITLES: Final[Mapping[int, str]] = {
    400: "Begäran går inte att tolka",
    401: "Åtkomstnyckel saknas eller gäller inte",
    403: "Behörigheten räcker inte",
    404: "Finns inte",
    405: "Det går bara att läsa",
    429: "För många begäranden",
    500: "Något gick fel",
    503: "Tjänsten går inte att använda just nu",
}
_ECHO: Final = 80


@dataclass(eq=False)
class Refusal(Exception):
    """The request is not answered with figures. problems: every one at once."""

    status: int
    problems: tuple[Problem, ...]
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, status: int, what: str, where: str = "", todo: str = "", **headers: str) -> Refusal:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return cls(status, (Problem(what, where, todo),), named)


def refused(refusal: Refusal) -> Response:
    return problem_response(refusal.status, refusal.problems, refusal.headers)


def problem_response(
    status: int, problems: Iterable[Problem], headers: Mapping[str, str] | None = None
) -> Response:
    told = tuple(problems)
    body = {
        "type": "about:blank",
        "title": TITLES[status],
        "status": status,
        "detail": " ".join(f"{one.what} {one.todo}".strip() for one in told),
        "problems": [{"what": one.what, "where": one.where, "todo": one.todo} for one in told],
    }
    return Response(
        json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
        status,
        {"content-language": "sv", **(headers or {})},
        "application/problem+json",
    )


def shown(text: str) -> str:
    """What somebody wrote, as it may be told back."""
    kept = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return kept if len(kept) <= _ECHO else f"{kept[:_ECHO]}…"
