"""Stricter rules around Streamlit's own sign-in: its cookies, and its addresses on the other ways."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from hsf_kpi.ui.sign_in.provider import ProviderCookies, auth_section, strict

USER = "_streamlit_user=abc; HttpOnly; Max-Age=2592000; Path=/; SameSite=lax"


async def _page(request: Request) -> Response:
    response = PlainTextResponse("sida")
    response.headers.append("set-cookie", USER)
    response.headers.append("set-cookie", "_streamlit_xsrf=2|a|b|c; Path=/; SameSite=Lax")
    response.headers.append("set-cookie", "annan=1; Max-Age=2592000")
    return response


PATHS = ("/auth/login", "/auth/logout", "/oauth2callback")
APP = Starlette(
    routes=[Route(path, _page) for path in ("/", *PATHS)], middleware=[Middleware(ProviderCookies)]
)


def client(scheme: str = "http") -> TestClient:
    return TestClient(APP, base_url=f"{scheme}://nyckeltal.test")


@pytest.fixture
def _oidc(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "SIGN_IN": "oidc",
        "OIDC_METADATA_URL": "https://leverantor.test/.well-known/openid-configuration",
        "OIDC_CLIENT_ID": "hsf",
        "OIDC_CLIENT_SECRET": "hemlig",
        "OIDC_REDIRECT_URL": "https://nyckeltal.test/oauth2callback",
        "COOKIE_SECRET": "k" * 32,
    }.items():
        monkeypatch.setenv(f"HSF_KPI_{name}", value)


def test_a_month_becomes_a_working_day() -> None:
    assert (
        strict(USER, False, 8 * 3600) == "_streamlit_user=abc; HttpOnly; Max-Age=28800; Path=/; SameSite=lax"
    )
    assert "Max-Age=0;" in strict("_streamlit_user=; Max-Age=0; Path=/", True, 8 * 3600)


def test_secure_behind_tls_and_only_once() -> None:
    assert strict(USER, True, 60).endswith("; Secure")
    assert strict("a=b; Secure; Path=/", True, 60) == "a=b; Secure; Path=/"
    assert strict("a=secure", True, 60) == "a=secure; Secure"


@pytest.mark.usefixtures("_oidc")
@pytest.mark.parametrize(("scheme", "headers"), [("https", {}), ("http", {"x-forwarded-proto": "https"})])
def test_streamlits_cookies_are_rewritten_and_others_left(scheme: str, headers: dict[str, str]) -> None:
    user, xsrf, other = client(scheme).get("/", headers=headers).headers.get_list("set-cookie")
    assert "Max-Age=28800" in user
    assert user.endswith("; Secure")
    assert xsrf.endswith("; Secure")
    assert other == "annan=1; Max-Age=2592000"


@pytest.mark.usefixtures("_oidc")
def test_without_tls_nothing_is_marked_secure() -> None:
    found = client().get("/").headers.get_list("set-cookie")
    assert not any("Secure" in cookie for cookie in found)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("way", ["demo", "local"])
def test_the_providers_addresses_are_closed_on_other_ways(
    path: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSF_KPI_SIGN_IN", way)
    assert client().get(path).status_code == 404
    assert client().get("/").status_code == 200


def test_faulty_settings_close_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSF_KPI_SIGN_IN", "nonsens")
    assert client().get("/auth/login").status_code == 404
    assert auth_section() is None


@pytest.mark.usefixtures("_oidc")
def test_only_our_own_pages_sign_anybody_out() -> None:
    assert client().get("/auth/logout", headers={"sec-fetch-site": "cross-site"}).status_code == 404
    assert client().get("/auth/logout", headers={"sec-fetch-site": "same-site"}).status_code == 404
    assert client().get("/auth/logout", headers={"sec-fetch-site": "same-origin"}).status_code == 200
    assert client().get("/oauth2callback", headers={"sec-fetch-site": "cross-site"}).status_code == 200


@pytest.mark.usefixtures("_oidc")
def test_streamlit_is_given_the_client_and_nothing_else() -> None:
    section = auth_section()
    assert section is not None
    assert set(section) == {"auth"}
    assert section["auth"]["client_secret"] == "hemlig"
    assert section["auth"]["redirect_uri"] == "https://nyckeltal.test/oauth2callback"


def test_on_other_ways_streamlit_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSF_KPI_SIGN_IN", "local")
    assert auth_section() is None
