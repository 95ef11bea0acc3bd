"""The servers that a benchmark talks to, each in a process of its own, and what they have used."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hsf_kpi import ROOT
from hsf_kpi.cli.start import free_port


@dataclass(frozen=True)
class Server:
    url: str
    pid: int

    def peak_mb(self) -> float:
        """The most memory that the process has held, in MB (Linux; 0 elsewhere)."""
        return self._memory("VmHWM")

    def held_mb(self) -> float:
        """What it holds now."""
        return self._memory("VmRSS")

    def _memory(self, name: str) -> float:
        status = Path(f"/proc/{self.pid}/status")
        if not status.exists():
            return 0.0
        line = next(row for row in status.read_text().splitlines() if row.startswith(name))
        return int(line.split()[1]) / 1024

    def cpu_seconds(self) -> float:
        """Of processor that the process has used (Linux; 0 elsewhere)."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.exists():
            return 0.0
        fields = stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def settled(self, most: float = 60.0) -> None:
        """Waits until what is made ready beside the first visitors has been made: the process idles for a second."""
        for _ in range(int(most)):
            before = self.cpu_seconds()
            time.sleep(1)
            if self.cpu_seconds() - before < 0.05:
                return


@contextmanager
def serve(script: str, first_port: int, **environment: str) -> Iterator[Server]:
    """`streamlit run script` until the block ends."""
    port = free_port(first_port)
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://localhost:{port}"
    try:
        for _ in range(400):
            try:
                with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                    break
            except OSError:
                time.sleep(0.1)
        yield Server(url, process.pid)
    finally:
        process.terminate()
        process.wait(15)
