"""The systems that a profile may be of, to choose from when one is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hsf_kpi.model.incoming import Holds

SYSTEMS: Final[Mapping[str, Holds]] = {
    "DUVA": Holds.OBSERVATIONS,
    "Heroma": Holds.OBSERVATIONS,
    "Väntetider i vården": Holds.OBSERVATIONS,
    "Vården i siffror": Holds.OBSERVATIONS,
    "Ekonomisystemet": Holds.LEDGER,
    "Kolada": Holds.EXTERNAL,
}
"""What a file from each usually holds. Their layouts are not public: the columns are picked from an uploaded sample."""
