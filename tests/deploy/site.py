"""An installation as deploy/ describes it, on this machine: PostgreSQL, two servers (replicas), nginx with TLS in front."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deploy.render import read_values, rendered
from hsf_kpi import ROOT
from hsf_kpi.cli.start import free_port

HOST = "nyckeltal.localhost"
"""A browser takes every name under localhost for this machine."""
DEPLOY = ROOT / "deploy"
ESTABLISHED = "01"


def find_nginx() -> str:
    """nginx, or why the test is skipped. On Debian it lies where only root's path leads."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        message = "No nginx found. Debian: apt-get install nginx."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def environment(database_url: str) -> dict[str, str]:
    """What the units of deploy/systemd set for each server."""
    settings = {"DATABASE_URL": database_url, "SIGN_IN": "local", "ALLOWED_HOSTS": HOST}
    ours = {f"HSF_KPI_{name}": value for name, value in settings.items()}
    return {**os.environ, **ours, "FORWARDED_ALLOW_IPS": "127.0.0.1"}


@dataclass
class Replica:
    """One server. number: as in nginx's cookie."""

    number: int
    port: int
    folder: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def log(self) -> Path:
        return self.folder / f"replica-{self.number}.log"

    def start(self) -> None:
        """As the unit hsf-nyckeltal@.service does."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", *self._where()],
                cwd=ROOT,
                env=self.environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def _where(self) -> list[str]:
        return ["--server.port", str(self.port), "--server.address", "127.0.0.1"]

    def wait(self) -> None:
        """Until it answers."""
        health = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/_stcore/health", headers={"Host": HOST}
        )
        for _ in range(480):
            if self.process is None or self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(health, timeout=1):
                    return
            except OSError:
                time.sleep(0.125)
        pytest.fail(f"replica {self.number} did not start:\n{self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        """As a fault does: nothing is said to anybody."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)

    @property
    def connections(self) -> int:
        """How many hold a connection to it, by the system's own table: a page's websocket stays, everything else is gone
        in a moment.
        """
        rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        return sum(row[1].endswith(f":{self.port:04X}") and row[3] == ESTABLISHED for row in rows)


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that nobody else trusts, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(*pem))
    return paths


def pin(folder: Path) -> str:
    """What a browser is told to trust the certificate of `folder` by."""
    key = x509.load_pem_x509_certificate((folder / "certificate.pem").read_bytes()).public_key()
    form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    return base64.b64encode(hashlib.sha256(key.public_bytes(*form)).digest()).decode()


def configuration(folder: Path, replicas: list[Replica], http: int, https: int) -> Path:
    """nginx's whole configuration: the one of deploy/, with values of ours, in a frame that keeps everything in `folder`."""
    cert, key = certificate(folder)
    values = read_values(DEPLOY / "values.env") | {
        "HOST": HOST,
        "REPLICAS": " ".join(f"127.0.0.1:{one.port}" for one in replicas),
        "CERTIFICATE": str(cert),
        "KEY": str(key),
        "HTTP_PORT": str(http),
        "HTTPS_PORT": str(https),
    }
    shipped = rendered(DEPLOY / "nginx" / "hsf-nyckeltal.conf", values)
    # Where the distribution's own configuration points is not ours to write in.
    site = folder / "site.conf"
    site.write_text(shipped.replace("/var/log/nginx/", f"{folder}/"))
    parts = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    frame = folder / "nginx.conf"
    frame.write_text(
        f"pid {folder}/nginx.pid;\nworker_processes 2;\nevents {{}}\nhttp {{\n"
        + "".join(f"    {part}_temp_path {folder}/{part};\n" for part in parts)
        + f"    include {site};\n}}\n"
    )
    return frame


def start_nginx(folder: Path, frame: Path) -> subprocess.Popen[bytes]:
    with (folder / "nginx.log").open("wb") as out:
        return subprocess.Popen(
            [find_nginx(), "-p", str(folder), "-e", "stderr", "-c", str(frame), "-g", "daemon off;"],
            stdout=out,
            stderr=subprocess.STDOUT,
        )


def ports(count: int) -> list[int]:
    """Free ones, in this test process's own range."""
    first = 21000 + 100 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    found: list[int] = []
    for _ in range(count):
        found.append(free_port(found[-1] + 1 if found else first))
    return found
