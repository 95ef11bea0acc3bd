"""Two PostgreSQL servers in a folder of their own, from Debian's package (it has postgres_fdw), thrown away afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL

NOBODY = "postgres"
"""Who runs the servers when root starts them: PostgreSQL refuses root."""


@dataclass(frozen=True)
class Server:
    folder: Path
    port: int

    def url(self, database: str) -> str:
        """As HSF_KPI_DATABASE_URL takes it."""
        query = {"host": str(self.folder), "port": str(self.port)}
        return URL.create("postgresql", NOBODY, database=database, query=query).render_as_string(False)

    def engine(self, database: str) -> Engine:
        url = self.url(database).replace("postgresql:", "postgresql+psycopg:", 1)
        return create_engine(url, isolation_level="AUTOCOMMIT")

    def stop(self) -> None:
        _run(_programs() / "pg_ctl", "-D", str(self.folder / str(self.port)), "-m", "fast", "stop")

    @property
    def runs(self) -> bool:
        return (self.folder / str(self.port) / "postmaster.pid").exists()

    def create(self, database: str) -> None:
        engine = self.engine("postgres")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {database}"))
        engine.dispose()


@contextmanager
def two_servers(first_port: int) -> Iterator[tuple[Server, Server]]:
    """On two ports, reached by files in a folder of their own and not over the net."""
    programs = _programs()
    with tempfile.TemporaryDirectory(prefix="hsf-regioner-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, NOBODY)
        servers = Server(folder, first_port), Server(folder, first_port + 1)
        started: list[Server] = []
        try:
            for server in servers:
                data = str(folder / str(server.port))
                _run(programs / "initdb", "-D", data, "-U", NOBODY, "-A", "trust", "-E", "UTF8", "--no-sync")
                options = (
                    f"-c listen_addresses= -c unix_socket_directories={folder} -p {server.port} -c fsync=off"
                )
                _run(programs / "pg_ctl", "-D", data, "-l", f"{data}.log", "-w", "-o", options, "start")
                started.append(server)
            yield servers
        finally:
            for server in started:
                if server.runs:
                    server.stop()


def _programs() -> Path:
    """The newest version's."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    for path in reversed(found):
        if (path / "initdb").exists():
            return path
    sys.exit("Ingen PostgreSQL hittades. Debian: apt-get install postgresql")


def _run(*command: str | Path) -> None:
    user = NOBODY if os.geteuid() == 0 else None
    done = subprocess.run(command, capture_output=True, user=user, cwd="/", check=False)
    if done.returncode:
        sys.exit(done.stdout.decode() + done.stderr.decode())
