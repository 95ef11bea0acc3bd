"""What an ID token says, as Streamlit hands it over (`st.user`), read with suspicion."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from hsf_kpi.model.account import login_of
from hsf_kpi.ui.sign_in import cookies

_TOKEN = ("iss", "sub", "aud", "iat", "exp", "auth_time", "nonce", "sid", "jti", "at_hash")


@dataclass(frozen=True, slots=True)
class Claims:
    """login: the account's login here; None where the claim is missing, can't be a login, or is an unverified e-mail.

    shown: what the provider calls the person. token: identifies this very sign-in at the provider, as the store keeps it.
    ends: when the token or our own longest time ends, whichever comes first.
    """

    login: str | None
    shown: str
    token: str
    ends: dt.datetime


def read_claims(user: Mapping[str, object], claim: str, hours: int) -> Claims | None:
    """None when nobody is signed in at the provider, or the token doesn't say who, when and for how long."""
    if not user.get("is_logged_in") or not user.get("iss") or not user.get("sub"):
        return None
    began, expires = _time(user.get("iat")), _time(user.get("exp"))
    if began is None or expires is None:
        return None
    value = user.get(claim)
    text = value if isinstance(value, str) else ""
    # An address that the provider has not verified may be anybody's. Some write the truth values as text.
    unverified = claim == "email" and str(user.get("email_verified")).lower() != "true"
    told = json.dumps([user.get(name) for name in _TOKEN], default=str)
    return Claims(
        None if unverified else login_of(text),
        text or str(user.get("name") or user["sub"]),
        cookies.kept(told),
        min(expires, began + dt.timedelta(hours=hours)),
    )


def _time(value: object) -> dt.datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return dt.datetime.fromtimestamp(value, dt.UTC)
    except (OverflowError, ValueError, OSError):
        return None
