"""Source profiles: how the columns and names of a system's export are read as ours. Data, written by the region."""

from hsf_kpi.ingest.profiles.check import catalogue_problems
from hsf_kpi.ingest.profiles.reading import parse_profile, read_profiles
from hsf_kpi.ingest.profiles.systems import SYSTEMS
from hsf_kpi.ingest.profiles.text import profile_text

__all__ = ["SYSTEMS", "catalogue_problems", "parse_profile", "profile_text", "read_profiles"]
