"""XML read as it comes, with little memory whatever its size: no entities, no endless texts, no endless depth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, Final
from xml.parsers import expat

from defusedxml.common import DTDForbidden

CHUNK: Final = 1 << 16
_DEEPEST: Final = 64
_MOST_SILENT: Final = 64
"""So many chunks may go by without a tag or text: longer is one endless tag."""

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def feed(stream: IO[bytes], start: Start, end: End, text: Text) -> Iterator[None]:
    """Calls `start`, `end` and `text` with local names, and yields after every chunk.

    DTDForbidden for a document type; ExpatError for what is no XML; ValueError for what is too deep or too long.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = silent = 0

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, silent
        depth += 1
        silent = 0
        if depth > _DEEPEST:
            raise ValueError("too deep")
        start(tag.rpartition(":")[2] if ":" in tag else tag, attributes)

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag.rpartition(":")[2] if ":" in tag else tag)

    def said(data: str) -> None:
        nonlocal silent
        silent = 0
        text(data)

    def doctype(name: str, system: str | None, public: str | None, internal: bool) -> None:
        raise DTDForbidden(name, system, public)

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = said
    parser.StartDoctypeDeclHandler = doctype
    while chunk := stream.read(CHUNK):
        silent += 1
        if silent > _MOST_SILENT:
            raise ValueError("an endless tag")
        parser.Parse(chunk, False)
        yield
    parser.Parse(b"", True)
    yield


def attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute by its local name, «id» for «r:id» too; "" where there is none."""
    if name in attributes:
        return attributes[name]
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")
