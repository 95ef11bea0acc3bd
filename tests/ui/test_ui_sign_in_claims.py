"""What an ID token must say to let somebody in, and what makes it one and the same sign-in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.ui.sign_in.claims import Claims, read_claims

BEGAN = 1_800_000_000
TOKEN: dict[str, Any] = {
    "is_logged_in": True,
    "iss": "https://leverantor.exempel.se",
    "sub": "abc",
    "iat": BEGAN,
    "exp": BEGAN + 3600,
    "nonce": "n1",
    "email": "Forsta.Kontot@Exempel.se",
    "email_verified": True,
}


def read(**changes: Any) -> Claims | None:
    user = {name: value for name, value in (TOKEN | changes).items() if value is not None}
    return read_claims(user, "email", 8)


def test_the_claim_is_the_login_in_lower_case() -> None:
    claims = read()
    assert claims is not None
    assert claims.login == "forsta.kontot@exempel.se"
    assert claims.shown == "Forsta.Kontot@Exempel.se"


def test_it_ends_with_the_token_or_after_our_hours_whichever_is_first() -> None:
    short, long = read(), read(exp=BEGAN + 30 * 24 * 3600)
    assert short is not None
    assert long is not None
    assert short.ends.timestamp() == BEGAN + 3600
    assert long.ends.timestamp() == BEGAN + 8 * 3600


@pytest.mark.parametrize("missing", ["is_logged_in", "iss", "sub", "iat", "exp"])
def test_a_token_that_does_not_say_who_when_and_how_long_is_nobody(missing: str) -> None:
    assert read(**{missing: None}) is None


@pytest.mark.parametrize("value", ["", "1800000000", True, float("nan"), float("inf"), 10**30, [1]])
def test_a_time_that_is_no_time_is_nobody(value: object) -> None:
    assert read(exp=value) is None
    assert read(iat=value) is None


@pytest.mark.parametrize("verified", [False, "false", "False", None, "", "ja", 1])
def test_an_unverified_address_is_no_login(verified: object) -> None:
    claims = read(email_verified=verified)
    assert claims is not None
    assert claims.login is None


@pytest.mark.parametrize("verified", [True, "true", "True"])
def test_a_verified_one_is(verified: object) -> None:
    claims = read(email_verified=verified)
    assert claims is not None
    assert claims.login == "forsta.kontot@exempel.se"


@pytest.mark.parametrize(
    "value",
    [None, "", 7, ["forsta"], {"a": 1}, "forsta kontot", "forst\u0430@exempel.se", "\u212aarl", "x" * 300],
)
def test_a_claim_that_cant_be_a_login_is_none(value: object) -> None:
    claims = read(email=value)
    assert claims is not None
    assert claims.login is None
    assert claims.shown


@given(
    st.dictionaries(
        st.sampled_from(sorted(TOKEN)), st.none() | st.booleans() | st.integers() | st.floats() | st.text()
    )
)
def test_whatever_it_says_nothing_is_raised(changes: dict[str, Any]) -> None:
    claims = read_claims(TOKEN | changes, "email", 8)
    if claims is not None:
        began = dt.datetime.fromtimestamp((TOKEN | changes)["iat"], dt.UTC)
        assert claims.ends <= began + dt.timedelta(hours=8)


@pytest.mark.parametrize("name", ["iss", "sub", "iat", "exp", "nonce", "sid", "jti", "at_hash", "auth_time"])
def test_another_sign_in_at_the_provider_is_another_token(name: str) -> None:
    other = "https://annan.exempel.se" if name in ("iss", "sub") else BEGAN + 1
    first, second = read(), read(**{name: other})
    assert first is not None
    assert second is not None
    assert first.token != second.token
    assert first.token == read(name="Första kontot", picture="x").token  # type: ignore[union-attr]
