"""How far a long command has come: a bar on stderr where somebody sits at a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from hsf_kpi.model.incoming import Progress


@contextmanager
def progress() -> Iterator[Progress]:
    """What is told moves the bar. The bar is gone afterwards."""
    if not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    form = "{desc}: {percentage:3.0f} % |{bar}|"
    with tqdm(
        total=1.0, leave=False, file=sys.stderr, bar_format=form, dynamic_ncols=True, desc="Förbereder"
    ) as bar:

        def tell(what: str, share: float) -> None:
            bar.set_description_str(what, refresh=False)
            bar.n = min(max(share, 0.0), 1.0)
            bar.refresh()

        yield tell
