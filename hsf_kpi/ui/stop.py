"""Ending a page before its last line, without ending what stands around it: Streamlit's own stop ends the whole run, and
the foot of the page with it.
"""

from __future__ import annotations

from typing import NoReturn


class Stopped(BaseException):
    """The page has said what it has to say. Caught by the main script."""


def stop() -> NoReturn:
    raise Stopped
