"""Who is looking: one small port (`port.Way`), three ways behind it, chosen by HSF_KPI_SIGN_IN.

Nothing outside this package knows which way is in use; everybody else asks `way()`.
"""

from __future__ import annotations

from functools import lru_cache

from hsf_kpi.settings import read_settings
from hsf_kpi.ui.sign_in.port import SignedIn, Way

__all__ = ["SignedIn", "Way", "way"]


def way() -> Way:
    """The way that the setting chooses."""
    return _made(read_settings().sign_in.way)


@lru_cache(maxsize=3)
def _made(name: str) -> Way:
    """Only the way that is in use is imported."""
    if name == "demo":
        from hsf_kpi.ui.sign_in.demo import DemoWay

        return DemoWay()
    if name == "oidc":
        from hsf_kpi.ui.sign_in.oidc import OidcWay

        return OidcWay()
    from hsf_kpi.ui.sign_in.local import LocalWay

    return LocalWay()
