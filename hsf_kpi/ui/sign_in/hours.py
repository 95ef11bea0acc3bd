"""How long a sign-in lasts, and how that is told."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hsf_kpi.settings import read_settings

SOON = dt.timedelta(minutes=10)
_SWEDEN = ZoneInfo("Europe/Stockholm")


def ends_at(now: dt.datetime) -> dt.datetime:
    """When a session that begins now ends at the latest."""
    return now + dt.timedelta(hours=read_settings().sign_in.hours)


def is_soon(ends: dt.datetime, now: dt.datetime) -> bool:
    return ends - now <= SOON


def clock(at: dt.datetime) -> str:
    """«kl. 16.05», Swedish time."""
    return f"kl. {at.astimezone(_SWEDEN):%H.%M}"


def wait_text(wait: dt.timedelta) -> str:
    """«30 sekunder», «1 minut», rounded up."""
    seconds = -(-wait // dt.timedelta(seconds=1))
    if seconds < 60:
        return f"{seconds} {'sekund' if seconds == 1 else 'sekunder'}"
    minutes = -(-seconds // 60)
    return f"{minutes} {'minut' if minutes == 1 else 'minuter'}"
