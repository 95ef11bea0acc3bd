"""Public statistics fetched from Kolada (API v3) into a file of the documented format, which is loaded as any file is.

`KoladaRequest.of(…)` says what to ask for; `KoladaClient` asks, patiently; `fetch_kolada(…)` goes through all pages, can be
interrupted and taken up again, and writes one CSV. Knows the network and files, never the store.
"""

from hsf_kpi.ingest.kolada.answers import KoladaError
from hsf_kpi.ingest.kolada.client import KoladaClient, Patience
from hsf_kpi.ingest.kolada.fetch import Fetched, fetch_kolada
from hsf_kpi.ingest.kolada.request import KoladaRequest

__all__ = ["Fetched", "KoladaClient", "KoladaError", "KoladaRequest", "Patience", "fetch_kolada"]
