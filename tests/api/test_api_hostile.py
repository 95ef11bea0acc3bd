"""Whatever is sent, the API answers with figures or with words: never with a fault of ours, a trace or a secret."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from hsf_kpi.access.token import DEMO
from hsf_kpi.composing.registry import PAGES

QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAMES = st.sampled_from(
    [
        "unit",
        "measure",
        "from",
        "through",
        "month",
        "view",
        "sex",
        "org",
        "limit",
        "offset",
        "format",
        "mot",
        "scenario",
    ]
)
KNOWN = st.sampled_from(
    ["hsf", "kirurgkliniken", "hyrpersonal", "2023-10", "2023-01", "1900-01", "2200-12", "ytd", "month", "women",
     "as_was", "today", "csv", "json", "0", "1", "5000", "99999999999999999999", "budget"]
)  # fmt: skip
STRANGE = st.one_of(
    KNOWN,
    st.text(max_size=40),
    st.sampled_from(
        [
            "\0",
            "'; DROP TABLE unit; --",
            "=1+1",
            "<script>",
            "../../etc/passwd",
            "%00",
            "\ud800",
            "٣",
            "∞",
            "-0",
        ]
    ),
)
PATHS = st.one_of(
    st.sampled_from(["units", "measures", "months", "values", "figures", "openapi.json"]),
    st.sampled_from(list(PAGES)).map(lambda page: f"figures/{page}"),
    st.tuples(st.sampled_from(list(PAGES)), STRANGE).map(
        lambda p: f"figures/{p[0]}/{quote(p[1], safe='', errors='replace')}"
    ),
    st.text(max_size=20).map(lambda text: quote(text, errors="replace")),
)


def harmless(answer: object) -> None:
    status, text = answer.status_code, answer.text  # type: ignore[attr-defined]
    assert status in (200, 304, 400, 401, 403, 404, 405, 429), text[:500]
    assert "Traceback" not in text
    assert "sqlite:///" not in text
    if status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"  # type: ignore[attr-defined]
        json.loads(text)


@QUIET
@given(
    PATHS,
    st.lists(st.tuples(NAMES, STRANGE), max_size=6),
    st.sampled_from(["controller", "hr", "namnd", "admin"]),
)
def test_any_question(client: TestClient, path: str, pairs: list[tuple[str, str]], person: str) -> None:
    query = urlencode(pairs, errors="replace")
    harmless(client.get(f"/api/v1/{path}?{query}", headers={"authorization": f"Bearer {DEMO}{person}"}))


@QUIET
@given(st.binary(max_size=60), st.binary(max_size=60))
def test_any_header_and_any_bytes_in_the_query(client: TestClient, key: bytes, query: bytes) -> None:
    value = bytes(sign for sign in key if sign not in b"\r\n\0")
    harmless(
        client.get(b"/api/v1/units?".decode() + query.hex(), headers={b"authorization": b"Bearer " + value})
    )
    harmless(
        client.get(
            "/api/v1/units?" + "".join(f"%{byte:02x}" for byte in query),
            headers={
                "authorization": f"Bearer {DEMO}hr",
                "if-none-match": query.hex(),
                "accept": query.hex(),
            },
        )
    )
