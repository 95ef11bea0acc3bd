"""streamlit-authenticator's sign-in form, in Swedish, with everything behind the form being ours.

Of the library only the form is used. Its cookie can be read by scripts and works after signing out, its throttling
forgets, and it answers faster for a login that does not exist; so it is given a controller that only hands over
what was typed, and a cookie that is never read or written.
"""

from __future__ import annotations

from typing import Any

from streamlit_authenticator import Authenticate  # type: ignore[import-untyped]

KEY = "hsf-inloggning"
WORDS = {
    "Form name": "Användarnamn och lösenord",
    "Username": "Användarnamn",
    "Password": "Lösenord",
    "Login": "Logga in",
}


class _NoCookie:
    """What the form asks instead of the library's cookie."""

    def get_cookie(self) -> None:
        return None

    def set_cookie(self) -> None:
        return None


class _Typed:
    """What the form calls instead of the library's check: keeps what was typed, and says no to it."""

    def __init__(self) -> None:
        self.both: tuple[str, str] | None = None

    def login(self, username: str | None = None, password: str | None = None, *_: Any, **__: Any) -> bool:
        self.both = (username or "", password or "")
        return False


class _Form(Authenticate):  # type: ignore[misc]
    """Without the library's own start: it would draw its cookie's frame on the page and write the session's state."""

    def __init__(self) -> None:
        self.attrs = {"login_sleep_time": 0}
        self.path = None
        self.secret_key = ""
        self.cookie_controller = _NoCookie()
        self.authentication_controller = self.typed = _Typed()


def login_form() -> tuple[str, str] | None:
    """Draws the form. What was typed, when it was just sent; the fields are emptied then."""
    form = _Form()
    form.login(location="main", fields=WORDS, key=KEY, clear_on_submit=True)
    return form.typed.both
