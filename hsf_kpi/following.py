"""The definitions of an open workspace: read again when others have been loaded into the database, here or elsewhere."""

from __future__ import annotations

import threading
from pathlib import Path

from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.problems import DefinitionError
from hsf_kpi.store.store import Store


class Definitions:
    """The catalogue as it is now. Safe to use from several threads."""

    def __init__(self, catalogue: Catalogue, store: Store, folder: Path | None) -> None:
        """folder: where the definitions lie; None to keep the catalogue as it is."""
        self.catalogue = catalogue
        self._store, self._folder = store, folder
        self._tried: int | None = None
        self._lock = threading.Lock()

    @property
    def may_change(self) -> bool:
        return self._folder is not None

    def follow(self, fingerprint: str, version: int) -> None:
        """Reads the definitions again, once for each version of the data that was made with others. They are taken over when
        they are just those that it was made with: a folder that is being changed waits for `build`.
        """
        if self._folder is None or self._has(fingerprint, version):
            return
        with self._lock:
            if self._has(fingerprint, version):
                return
            try:
                found = read_catalogue(self._folder, self._store.definitions.overlay())
            except DefinitionError:
                found = self.catalogue
            if found.fingerprint == fingerprint:
                self.catalogue = found
            self._tried = version

    def _has(self, fingerprint: str, version: int) -> bool:
        return fingerprint == self.catalogue.fingerprint or version == self._tried
