"""A whole fetch: what is asked, the file, paging, interruption and taking it up again."""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.ingest.kolada import Fetched, KoladaClient, KoladaError, KoladaRequest, Patience, fetch_kolada
from hsf_kpi.ingest.kolada.kept import write_whole
from hsf_kpi.model.problems import DataError
from tests.ingest.kolada.kolada_server import BASE, FakeKolada, lines, served

VALUES = {
    ("U70446", "0000", 2022): "69.6",
    ("U70446", "0019", 2022): "71.9",
    ("U70446", "0019", 2023): "71.90000001",
    ("N61603", "0014", 2022): "-3",
    ("N61603", "0019", 2022): "12345.6789",
}
FILE = [
    "kolada_id,municipality_id,region,year,value",
    "N61603,0014,Västra Götalandsregionen,2022,-3",
    "N61603,0019,Västmanland,2022,12345.6789",
    "U70446,0000,Riket,2022,69.6",
    "U70446,0019,Västmanland,2022,71.9",
    "U70446,0019,Västmanland,2023,71.9",
]
REQUEST = KoladaRequest.of(["U70446", "N61603"], ["0019", "0000", "0014"], 2022, 2023)


def fetched(fake: FakeKolada, folder: Path, request: KoladaRequest = REQUEST, **options: object) -> Fetched:
    with fake.client() as client:
        return fetch_kolada(client, request, work=folder / "work", out=folder / "out.csv", **options)  # type: ignore[arg-type]


def failing(fake: FakeKolada, folder: Path, request: KoladaRequest = REQUEST) -> str:
    with pytest.raises((KoladaError, DataError)) as caught:
        fetched(fake, folder, request)
    assert not (folder / "out.csv").exists()
    return str(caught.value)


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "work").rglob("*") if path.is_file())


@pytest.mark.parametrize("per_page", [1, 2, 100])
def test_the_file_is_the_same_whatever_the_pages(tmp_path: Path, per_page: int) -> None:
    fake = FakeKolada(VALUES, per_page=per_page)
    found = fetched(fake, tmp_path)
    assert lines(tmp_path / "out.csv") == FILE
    assert (found.rows, found.series, found.regions, found.first, found.last) == (5, 2, 3, 2022, 2023)
    assert found.pages == len(fake.asked)
    assert found.reused == 0
    assert found.notes == ("Värden som avrundades till fyra decimaler: 1.",)
    assert kept(tmp_path) == []


def test_over_a_real_socket(tmp_path: Path) -> None:
    fake = FakeKolada(VALUES)
    fake.before = [
        (429, {"Retry-After": "7"}, b""),
        (429, {}, b""),
        None,
        None,
        (500, {}, b"<h1>fel</h1>"),
        ConnectionResetError(),
        # A body that is cut off before its told end.
        (200, {"Content-Length": "1000"}, b'{"values": ['),
    ]
    slept: list[float] = []
    with (
        served(fake) as base,
        KoladaClient(
            base,
            transport=httpx.HTTPTransport(),
            sleep=slept.append,
            jitter=lambda: 1.0,
            patience=Patience(timeout=5),
        ) as client,
    ):
        found = fetch_kolada(client, REQUEST, work=tmp_path / "work", out=tmp_path / "out.csv")
    assert lines(tmp_path / "out.csv") == FILE
    assert found.rows == 5
    assert slept == [7.0, 2.0, 1.0, 2.0, 4.0]


@pytest.mark.parametrize("done", [0, 1, 4, 8])
@pytest.mark.parametrize("how", [KeyboardInterrupt(), httpx.ConnectError("down")])
def test_it_goes_on_where_it_was_interrupted(tmp_path: Path, done: int, how: BaseException) -> None:
    fake = FakeKolada(VALUES, per_page=1)
    fake.before = [*[None] * done, *[how] * 4]
    with pytest.raises((KeyboardInterrupt, KoladaError)):
        fetched(fake, tmp_path)
    assert len(kept(tmp_path)) == done
    assert not (tmp_path / "out.csv").exists()
    again = FakeKolada(VALUES, per_page=1)
    found = fetched(again, tmp_path)
    assert lines(tmp_path / "out.csv") == FILE
    assert (found.reused, len(again.asked)) == (done, found.pages - done)
    assert kept(tmp_path) == []


def interrupted(folder: Path, done: int = 7) -> list[Path]:
    """The pages that an interrupted fetch has left."""
    fake = FakeKolada(VALUES, per_page=1)
    fake.before = [*[None] * done, KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        fetched(fake, folder)
    return sorted((folder / "work").rglob("*.json"))


def test_a_page_that_was_damaged_is_fetched_again(tmp_path: Path) -> None:
    pages = interrupted(tmp_path)
    pages[6].write_bytes(pages[6].read_bytes()[:20])
    fake = FakeKolada(VALUES, per_page=1)
    assert fetched(fake, tmp_path).reused == 6
    assert lines(tmp_path / "out.csv") == FILE


def test_a_page_that_another_one_leads_to_now_is_not_taken_for_it(tmp_path: Path) -> None:
    pages = interrupted(tmp_path, 9)
    pages[7].unlink()
    fake = FakeKolada(VALUES, per_page=1)
    fake.next_url = lambda link: f"{link}&ny=1"
    assert fetched(fake, tmp_path).reused == 7
    assert lines(tmp_path / "out.csv") == FILE


@pytest.mark.parametrize(
    ("given_", "written"),
    [("0.00005", "0.0001"), ("0.00004999", "0"), ("-0.00005", "-0.0001"), ("12.5", "12.5"), ("1e3", "1000")],
)
def test_values_are_rounded_to_four_decimals_half_away_from_zero(
    tmp_path: Path, given_: str, written: str
) -> None:
    fetched(FakeKolada({("U70446", "0019", 2022): given_}), tmp_path)
    assert lines(tmp_path / "out.csv")[1] == f"U70446,0019,Västmanland,2022,{written}"


def test_pages_of_another_day_are_fetched_again(tmp_path: Path) -> None:
    pages = interrupted(tmp_path)
    for hours, reused in ((23, 7), (25, 0)):
        at = (dt.datetime.now(dt.UTC) - dt.timedelta(hours=hours)).timestamp()
        copy = tmp_path / str(hours)
        (copy / "work").mkdir(parents=True)
        folder = copy / "work" / pages[0].parent.name
        folder.mkdir()
        for page in pages:
            (folder / page.name).write_bytes(page.read_bytes())
        os.utime(folder / pages[0].name, (at, at))
        assert fetched(FakeKolada(VALUES, per_page=1), copy).reused == reused


def test_another_request_takes_none_of_it(tmp_path: Path) -> None:
    interrupted(tmp_path)
    other = KoladaRequest.of(["U70446"], ["0019", "0000"], 2022, 2022)
    assert fetched(FakeKolada(VALUES), tmp_path, other).reused == 0
    assert lines(tmp_path / "out.csv") == [FILE[0], FILE[3], FILE[4]]


def test_large_requests_are_asked_in_parts_of_25(tmp_path: Path) -> None:
    values = {(f"N{i:05}", "0019", year): f"{i}.5" for i in range(30) for year in (2000, 2027)}
    fake = FakeKolada(values, per_page=100)
    request = KoladaRequest.of([f"N{i:05}" for i in range(30)], ["0019"], 2000, 2027)
    assert fetched(fake, tmp_path, request).rows == 60
    asked = [path for path in fake.asked if "/data/" in path]
    assert len(asked) == 4
    assert asked[0].startswith("/v3/data/kpi/N00000,N00001,")
    assert asked[0].endswith(
        "/municipality/0019/year/" + ",".join(map(str, range(2000, 2025))) + "?per_page=5000"
    )
    assert asked[1].endswith("/year/2025,2026,2027?per_page=5000")


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    fake = FakeKolada({("U70446", "0019", 2022): "71.9"}, per_page=100)
    given_ = [
        {"gender": "K", "value": 70.0, "status": ""},
        {"gender": "M", "value": 73.0, "status": ""},
        {"gender": "T", "value": None, "status": "Missing"},
        {"gender": "T", "value": 4, "status": "Privacy"},
        {"gender": "T", "value": 5.5, "status": "", "isdeleted": True},
    ]
    fake.extra = [
        {"kpi": "U70446", "municipality": "0019", "period": 2023, "values": given_},
        {"kpi": "U70446", "municipality": "0019", "period": 202301, "values": given_[:1]},
    ]
    found = fetched(fake, tmp_path)
    assert lines(tmp_path / "out.csv") == [FILE[0], FILE[4]]
    assert found.notes == (
        "Värden för kvinnor eller män som hoppades över, bara alla tillsammans läses in: 2.",
        "Rader för månader som hoppades över, bara år läses in: 1.",
        "Värden som är borttagna i Kolada och hoppades över: 1.",
        "Värden som saknas, är sekretesskyddade eller har annan anmärkning och hoppades över: 2.",
        "Inga värden i Kolada för N61603.",
    )


def test_the_same_value_twice_is_one_and_two_different_are_told(tmp_path: Path) -> None:
    fake = FakeKolada(VALUES)
    row = {"kpi": "U70446", "municipality": "0019", "period": "2022"}
    fake.extra = [row | {"values": [{"gender": "T", "value": 71.9}]}]
    assert fetched(fake, tmp_path).rows == 5
    (tmp_path / "out.csv").unlink()
    fake.extra = [row | {"values": [{"gender": "T", "value": 71.8}]}]
    assert "U70446 för region 0019 år 2022 har två olika värden." in failing(fake, tmp_path)
    assert kept(tmp_path) == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"kpi": "N99999"}, "något annat än det som frågades"),
        ({"municipality": "0001"}, "något annat än det som frågades"),
        ({"period": 2021}, "något annat än det som frågades"),
        ({"values": [{"gender": "T", "value": 1e12}]}, "ett för stort tal"),
    ],
)
def test_what_does_not_fit_leaves_no_file_and_no_pages(
    tmp_path: Path, row: dict[str, object], told: str
) -> None:
    fake = FakeKolada(VALUES)
    fake.extra = [
        {"kpi": "U70446", "municipality": "0019", "period": 2022, "values": [{"gender": "T", "value": 1}]}
        | row
    ]
    message = failing(fake, tmp_path)
    assert told in message
    assert message.startswith("Kolada, sida ")
    assert kept(tmp_path) == []


def test_a_region_that_kolada_lacks_or_calls_a_municipality_is_told(tmp_path: Path) -> None:
    request = KoladaRequest.of(["U70446"], ["0019", "0002", "0003"], 2022, 2022)
    assert "regionerna 0002, 0003 finns inte i Kolada" in failing(FakeKolada(VALUES), tmp_path, request)


def test_nothing_at_all_is_told(tmp_path: Path) -> None:
    assert "inga värden" in failing(FakeKolada({}), tmp_path)


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(DataError, match="går inte att läsa eller skriva"):
        fetched(FakeKolada(VALUES), tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".new")] == []


def test_a_file_that_is_cut_off_while_it_is_written_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out.csv").write_text("den gamla")

    def full(_file: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("hsf_kpi.ingest.kolada.kept.os.fsync", full)
    with pytest.raises(DataError, match="utrymmet"):
        write_whole(tmp_path / "out.csv", b"den nya")
    assert (tmp_path / "out.csv").read_text() == "den gamla"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_an_older_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("den gamla")
    fake = FakeKolada(VALUES, per_page=1)
    fake.before = [None, None, None, (404, {}, b"")]
    with pytest.raises(KoladaError):
        fetched(fake, tmp_path)
    assert (tmp_path / "out.csv").read_text() == "den gamla"
    fetched(fake, tmp_path)
    assert lines(tmp_path / "out.csv") == FILE


@pytest.mark.parametrize(
    "link",
    [
        "https://andra.exempel.se/v3/data/kpi/x?page=2",
        "https://kolada.exempel.se/v2/data/kpi/x?page=2",
        "https://kolada.exempel.se/v3/../v2/data?page=2",
        "https://kolada.exempel.se/v3/%2e%2e/hemligt?page=2",
        "https://kolada.exempel.se/v33/data?page=2",
        "https://kolada.exempel.se:8443/v3/data?page=2",
        "https://nagon@kolada.exempel.se/v3/data?page=2",
        "https://kolada.exempel.se:99999/v3/data?page=2",
        "//andra.exempel.se/v3/data?page=2",
        "file:///v3/etc/passwd",
        "http://[",
    ],
)
def test_a_link_that_leads_elsewhere_is_not_followed(tmp_path: Path, link: str) -> None:
    fake = FakeKolada(VALUES)
    fake.next_url = lambda _link: link
    assert "leder utanför Kolada och följs inte" in failing(fake, tmp_path)
    assert len(fake.asked) == 1
    assert kept(tmp_path) == []


@pytest.mark.parametrize(
    "write",
    [
        lambda link: link.replace("https://", "http://"),
        lambda link: link.replace("https://kolada.exempel.se", ""),
        lambda link: link.replace("exempel.se/", "exempel.se:443/"),
    ],
)
def test_a_link_to_the_same_place_written_otherwise_is_followed_by_tls(tmp_path: Path, write) -> None:  # type: ignore[no-untyped-def]
    fake = FakeKolada(VALUES)
    fake.next_url = write
    seen: list[str] = []
    transport = fake.transport
    with KoladaClient(
        BASE,
        transport=httpx.MockTransport(lambda r: (seen.append(str(r.url)), transport.handle_request(r))[1]),
    ) as client:
        fetch_kolada(client, REQUEST, work=tmp_path / "work", out=tmp_path / "out.csv")
    assert lines(tmp_path / "out.csv") == FILE
    assert all(address.startswith("https://kolada.exempel.se/v3/") for address in seen)


def test_pages_without_end_are_not_followed(tmp_path: Path) -> None:
    fake = FakeKolada(VALUES)
    fake.next_url = lambda link: link.replace("page=3", "page=2")
    fake.per_page = 1
    assert "sidor utan slut" in failing(fake, tmp_path)
    assert len(fake.asked) == 2


def test_progress_tells_pages_and_waits_and_never_goes_back(tmp_path: Path) -> None:
    fake = FakeKolada(VALUES)
    fake.before = [None, (503, {}, b"")]
    told: list[tuple[str, float]] = []
    fetched(fake, tmp_path, tell=lambda what, share: told.append((what, share)))
    assert told[0] == ("Hämtar sida 1 från Kolada", 0.0)
    assert ("Väntar på Kolada, försöker igen om 1 s", 0.0) in told
    assert told[-1] == ("Skriver filen", 1.0)
    shares = [share for _, share in told]
    assert shares == sorted(shares)


VALUE = st.decimals(-(10**9), 10**9, places=4, allow_nan=False)
KEYS = st.tuples(
    st.sampled_from(["N00001", "U70446"]), st.sampled_from(["0000", "0014", "0019"]), st.integers(2019, 2022)
)


@given(st.dictionaries(KEYS, VALUE.map(str), min_size=1, max_size=20), st.integers(1, 7), st.integers(0, 6))
@settings(max_examples=40, deadline=None)
def test_any_values_come_through_exactly_with_any_paging_and_one_interruption(
    tmp_path_factory: pytest.TempPathFactory,
    values: dict[tuple[str, str, int], str],
    per_page: int,
    done: int,
) -> None:
    folder = tmp_path_factory.mktemp("kolada")
    request = KoladaRequest.of(["N00001", "U70446"], ["0000", "0014", "0019"], 2019, 2022)
    fake = FakeKolada(values, per_page=per_page)
    fake.before = [*[None] * done, (400, {}, b"")]
    try:
        fetched(fake, folder, request)
    except KoladaError:
        fetched(FakeKolada(values, per_page=per_page), folder, request)
    rows = [line.split(",") for line in lines(folder / "out.csv")[1:]]
    found = {(kpi, region, int(year)): Decimal(value) for kpi, region, _, year, value in rows}
    assert found == {key: Decimal(value) for key, value in values.items()}
    assert list(found) == sorted(found)
