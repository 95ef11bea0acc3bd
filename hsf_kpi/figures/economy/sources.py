"""Where the amounts of a ledger come from, for the line under a figure and for its origin."""

from __future__ import annotations

from hsf_kpi.model.codes import Origin
from hsf_kpi.model.ledger import UnitLedger
from hsf_kpi.swedish.words import ORIGIN_WORD

PLAN_LINE = "−800 ur Förvaltningsplan 2023–2025, avsnitt 5.4.1"


def ledger_source(ledger: UnitLedger, *also: str) -> str:
    """«Källa: Demodata; −800 ur …»: each loaded file by its name, demo as the demo that it is."""
    words = [
        ORIGIN_WORD[origin]
        + (f" ({', '.join(ledger.sources)})" if origin is Origin.LOADED and ledger.sources else "")
        for origin in Origin
        if origin in ledger.origins
    ]
    return f"Källa: {'; '.join([*(words or ['inget bokfört']), *(text for text in also if text)])}."
