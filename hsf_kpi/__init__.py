"""HSF nyckeltal: the KPI dashboard of Hälso- och sjukvårdsförvaltningen, Region Västmanland.

The layers, lowest first (a lower one never imports a higher one; `.importlinter` holds it):
model · swedish · settings · operations · access · store and ingest · analysis · figures · render · workspace · what is
asked of it (economy, signals, month …) · composing · reporting · ui, cli and api.
"""

from pathlib import Path

__version__ = "0.1.0"
ROOT = Path(__file__).resolve().parent.parent
