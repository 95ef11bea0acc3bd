"""The database: tables, migrations, loads, sums, queries. The only place that knows SQL.

SQLite when nothing is configured, PostgreSQL by URL; the same code and the same tests for both. May import
model, swedish and access. Every query about the organisation's figures takes the signed-in person's scope
first.
"""

from hsf_kpi.store.state import StoreState
from hsf_kpi.store.store import Store

__all__ = ["Store", "StoreState"]
