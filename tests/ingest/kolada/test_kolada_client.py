"""Asking: what is tried again and how long is waited, what is told at once, and answers that are not what they should be."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.ingest.kolada import KoladaClient, KoladaError, KoladaRequest, Patience
from hsf_kpi.ingest.kolada import client as client_module
from hsf_kpi.ingest.kolada.answers import Given, Page, Region, Row, data_page, parsed, region_page
from hsf_kpi.ingest.kolada.values import plain
from hsf_kpi.model.problems import DataError
from tests.ingest.kolada.kolada_server import BASE, FakeKolada

ADDRESS = f"{BASE}/municipality?per_page=5000"
OK = (200, {}, b"{}")
NOW = dt.datetime(2026, 3, 1, 12, 0, 0, tzinfo=dt.UTC)


def asking(
    *before: object, slept: list[float] | None = None, **options: object
) -> tuple[FakeKolada, KoladaClient]:
    fake = FakeKolada({})
    fake.before = list(before)  # type: ignore[arg-type]
    return fake, fake.client(slept, **options)


def refused(*before: object, **options: object) -> tuple[str, int]:
    """What is told, and how often it was asked."""
    fake, client = asking(*before, **options)
    with pytest.raises(KoladaError) as caught:
        client.get(ADDRESS, "Kolada, sida 1")
    [problem] = caught.value.problems
    assert problem.where == "Kolada, sida 1"
    assert problem.todo
    return problem.what, len(fake.asked)


@pytest.mark.parametrize(
    "trouble",
    [
        (429, {}, b""),
        (500, {}, b"{}"),
        (503, {}, b"<html>"),
        (200, {}, b'{"values": [{"kpi":'),
        (200, {}, b"<html>underhall</html>"),
        (200, {}, b'{"values": NaN}'),
        (200, {}, b'{"values": 1e99999999999999999999}'),
        (200, {}, b"\xff\xfe"),
        httpx.ConnectError("no"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("cut"),
    ],
)
def test_passing_trouble_is_tried_again_with_growing_waits(trouble: object) -> None:
    slept: list[float] = []
    _, client = asking(trouble, trouble, trouble, OK, slept=slept)
    told: list[float] = []
    assert client.get(ADDRESS, "x", told.append) == b"{}"
    assert slept == told == [1.0, 2.0, 4.0]
    what, asked = refused(*[trouble] * 9)
    assert asked == 4
    assert what.endswith(" 4 försök gjordes.")
    assert what.startswith("Kolada ")


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("7", 7.0),
        ("0", 1.0),
        ("100000", 60.0),
        ("9" * 5000, 60.0),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30.0),
        ("Sun, 01 Mar 2026 13:00:00 GMT", 60.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 1.0),
        ("-5", 1.0),
        ("snart", 1.0),
        ("٧", 1.0),
    ],
)
def test_retry_after_is_honoured_up_to_a_limit(header: str, wait: float) -> None:
    slept: list[float] = []
    headers = httpx.Headers([(b"Retry-After", header.encode())])
    _, client = asking((429, headers, b""), OK, slept=slept, now=lambda: NOW)
    client.get(ADDRESS, "x")
    assert slept == [wait]


def test_waits_are_spread_and_never_longer_than_the_longest() -> None:
    slept: list[float] = []
    patience = Patience(tries=9, first=2.0, longest=10.0)
    _, client = asking(*[(500, {}, b"")] * 8, OK, slept=slept, jitter=lambda: 0.0, patience=patience)
    client.get(ADDRESS, "x")
    assert slept == [1.0, 2.0, 4.0, 5.0, 5.0, 5.0, 5.0, 5.0]


@pytest.mark.parametrize("status", [204, 301, 302, 400, 401, 403, 404, 410, 418, 422])
def test_what_another_try_cannot_better_is_told_at_once(status: int) -> None:
    answer = (status, {"Location": "https://andra.exempel.se/"}, b"")
    what, asked = refused(answer)
    assert asked == 1
    assert f"svar {status}" in what


def test_a_certificate_that_is_not_trusted_is_told_at_once() -> None:
    what, asked = refused(httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed"))
    assert (what, asked) == ("Kolada går inte att nå säkert: certifikatet går inte att lita på.", 1)


def test_no_more_is_read_than_a_page_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "MOST_BYTES", 1000)
    assert refused((200, {}, b" " * 1001)) == ("Kolada svarade med alltför mycket.", 1)
    _, client = asking((200, {}, b"[" + b" " * 998 + b"]"))
    assert len(client.get(ADDRESS, "x")) == 1000


def test_an_answer_that_drips_is_given_up() -> None:
    clock = iter(range(0, 100_000, 200))
    what, asked = refused(
        *[OK] * 4, clock=lambda: float(next(clock)), patience=Patience(tries=2, whole=100.0)
    )
    assert (what, asked) == ("Kolada svarade alltför långsamt. 2 försök gjordes.", 2)


# What the answers say


def data(**change: object) -> dict[str, object]:
    """A page with one row, with the fields of the row or of its first value replaced (`value__x`); None takes one away."""
    value: dict[str, object] = {"gender": "T", "count": 1, "status": "", "value": 71.9}
    row: dict[str, object] = {"kpi": "U70446", "municipality": "0019", "period": 2022, "values": [value]}
    for name, new in change.items():
        holder, key = (value, name.removeprefix("value__")) if name.startswith("value__") else (row, name)
        holder[key] = new
        if new is None:
            del holder[key]
    return {"values": [row], "next_url": None}


def test_a_page_as_documented() -> None:
    whole = json.dumps(data(period="202301")).replace("71.9", "71.90000000000000001").encode()
    page = data_page(parsed(whole), "x")
    assert page == Page((Row("U70446", "0019", "202301", (Given("T", Decimal("71.90000000000000001")),)),))
    link = data_page(data(value__value=None, value__status="Missing") | {"next_url": "n"}, "x")
    assert link.next_url == "n"
    assert link.items[0].values == (Given("T", None, "Missing"),)
    regions = region_page({"values": [{"id": "0019", "title": "Region Västmanland", "type": "R"}]}, "x")
    assert regions.items == (Region("0019", "Region Västmanland", "R"),)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ([], "ett objekt i svaret (där står en lista)"),
        ("hej", "ett objekt i svaret (där står ”hej”)"),
        ({}, "en lista i values (fältet saknas)"),
        ({"values": {}}, "en lista i values (där står ett objekt)"),
        ({"values": [], "next_url": 7}, "en text i next_url (där står ”7”)"),
        ({"values": [3]}, "ett objekt i values[0] (där står ”3”)"),
        (data(kpi=None), "en text i values[0].kpi (fältet saknas)"),
        (data(municipality=19), "en text i values[0].municipality (där står ”19”)"),
        (data(period="i fjol"), "ett år i values[0].period (där står ”i fjol”)"),
        (data(period="20221"), "ett år i values[0].period (där står ”20221”)"),
        (data(period=True), "ett år i values[0].period (där står ”True”)"),
        (data(values=None), "en lista i values[0].values (fältet saknas)"),
        (data(values=["x"]), "ett objekt i values[0].values[0] (där står ”x”)"),
        (data(value__gender=None), "en text i values[0].values[0].gender (fältet saknas)"),
        (data(value__value="71,9"), "ett tal i values[0].values[0].value (där står ”71,9”)"),
        (data(value__value=True), "ett tal i values[0].values[0].value (där står ”True”)"),
        (data(value__value="19121212-1212"), "(där står något som inte kan visas)"),
    ],
)
def test_wrong_shapes_are_told_with_their_place(answer: object, told: str) -> None:
    with pytest.raises(KoladaError) as caught:
        data_page(parsed(json.dumps(answer).encode()), "Kolada, sida 3")
    [problem] = caught.value.problems
    assert problem.where == "Kolada, sida 3"
    assert told in problem.what


def test_several_wrong_rows_are_told_at_once_up_to_ten() -> None:
    with pytest.raises(KoladaError) as caught:
        data_page({"values": [{}] * 50}, "x")
    assert len(caught.value.problems) == 10


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda part: (
        st.lists(part, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["values", "next_url", "kpi", "municipality", "period", "gender", "value", "id", "title"]
            ),
            part,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@pytest.mark.parametrize("read", [data_page, region_page])
@given(answer=JSON)
@settings(max_examples=60)
def test_any_json_is_read_or_told(read: Callable[[object, str], Page[object]], answer: object) -> None:
    with suppress(KoladaError):
        assert isinstance(read(parsed(json.dumps(answer).encode()), "x"), Page)


@given(st.binary(max_size=40) | st.just(b"[" * 100_000))
@settings(max_examples=60)
def test_any_bytes_are_json_or_not(body: bytes) -> None:
    with suppress(ValueError):
        assert parsed(body) == json.loads(body, parse_float=Decimal)


@given(st.decimals(-(10**11), 10**11, places=4))
def test_numbers_are_written_plainly_and_exactly(value: Decimal) -> None:
    text = plain(value)
    assert Decimal(text) == value
    assert "e" not in text.lower()
    assert text != "-0"
    assert "." not in text or not text.endswith(("0", "."))


# What is asked


def test_every_wrong_part_of_a_request_is_told_at_once() -> None:
    with pytest.raises(DataError) as caught:
        KoladaRequest.of(["u1", "U70446"], ["19", "0026", "0019"], 2023, 2022)
    assert [problem.what for problem in caught.value.problems] == [
        "”u1” är inget nyckeltals-id i Kolada.",
        "”0026” är ingen regions id i Kolada.",
        "”19” är ingen regions id i Kolada.",
        "2023 till 2022 är inga år i följd från 2000 till 2099.",
    ]
    with pytest.raises(DataError) as caught:
        KoladaRequest.of([], [], 2022, 2022)
    assert len(caught.value.problems) == 2


@given(
    st.sets(st.integers(0, 99_999), min_size=1, max_size=60),
    st.sets(st.integers(0, 25), min_size=1),
    st.integers(2000, 2040),
    st.integers(0, 59),
)
@settings(max_examples=40)
def test_the_parts_ask_for_everything_once(kpis: set[int], regions: set[int], first: int, years: int) -> None:
    request = KoladaRequest.of([f"N{i:05}" for i in kpis], [f"{i:04}" for i in regions], first, first + years)
    asked = []
    for path in request.paths():
        _, _, some, _, there, _, when = path.split("/")
        parts = [part.split(",") for part in (some, there, when)]
        assert all(len(part) <= 25 for part in parts)
        asked += [(k, r, int(y)) for k in parts[0] for r in parts[1] for y in parts[2]]
    assert len(asked) == len(set(asked)) == len(kpis) * len(regions) * (years + 1)
