"""The demo generator: made-up observations that agree with every published figure, so that the product can
be tried.

`read_settings(folder)` reads `data/demo/*.toml`; `generate(catalogue, settings)` gives a columnar table
that is the same
for the same seed; `observations(table)` walks it as Observation; `enlarge(catalogue, table, k)` splits
every leaf into k
enheter for benchmarks. Everything it makes has origin DEMO. May import model and the standard library,
numpy, pandas, pydantic.
"""

from hsf_kpi.ingest.demo.apportion import apportion
from hsf_kpi.ingest.demo.enlarge import enlarge
from hsf_kpi.ingest.demo.generate import generate
from hsf_kpi.ingest.demo.read import read_settings
from hsf_kpi.ingest.demo.settings import DemoSettings
from hsf_kpi.ingest.demo.table import SOURCE, observations

__all__ = [
    "SOURCE",
    "DemoSettings",
    "apportion",
    "enlarge",
    "generate",
    "observations",
    "read_settings",
]
