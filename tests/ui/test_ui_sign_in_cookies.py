"""The session's cookie: what browsers are told about it, and that only its hash is kept."""

from __future__ import annotations

import datetime as dt
import re
from http.cookies import SimpleCookie

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.ui.sign_in import cookies

NOW = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("secure", [False, True])
def test_no_script_reads_it_and_no_other_site_sends_it(secure: bool) -> None:
    header = cookies.setting("hemlig", secure, NOW + dt.timedelta(hours=8), NOW)
    morsel = SimpleCookie(header)[cookies.name_of(secure)]
    assert morsel.value == "hemlig"
    assert morsel["httponly"] is True
    assert morsel["samesite"] == "Lax"
    assert morsel["path"] == "/"
    assert morsel["domain"] == ""
    assert morsel["max-age"] == str(8 * 3600)
    assert bool(morsel["secure"]) is secure
    assert cookies.name_of(secure).startswith("__Host-") is secure


def test_it_lives_no_longer_than_the_session() -> None:
    assert "Max-Age=90;" in cookies.setting("x", False, NOW + dt.timedelta(seconds=90), NOW)
    assert "Max-Age=0;" in cookies.setting("x", False, NOW - dt.timedelta(seconds=90), NOW)


def test_taking_it_back_names_the_same_cookie_with_the_same_flags() -> None:
    assert cookies.clearing(True) == cookies.setting("", True, NOW, NOW)
    assert "Max-Age=0;" in cookies.clearing(True)


@pytest.mark.parametrize(
    ("headers", "scheme", "secure"),
    [
        ({}, "http", False),
        ({}, "https", True),
        ({}, "wss", True),
        ({"x-forwarded-proto": "https"}, "http", True),
        ({"x-forwarded-proto": "https, http"}, "http", True),
        ({"x-forwarded-proto": "http"}, "http", False),
        ({"origin": "https://nyckeltal.exempel.se"}, "", True),
        ({"origin": "http://localhost:8501"}, "", False),
        ({"origin": "null"}, "", False),
    ],
)
def test_tls_is_known_from_the_connection_the_proxy_or_the_pages_origin(
    headers: dict[str, str], scheme: str, secure: bool
) -> None:
    assert cookies.is_secure(headers, scheme) is secure


def test_behind_tls_a_cookie_with_the_plain_name_does_not_count() -> None:
    planted = {cookies.SESSION: "planterad"}
    assert cookies.secret_in(planted, secure=True) is None
    assert cookies.secret_in(planted, secure=False) == "planterad"
    assert cookies.secret_in({cookies.SECURE_SESSION: "min"}, secure=True) == "min"
    assert cookies.secret_in({cookies.SESSION: ""}, secure=False) is None


@given(st.text())
def test_whatever_a_cookie_holds_its_hash_is_64_hex_digits_and_tells_nothing(text: str) -> None:
    kept = cookies.kept(text)
    assert re.fullmatch("[0-9a-f]{64}", kept)
    assert kept != text


def test_secrets_are_long_url_safe_and_never_the_same() -> None:
    made = {cookies.new_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", secret) for secret in made)
