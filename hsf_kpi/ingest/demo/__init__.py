"""The demo generator: made-up observations that agree with every published figure, so that the product can
be tried.

`read_settings(folder)` reads `data/demo/*.toml`; `generate(catalogue, settings)` gives the observations as a columnar
table, the same for the same seed; `generate_all(catalogue, settings)` the ledger and the registers too;
`handins_of(settings.dialogue)` what has been handed in; `follow_ups_of` and `entries_of(catalogue, settings.follow_ups)`
what has been followed up; `loads_of(…)` the order in which it all became known; `observations(table)` walks the table as
Observation; `enlarge(catalogue, table, k)` splits every leaf into k enheter for benchmarks. Everything it makes has origin
DEMO. May import model and the standard library, numpy, pandas, pydantic.
"""

from hsf_kpi.ingest.demo.apportion import apportion
from hsf_kpi.ingest.demo.dialogue import handins_of
from hsf_kpi.ingest.demo.enlarge import enlarge
from hsf_kpi.ingest.demo.follow_ups import entries_of, follow_ups_of
from hsf_kpi.ingest.demo.generate import blocks_of, generate, generate_all
from hsf_kpi.ingest.demo.ledger_generate import DemoLedger, generate_ledger
from hsf_kpi.ingest.demo.loads import loads_of
from hsf_kpi.ingest.demo.read import read_settings
from hsf_kpi.ingest.demo.settings import DemoSettings
from hsf_kpi.ingest.demo.table import SOURCE, observations

__all__ = [
    "SOURCE",
    "DemoLedger",
    "DemoSettings",
    "apportion",
    "blocks_of",
    "enlarge",
    "entries_of",
    "follow_ups_of",
    "generate",
    "generate_all",
    "generate_ledger",
    "handins_of",
    "loads_of",
    "observations",
    "read_settings",
]
