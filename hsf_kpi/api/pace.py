"""How much one key may ask for, so that no refresh that runs wild takes the server from the pages. In memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from hsf_kpi.api.problems import Refusal

BURST: Final = 120
"""So many requests at once."""
PER_SECOND: Final = 2.0
"""And so many for each second after them."""
_MOST: Final = 10_000


class Pace:
    """A bucket of requests for each key, filled with time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, key: str) -> None:
        """Refusal with 429 when the bucket is empty."""
        now = self._clock()
        with self._lock:
            if len(self._left) > _MOST:
                self._left = {k: v for k, v in self._left.items() if now - v[1] < BURST / PER_SECOND}
            left, at = self._left.get(key, (float(BURST), now))
            left = min(float(BURST), left + (now - at) * PER_SECOND)
            self._left[key] = (left - 1 if left >= 1 else left, now)
        if left < 1:
            raise Refusal.of(
                429,
                "Nyckeln har använts för många gånger på kort tid.",
                "Authorization",
                "Vänta några sekunder. Hämta många rader på en gång i stället för en i taget.",
                retry_after="2",
            )
