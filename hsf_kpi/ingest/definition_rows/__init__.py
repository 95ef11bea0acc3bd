"""The rows of a file that brings the new year's definitions, as definition files: targets, baselines, units and successors.

Each row says what is new or changed; what is not in the file stays as it is. See docs/loading.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from hsf_kpi.ingest.definition_rows.baselines import baseline_files
from hsf_kpi.ingest.definition_rows.rows import DefinitionRowsError, rows_of
from hsf_kpi.ingest.definition_rows.targets import target_files
from hsf_kpi.ingest.definition_rows.units import unit_files
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.definitions.files import DefinitionFiles
from hsf_kpi.ingest.files.findings import Findings
from hsf_kpi.ingest.published import read_published
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.incoming import Holds
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.model.profile import FIELDS

__all__ = ["DefinitionRowsError", "catalogue_with", "changed_catalogue", "definition_rows"]

_FILES = {Holds.TARGETS: target_files, Holds.BASELINES: baseline_files, Holds.UNITS: unit_files}


def definition_rows(
    holds: Holds,
    rows: Sequence[Mapping[str, object]],
    catalogue: Catalogue,
    headings: Mapping[str, str] = MappingProxyType({}),
) -> tuple[tuple[str, str], ...]:
    """Path below data/ → the file's new text: what was loaded before, with these rows. Empty where they change nothing.

    Each row has our field names (`model.profile.FIELDS`) and «row», its number in the file; values as the file had them.
    headings: field → its heading in the file, where it is another than our own. DefinitionRowsError with every fault.
    """
    found = Findings("")
    texts = _FILES[holds](rows_of(rows, {**FIELDS[holds], **headings}, found), catalogue)
    if found:
        raise DefinitionRowsError(found.faults())
    return tuple((path, text) for path, text in sorted(texts.items()) if catalogue.loaded.get(path) != text)


def changed_catalogue(folder: Path, catalogue: Catalogue, files: Sequence[tuple[str, str]]) -> Catalogue:
    """The definitions as they are when the files have been loaded, beside those that the catalogue was read from.
    DefinitionError and DataError as `catalogue_with`.
    """
    return catalogue_with(folder, catalogue, {**catalogue.loaded, **dict(files)})


def catalogue_with(folder: Path, catalogue: Catalogue, loaded: Mapping[str, str]) -> Catalogue:
    """The definitions as they are with other loaded texts than the catalogue's. DefinitionError with every problem;
    DataError where the published values no longer agree with them, or the folder has changed since the catalogue was read.
    """
    if DefinitionFiles(folder, catalogue.loaded).fingerprint() != catalogue.fingerprint:
        raise DataError(
            Problem(
                "Definitionerna i data/ har ändrats.", "data", "Uppdatera först: python -m hsf_kpi build."
            )
        )
    found = read_catalogue(folder, loaded)
    # The published values are read from more than the definitions, and only the baselines can go against them.
    before = {key: measure.baselines for key, measure in catalogue.measures.items()}
    if any(before.get(key) != measure.baselines for key, measure in found.measures.items()):
        read_published(folder, found)
    return found
