"""The definitions as data: organisation, plan, indicators, targets, known source errors.

Two steps: the shape of each file (fields, types), then what all of them mean together.
Every problem is told at once.
"""

from hsf_kpi.ingest.definitions.catalogue import check_source, read_catalogue, read_ramar
from hsf_kpi.ingest.definitions.ramar import Ram

__all__ = ["Ram", "check_source", "read_catalogue", "read_ramar"]
