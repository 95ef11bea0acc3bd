"""The process that makes files, beside the one that people click in: `python -m hsf_kpi.reporting.worker`.

Reads one job after another from its standard input, each a pickled (report, medium) with its length before it, and answers
in the same way: («progress», done, of), («done», the bytes), («failed», the problems). It ends when its input does. It
speaks only with the process that started it, through the pipes between them.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import struct
import sys
import threading
import time
from typing import IO, Any

from hsf_kpi.operations import log

LENGTH = struct.Struct(">Q")
_log = logging.getLogger(__name__)
LOOK = 1.0
"""Seconds between two looks at whether the process that asked is still there."""
NICE = 10
"""So much it steps back for the process that answers clicks."""


def send(stream: IO[bytes], message: Any) -> None:
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(content)) + content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """EOFError when the other side has gone."""
    head = _exactly(stream, LENGTH.size)
    return pickle.loads(_exactly(stream, LENGTH.unpack(head)[0]))


def _exactly(stream: IO[bytes], count: int) -> bytes:
    parts = []
    while count:
        part = stream.read(count)
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def main() -> None:
    # What a library prints must not get between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    if hasattr(os, "nice"):
        os.nice(NICE)
    threading.Thread(target=_end_with, args=(os.getppid(),), name="parent", daemon=True).start()
    while True:
        try:
            kind, payload = receive(sys.stdin.buffer)
        except EOFError:
            return
        _answer(answers, kind, payload)


def _end_with(parent: int) -> None:
    """Ends at once when the process that asked is gone, also in the middle of a file that takes long."""
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)


def _answer(answers: IO[bytes], kind: str, payload: tuple[Any, ...]) -> None:
    from hsf_kpi.model.problems import HsfError
    from hsf_kpi.reporting.making import make

    def told(done: int, of: int) -> None:
        send(answers, ("progress", done, of))

    assert kind == "make", kind
    try:
        report, medium = payload
        send(answers, ("done", make(report, medium, told)))
    except HsfError as error:
        send(answers, ("failed", error.problems))
    except (MemoryError, OSError, ValueError, RuntimeError) as error:
        # Told in words there; here for who operates it.
        _log.error("a report could not be made", exc_info=error)
        send(answers, ("failed", ()))


if __name__ == "__main__":
    # The same stderr as the server's, and so the same form.
    log.set_up_as_set()
    # systemd and Ctrl-C tell the whole group. What is being made may end: the server waits for it, and ends this one.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    main()
