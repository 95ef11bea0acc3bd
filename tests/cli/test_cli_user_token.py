"""`user token`, `user tokens`, `user end-token`: a key on standard out once, and nowhere again."""

from __future__ import annotations

import csv
import datetime as dt
import io
from contextlib import closing

import pytest

from hsf_kpi.access.token import is_token, kept
from hsf_kpi.cli.main import main
from hsf_kpi.model.event import Event
from hsf_kpi.model.token import MOST_KEYS
from hsf_kpi.store import Store
from tests.people import ADMIN, GONE, HEAD, LEADER, NEWCOMER

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _no_keys(url: str) -> None:
    """The database is the module's: each test begins without keys that hold."""
    with closing(Store.open(url)) as store:
        for token in store.tokens.all():
            store.tokens.end(token.number, "test", dt.datetime.now(dt.UTC))


def made(capsys: Captured, login: str = HEAD, *options: str) -> str:
    assert main(["user", "token", login, "--name", "Power BI", *options]) == 0
    return capsys.readouterr().out.strip()


def listed(capsys: Captured) -> list[dict[str, str]]:
    assert main(["user", "tokens", "--format", "csv"]) == 0
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
    return [row for row in rows if row["holds"] == "ja"]


def test_a_key_is_the_only_line_on_standard_out_and_opens_its_account(
    url: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSF_KPI_SIGN_IN", "local")
    assert main(["user", "token", HEAD.upper(), "--name", "Power BI", "--days", "30"]) == 0
    said = capsys.readouterr()
    key = said.out.strip()
    assert is_token(key)
    assert key not in said.err
    assert "visas bara nu" in said.err
    assert "demodata" not in said.err
    with closing(Store.open(url)) as store:
        found = store.tokens.valid(kept(key), dt.datetime.now(dt.UTC))
        assert found is not None
        assert found[0].login == HEAD
        assert found[1].ends - found[1].created == dt.timedelta(days=30)
        entry = store.audit_log.entries(what=[Event.KEY_MADE], limit=1)[0]
    assert entry.who == "kommandoraden"
    assert entry.detail.startswith(f"{HEAD}: hsfk_")
    assert key not in entry.detail


def test_on_demo_data_it_is_told_when_it_counts(capsys: Captured) -> None:
    main(["user", "token", HEAD, "--name", "Power BI"])
    assert "när inloggning är inställd" in capsys.readouterr().err


def test_the_list_has_everything_but_the_key(capsys: Captured) -> None:
    key = made(capsys, LEADER)
    (row,) = listed(capsys)
    assert (row["login"], row["name"], row["used"]) == (LEADER, "Power BI", "")
    assert key.startswith(row["hint"].rstrip("…"))
    assert key not in str(row)


def test_it_is_taken_back(url: str, capsys: Captured) -> None:
    key = made(capsys)
    (row,) = listed(capsys)
    assert main(["user", "end-token", row["number"]]) == 0
    assert "gäller inte längre" in capsys.readouterr().out
    assert listed(capsys) == []
    with closing(Store.open(url)) as store:
        assert store.tokens.valid(kept(key), dt.datetime.now(dt.UTC)) is None


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["token", "finns-inte", "--name", "x"], "finns inte"),
        (["token", GONE, "--name", "x"], "finns inte"),
        (["token", ADMIN, "--name", "x"], "får inte ladda ner"),
        (["token", NEWCOMER, "--name", "x"], "lösenord"),
        (["token", HEAD, "--name", " "], "inget namn"),
        (["token", HEAD, "--name", "för 19121212-1212"], "personnummer"),
        (["token", HEAD, "--name", "x", "--days", "366"], "366 dagar"),
        (["token", HEAD, "--name", "x", "--days", "0"], "0 dagar"),
        (["token", HEAD, "--name", "x", "--days", "snart"], "snart"),
        (["token", HEAD], "--name"),
        (["end-token", "4711"], "4711 finns inte"),
        (["end-token", "99999999999999999999"], "finns inte"),
    ],
)
def test_what_cant_be_done_is_told_and_nothing_is_printed(
    capsys: Captured, arguments: list[str], told: str
) -> None:
    assert main(["user", *arguments]) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert said.out == ""
    assert "Traceback" not in said.err


def test_one_key_too_many(capsys: Captured) -> None:
    for _ in range(MOST_KEYS):
        made(capsys, LEADER)
    assert main(["user", "token", LEADER, "--name", "x"]) == 2
    assert f"redan {MOST_KEYS}" in capsys.readouterr().err
