"""The environment is read in one place; every mistake is told at once."""

from __future__ import annotations

import re

import pytest

from hsf_kpi import ROOT
from hsf_kpi.settings import KOLADA_URL, NAMES, PREFIX, Operations, SettingsError, SignIn, read_settings

OIDC = {
    "HSF_KPI_SIGN_IN": "oidc",
    "HSF_KPI_OIDC_METADATA_URL": "https://id.exempel.se/.well-known/openid-configuration",
    "HSF_KPI_OIDC_CLIENT_ID": "hsf",
    "HSF_KPI_OIDC_CLIENT_SECRET": "klienthemlighet",
    "HSF_KPI_OIDC_REDIRECT_URL": "https://nyckeltal.exempel.se/oauth2callback",
    "HSF_KPI_COOKIE_SECRET": "k" * 32,
}


def test_nothing_set_is_the_demo() -> None:
    settings = read_settings({})
    assert (settings.data_kind, settings.port, settings.sign_in) == ("demo", 8501, SignIn("demo"))
    assert (settings.open_figures, settings.log_days, settings.allowed_hosts) == (False, None, ())
    assert settings.operations == Operations("text", "warning", "", 30)


def test_real_data_are_signed_in_to_with_local_accounts_unless_told_otherwise() -> None:
    assert read_settings({"HSF_KPI_DATA": "real"}).sign_in.way == "local"
    assert read_settings({"HSF_KPI_DATA": "real", **OIDC}).sign_in.way == "oidc"


def test_everything_can_be_set() -> None:
    settings = read_settings(
        OIDC
        | {
            "HSF_KPI_SESSION_HOURS": "4",
            "HSF_KPI_CONTACT": "servicedesk",
            "HSF_KPI_OPEN_FIGURES": "ja",
            "HSF_KPI_LOG_DAYS": "730",
            "HSF_KPI_ALLOWED_HOSTS": "a.exempel.se, b.exempel.se",
            "HSF_KPI_OIDC_CLAIM": "upn",
            "HSF_KPI_LOG": "json",
            "HSF_KPI_LOG_LEVEL": "info",
            "HSF_KPI_METRICS_TOKEN": "m" * 32,
            "HSF_KPI_STOP_SECONDS": "60",
        }
    )
    assert settings.open_figures
    assert settings.log_days == 730
    assert settings.allowed_hosts == ("a.exempel.se", "b.exempel.se")
    assert (settings.sign_in.hours, settings.sign_in.contact) == (4, "servicedesk")
    assert settings.sign_in.oidc is not None
    assert settings.sign_in.oidc.claim == "upn"
    assert settings.operations == Operations("json", "info", "m" * 32, 60)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("", KOLADA_URL),
        ("https://api.kolada.se/v3/", "https://api.kolada.se/v3"),
        ("https://spegel.exempel.se:8443/kolada/v3", "https://spegel.exempel.se:8443/kolada/v3"),
        ("http://127.0.0.1:8600/v3", "http://127.0.0.1:8600/v3"),
        ("http://localhost/v3", "http://localhost/v3"),
    ],
)
def test_the_address_of_kolada(given: str, meant: str) -> None:
    assert read_settings({"HSF_KPI_KOLADA_URL": given}).kolada_url == meant


def test_secrets_are_not_shown() -> None:
    shown = repr(read_settings({**OIDC, "HSF_KPI_METRICS_TOKEN": "k" * 32}))
    assert "klienthemlighet" not in shown
    assert "k" * 32 not in shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SIGN_IN", "gäst"),
        ("SESSION_HOURS", "0"),
        ("SESSION_HOURS", "9"),
        ("SESSION_HOURS", "fyra"),
        ("OPEN_FIGURES", "kanske"),
        ("LOG_DAYS", "0"),
        ("LOG_DAYS", "-1"),
        ("PORT", "0"),
        ("DATA", "halv"),
        ("DATA_DIR", "finns-inte-alls"),
        ("PROT", "8501"),
        ("COOKIE_SECRET", "kort"),
        ("METRICS_TOKEN", "k" * 31),
        ("LOG", "xml"),
        ("LOG_LEVEL", "allt"),
        ("LOG_LEVEL", "INFO"),
        ("STOP_SECONDS", "0"),
        ("STOP_SECONDS", "601"),
        ("OIDC_REDIRECT_URL", "https://nyckeltal.exempel.se/"),
        ("KOLADA_URL", "api.kolada.se/v3"),
        ("KOLADA_URL", "http://api.kolada.se/v3"),
        ("KOLADA_URL", "ftp://localhost/v3"),
        ("KOLADA_URL", "https:///v3"),
        ("KOLADA_URL", "https://api.kolada.se:0/v3"),
        ("KOLADA_URL", "https://api.kolada.se:port/v3"),
        ("KOLADA_URL", "https://api.kolada.se/v3?x=1"),
        ("KOLADA_URL", f"https://nagon:{'k' * 32}@api.kolada.se/v3"),
    ],
)
def test_a_wrong_value_is_told_with_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(OIDC | {PREFIX + name: value})
    assert [problem.where for problem in caught.value.problems] == [PREFIX + name]
    assert "k" * 32 not in str(caught.value)


@pytest.mark.parametrize("name", [name for name in OIDC if name != "HSF_KPI_SIGN_IN"])
def test_a_half_made_client_is_told(name: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({key: value for key, value in OIDC.items() if key != name})
    assert [problem.where for problem in caught.value.problems] == [name]


def test_several_mistakes_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"HSF_KPI_PORT": "x", "HSF_KPI_SESSION_HOURS": "x", "HSF_KPI_OPEN_FIGURES": "x"})
    assert len(caught.value.problems) == 3


def test_every_name_is_described() -> None:
    assert all(text and not text.endswith(".") for text in NAMES.values())


def test_the_environment_is_read_in_one_place_only() -> None:
    """But for whether there is a screen to open a browser on. `doctor` hands all of it on to be read there."""
    reads = re.compile(r"\bos\.(environ|getenv)|\bgetenv\(|\benviron\[")
    found = {
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for folder in ("hsf_kpi", "pages")
        for path in (ROOT / folder).rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if reads.search(line)
    }
    known = {"hsf_kpi/settings.py", "hsf_kpi/cli/start.py", "hsf_kpi/cli/doctor.py"}
    assert {line.split(":")[0] for line in found} == known
    assert all("examine(os.environ" in line for line in found if "doctor.py" in line)
    starts = [line for line in found if "start.py" in line]
    assert all("DISPLAY" in line for line in starts)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("", ()),
        ("https://intranat.exempel.se", ("https://intranat.exempel.se",)),
        (" https://A.exempel.se , https://b.exempel.se:8443,https://A.exempel.se", None),
        ("http://localhost:8600", ("http://localhost:8600",)),
        ("http://127.0.0.1:8600", ("http://127.0.0.1:8600",)),
    ],
)
def test_who_may_frame_the_dashboard(given: str, meant: tuple[str, ...] | None) -> None:
    found = read_settings({"HSF_KPI_FRAME_ANCESTORS": given}).frame_ancestors
    assert found == (("https://a.exempel.se", "https://b.exempel.se:8443") if meant is None else meant)


@pytest.mark.parametrize(
    "given",
    [
        "*",
        "https:",
        "https://*",
        "https://*.exempel.se",
        "intranat.exempel.se",
        "http://intranat.exempel.se",
        "https://intranat.exempel.se/",
        "https://intranat.exempel.se/start",
        "https://intranat.exempel.se?x",
        "https://nagon@intranat.exempel.se",
        "https://intranat.exempel.se:0",
        "https://intranat.exempel.se:port",
        "https://intranat.exempel.se; script-src *",
        "https://intranat.exempel.se script-src",
        "'self'",
        "https://å.se",
        "https://[::1]",
        "ftp://localhost",
        "javascript:alert(1)",
        "https://a.exempel.se\r\nx: y",
        "https://ok.exempel.se, https://*.exempel.se",
    ],
)
def test_only_whole_origins_may_frame_it(given: str) -> None:
    with pytest.raises(SettingsError) as told:
        read_settings({"HSF_KPI_FRAME_ANCESTORS": given})
    (problem,) = told.value.problems
    assert problem.where == "HSF_KPI_FRAME_ANCESTORS"
    assert "https://" in problem.todo
