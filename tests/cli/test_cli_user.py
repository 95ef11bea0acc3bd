"""The command `user`, and what `start` and `build` look after before anybody is let in."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.access import password as passwords
from hsf_kpi.build import bring_up_to_date
from hsf_kpi.cli import start
from hsf_kpi.cli.main import main
from hsf_kpi.cli.sign_in import first_administrator
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.event import Event
from hsf_kpi.model.role import Grant
from hsf_kpi.settings import read_settings
from hsf_kpi.store import Store

GOOD = "korrekt häst batteri"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real database as `build` makes it, before anybody has an account."""
    path = tmp_path_factory.mktemp("real") / "real.sqlite3"
    bring_up_to_date(read_settings({"HSF_KPI_DATABASE_URL": f"sqlite:///{path}", "HSF_KPI_DATA": "real"}))
    return path


@pytest.fixture(autouse=True)
def url(real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A copy of it for each test."""
    path = tmp_path / "test.sqlite3"
    path.write_bytes(real.read_bytes())
    address = f"sqlite:///{path}"
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", address)
    monkeypatch.setenv("HSF_KPI_DATA", "real")
    monkeypatch.setattr(passwords, "hashed", lambda text: "$2b$04$" + f"{abs(hash(text)):053d}")
    return address


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with closing(Store.open(url)) as store:
        yield store


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """A terminal where the answers are typed, in turn; what was asked."""
    left, asked = list(answers), []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        if not left:
            raise EOFError
        return left.pop(0)

    monkeypatch.setattr("getpass.getpass", ask)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    return asked


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def run(*arguments: str) -> int:
    return main(["user", *arguments])


def add(monkeypatch: pytest.MonkeyPatch, login: str = "admin1", role: str = "admin", *more: str) -> int:
    piped(monkeypatch, GOOD + "\n")
    return run("add", login, "--name", "Förnamn Efternamn", "--role", role, "--password-stdin", *more)


def listed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    capsys.readouterr()
    assert run("list", "--format", "csv") == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_the_first_administrator(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], store: Store
) -> None:
    asked = typed(monkeypatch, GOOD, GOOD)
    assert run("add", "Admin1", "--name", "Förnamn Efternamn", "--role", "admin") == 0
    out = capsys.readouterr().out
    assert asked == ["Lösenord: ", "Samma en gång till: "]
    assert "minst 12 tecken" in out
    assert "Användaren admin1 är tillagd med rollen Administratör." in out
    assert GOOD not in out
    account = store.accounts.find("admin1")
    assert account is not None
    assert (account.name, account.must_change) == ("Förnamn Efternamn", True)
    assert account.password == passwords.hashed(GOOD)
    assert [held.grant for held in account.held] == [Grant("admin")]
    assert store.audit_log.entries()[0].who == "kommandoraden"
    assert GOOD not in str(store.audit_log.entries())


def test_with_unit_and_days(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], store: Store
) -> None:
    span = ("--unit", "kirurgkliniken", "--from", "2026-01-01", "--to", "2026-12-31", "--keep")
    assert add(monkeypatch, "chef", "verksamhetschef", *span) == 0
    row = listed(capsys)[0]
    assert row == {
        "login": "chef", "name": "Förnamn Efternamn", "active": "ja", "password": "finns", "number": row["number"],
        "role": "verksamhetschef", "unit": "kirurgkliniken", "from": "2026-01-01", "to": "2026-12-31",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (("kort",), "färre än 12 tecken"),
        ((GOOD, GOOD + "x"), "inte lika"),
        (("Admin1@Exempel.se",), "är användarnamnet"),
        (("x1y2" * 20,), "för långt"),
        ((), "Inget lösenord"),
    ],
)
def test_a_bad_password_adds_nobody(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    store: Store,
    answers: tuple[str, ...],
    told: str,
) -> None:
    typed(monkeypatch, *answers)
    assert run("add", "admin1@exempel.se", "--name", "Namn", "--role", "admin") == 2
    assert told in capsys.readouterr().err
    assert store.accounts.all() == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "a b", "--name", "N", "--role", "admin"), "går inte att ha som användarnamn"),
        (("add", "chef", "--name", " ", "--role", "admin"), "Namnet saknas"),
        (("add", "chef", "--name", "N", "--role", "hovmästare"), "Rollen ”hovmästare” finns inte"),
        (("add", "chef", "--name", "N", "--role", "verksamhetschef"), "gäller en verksamhet"),
        (("add", "chef", "--name", "N", "--role", "hr", "--unit", "hsf"), "gäller inte en viss"),
        (
            ("add", "chef", "--name", "N", "--role", "verksamhetschef", "--unit", "månen"),
            "”månen” finns inte",
        ),
        (("add", "chef", "--name", "N", "--role", "hr", "--from", "i morgon"), "”i morgon” är ingen dag"),
        (("add", "chef", "--name", "N", "--role", "hr", "--to", "2026-02-30"), "”2026-02-30” är ingen dag"),
        (("add", "chef", "--name", "N"), "--role"),
        (("role", "ingen", "hr"), "”ingen” finns inte"),
        (("end-role", "4711"), "4711 finns inte"),
        (("end-role", "ett"), "inte ett heltal"),
        (("password", "ingen"), "”ingen” finns inte"),
        (("disable", "ingen"), "”ingen” finns inte"),
        (("enable", "ingen"), "”ingen” finns inte"),
        ((), "VAD"),
    ],
)
def test_what_is_wrong_is_told_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    store: Store,
    arguments: tuple[str, ...],
    told: str,
) -> None:
    before = store.audit_log.count()
    piped(monkeypatch, GOOD + "\n")
    more = ("--password-stdin",) if arguments[:1] in (("add",), ("password",)) else ()
    assert run(*arguments, *more) == 2
    message = capsys.readouterr().err
    assert told in message
    assert "Traceback" not in message
    assert store.accounts.all() == []
    assert store.audit_log.count() == before


def test_nobody_is_asked_where_nobody_can_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], store: Store
) -> None:
    piped(monkeypatch, "")
    assert run("add", "admin1", "--name", "N", "--role", "admin") == 2
    assert "--password-stdin" in capsys.readouterr().err
    assert store.accounts.all() == []


def test_a_login_that_is_taken_is_told_before_the_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(monkeypatch) == 0
    asked = typed(monkeypatch, GOOD, GOOD)
    assert run("add", "ADMIN1", "--name", "N", "--role", "admin") == 2
    assert "finns redan" in capsys.readouterr().err
    assert asked == []


def test_a_role_more_and_a_role_less(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], store: Store
) -> None:
    add(monkeypatch)
    assert run("role", "Admin1", "controller", "--unit", "hsf") == 0
    number = listed(capsys)[1]["number"]
    assert run("end-role", number, "--to", "2031-12-31") == 0
    assert run("end-role", number) == 0
    day = re.search(r"Rollen slutar (\S+)\.\n$", capsys.readouterr().out)
    assert day is not None
    assert listed(capsys)[1]["to"] == day[1]
    assert run("end-role", listed(capsys)[0]["number"]) == 2
    assert "alltid finnas en aktiv administratör" in capsys.readouterr().err


def test_on_demo_data_a_role_ends_by_the_calendar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The demo's own day lies years back: the role would be told to have ended then, and a last administrator to stay."""
    address = f"sqlite:///{tmp_path / 'demo.sqlite3'}"
    Store.create(address, "demo", read_catalogue(ROOT / "data"), dt.date(2023, 11, 14)).close()
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", address)
    monkeypatch.setenv("HSF_KPI_DATA", "demo")
    monkeypatch.setenv("HSF_KPI_SIGN_IN", "local")
    add(monkeypatch, "chef", "ledning")
    assert run("end-role", listed(capsys)[0]["number"]) == 0
    assert listed(capsys)[0]["to"] == str(dt.date.today() - dt.timedelta(days=1))


def test_disabled_enabled_and_a_new_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], store: Store
) -> None:
    add(monkeypatch)
    add(monkeypatch, "chef", "ledning")
    assert run("disable", "admin1") == 2
    assert run("disable", "CHEF") == 0
    assert listed(capsys)[0]["active"] + listed(capsys)[1]["active"] in ("janej", "nejja")
    assert run("enable", "chef") == 0
    before = store.accounts.find("chef")
    piped(monkeypatch, "ett helt annat lösenord\n")
    assert run("password", "chef", "--password-stdin") == 0
    after = store.accounts.find("chef")
    assert before is not None
    assert after is not None
    assert (before.password == after.password, after.must_change, after.active) == (False, True, True)


def test_help_is_in_swedish(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["user", "--help"], ["user", "add", "--help"]):
        with pytest.raises(SystemExit):
            main(arguments)
    assert "lägg till en användare" in capsys.readouterr().out


OIDC = {
    "HSF_KPI_SIGN_IN": "oidc",
    "HSF_KPI_OIDC_METADATA_URL": "https://exempel.se/.well-known/openid-configuration",
    "HSF_KPI_OIDC_CLIENT_ID": "hsf",
    "HSF_KPI_OIDC_CLIENT_SECRET": "klienthemlighet",
    "HSF_KPI_OIDC_REDIRECT_URL": "https://exempel.se/oauth2callback",
    "HSF_KPI_COOKIE_SECRET": "kakhemlighet" * 4,
    "HSF_KPI_OIDC_CLAIM": "upn",
}


def test_with_oidc_no_password_is_asked_for(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    for name, value in OIDC.items():
        monkeypatch.setenv(name, value)
    asked = typed(monkeypatch)
    assert run("add", "chef@exempel.se", "--name", "N", "--role", "hr") == 0
    assert asked == []
    account = store.accounts.find("chef@exempel.se")
    assert account is not None
    assert (account.password, account.must_change) == (None, False)


def test_how_the_first_administrator_is_made_is_told_until_there_is_one(
    monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    told = first_administrator(read_settings(), store)
    assert "python -m hsf_kpi user add ANVÄNDARNAMN" in told
    assert "--role admin" in told
    assert "upn" in first_administrator(read_settings({**OIDC, "HSF_KPI_DATA": "real"}), store)
    assert first_administrator(read_settings({}), store) == ""
    add(monkeypatch)
    assert first_administrator(read_settings(), store) == ""


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What `start` would run."""
    commands: list[list[str]] = []
    monkeypatch.setattr(start, "serve", lambda command: commands.append(command) or 0)
    return commands


def test_start_tells_prunes_and_serves(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    store: Store,
    served: list[list[str]],
) -> None:

    store.audit_log.write("x", Event.DENIED, "gammal", dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    monkeypatch.setenv("HSF_KPI_LOG_DAYS", "365")
    monkeypatch.setenv("HSF_KPI_ALLOWED_HOSTS", "nyckeltal.exempel.se, *.exempel.se")
    for name, value in OIDC.items():
        monkeypatch.setenv(name, value)
    assert main(["start", "--no-browser"]) == 0
    assert "user add ANVÄNDARNAMN" in capsys.readouterr().out
    assert "gammal" not in str(store.audit_log.entries())
    command = served[0]
    assert command.count("--server.allowedHosts") == 2
    assert command[command.index("--server.allowedHosts") + 1] == "nyckeltal.exempel.se"
    assert not any("hemlighet" in word for word in command)


def test_without_allowed_hosts_none_are_passed() -> None:
    assert "--server.allowedHosts" not in start.server_command(read_settings({}), 8501)


@pytest.mark.parametrize("command", [["start", "--no-browser"], ["build"]])
def test_demo_sign_in_over_real_data_is_refused(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    served: list[list[str]],
    tmp_path: Path,
    command: list[str],
) -> None:
    fresh = tmp_path / "ny.sqlite3"
    for environ in (
        {"HSF_KPI_DATA": "demo"},  # the database that is there is real
        {"HSF_KPI_SIGN_IN": "demo"},
        {"HSF_KPI_SIGN_IN": "demo", "HSF_KPI_DATABASE_URL": f"sqlite:///{fresh}"},
    ):
        with monkeypatch.context() as patch:
            for name, value in environ.items():
                patch.setenv(name, value)
            assert main(command) == 2
        captured = capsys.readouterr()
        assert "HSF_KPI_SIGN_IN: demoinloggning går inte" in captured.err
        assert captured.out == ""
    assert served == []
    assert not fresh.exists()
