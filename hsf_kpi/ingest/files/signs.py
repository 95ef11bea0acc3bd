"""Signs that no table holds: they come from broken or binary files."""

from __future__ import annotations

import re
from typing import Final

CONTROLS: Final = bytes(sign for sign in range(32) if sign not in b"\t\n\r") + b"\x7f"
"""The control characters as bytes, but tab and line ends."""

control_signs: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]").search
"""The first control character in a text, or None."""


def has_control_signs(text: str) -> bool:
    return control_signs(text) is not None
