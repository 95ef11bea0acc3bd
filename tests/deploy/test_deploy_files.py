"""What lies in deploy/: the templates are filled or refused, nginx and systemd accept them, and they fit the program."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from deploy.render import Wrong, blocks, main, read_values, rendered
from hsf_kpi import ROOT
from hsf_kpi.settings import NAMES, PREFIX
from tests.deploy.site import DEPLOY, Replica, configuration, find_nginx

VALUES = read_values(DEPLOY / "values.env")
NGINX = DEPLOY / "nginx" / "hsf-nyckeltal.conf"
UNITS = sorted(path for path in (DEPLOY / "systemd").iterdir() if path.suffix != ".inc")
COMPOSE = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text("utf-8"))


@pytest.mark.parametrize("template", [NGINX, *UNITS], ids=lambda path: path.name)
def test_every_place_is_filled(template: Path) -> None:
    text = rendered(template, VALUES)
    assert not re.search(r"\$\{[A-Z_]+\}", text)


def test_the_values_are_used_each_of_them() -> None:
    texts = "".join(path.read_text("utf-8") for path in (NGINX, *UNITS, DEPLOY / "systemd" / "common.inc"))
    used = set(re.findall(r"\$\{([A-Z_]+)\}", texts))
    assert set(VALUES) - used == {"REPLICAS"}, "which becomes the blocks"
    assert used - set(VALUES) == {"UPSTREAMS", "WANTS", "COMMON"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOST", ""),
        ("HOST", "a; return 200"),
        ("HOST", "a\nb"),
        ("KEY", "/etc/$host"),
        ("FOLDER", "/srv/%i"),
        ("HTTP_PORT", "åttio"),
        ("REPLICAS", "server-1:8501"),
        ("REPLICAS", "127.0.0.1"),
        ("REPLICAS", "127.0.0.1:0"),
        ("REPLICAS", "127.0.0.1:8501 127.0.0.1:8501"),
    ],
)
def test_a_value_that_would_mean_something_else_is_refused(name: str, value: str) -> None:
    with pytest.raises(Wrong, match=name):
        rendered(NGINX, VALUES | {name: value})


def test_a_missing_value_is_named() -> None:
    with pytest.raises(Wrong, match="HOST"):
        rendered(NGINX, {name: value for name, value in VALUES.items() if name != "HOST"})


def test_the_command_writes_the_files_or_says_why_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--out", str(tmp_path / "a"), "HOST=region.exempel.se", str(NGINX), str(UNITS[0])]) == 0
    assert "server_name region.exempel.se;" in (tmp_path / "a" / NGINX.name).read_text("utf-8")
    assert main(["--out", str(tmp_path / "b"), "HOST=;", str(NGINX)]) == 2
    assert main(["--out", str(tmp_path / "b"), str(tmp_path / "finns-inte")]) == 2
    assert not (tmp_path / "b").exists(), "all or nothing"
    assert capsys.readouterr().err.count("\n") == 2


@given(st.lists(st.integers(1, 65535), min_size=1, max_size=6, unique=True))
def test_each_replica_has_its_cookie_and_the_others_behind_it(ports: list[int]) -> None:
    made = blocks(" ".join(f"10.0.0.7:{port}" for port in ports))["UPSTREAMS"]
    for number, port in enumerate(ports, 1):
        group = re.search(rf"upstream hsf_{number} {{(.*?)}}", made, re.S)
        assert group is not None
        assert re.findall(r"server 10\.0\.0\.7:(\d+) max_fails", group[1]) == [str(port)]
        assert len(re.findall("backup", group[1])) == len(ports) - 1
        assert f"    {number} hsf_{number};" in made
        answered = rf'"~(^|[ ,])10\.0\.0\.7:{port}$" {number};'
        assert answered in made
        pattern = answered.partition('"~')[2].partition('"')[0]
        assert re.search(pattern, f"10.0.0.9:1, 10.0.0.7:{port}")
        assert not re.search(pattern, f"10.0.0.7:{port}, 10.0.0.9:1")
        assert not re.search(pattern, f"110.0.0.7:{port}")


def test_nginx_accepts_it_with_any_number_of_replicas(tmp_path: Path) -> None:
    nginx = find_nginx()
    for count in (1, 3):
        folder = tmp_path / str(count)
        folder.mkdir()
        replicas = [Replica(one, 8500 + one, folder, {}) for one in range(1, count + 1)]
        frame = configuration(folder, replicas, 20080, 20443)
        command = [nginx, "-t", "-p", str(folder), "-e", "stderr", "-c", str(frame)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "warn" not in done.stderr.replace('nginx: [warn] the "user" directive', ""), done.stderr


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("No systemd here.")
    # It looks for the program that is started: this one, with the Python that runs the test.
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(shutil.which("true") or "/bin/true")
    for unit in UNITS:
        (tmp_path / unit.name).write_text(rendered(unit, VALUES | {"FOLDER": str(tmp_path)}), "utf-8")
    started = [tmp_path / unit.name.replace("@.", "@8501.") for unit in UNITS]
    command = ["systemd-analyze", "verify", "--man=no", *map(str, started)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    ours = [line for line in done.stderr.splitlines() if "hsf-nyckeltal" in line]
    assert (done.returncode, ours) == (0, [])


def test_uploads_are_as_large_as_the_program_takes_them() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    taken = re.search(r"client_max_body_size (\d+)m;\n        proxy_request_buffering off", NGINX.read_text())
    assert taken is not None
    assert int(taken[1]) == config["server"]["maxUploadSize"] + 1


def test_the_settings_that_are_named_exist() -> None:
    files = [*UNITS, DEPLOY / "systemd" / "common.inc", *(DEPLOY / "compose").iterdir(), DEPLOY / "README.md"]
    named = set(re.findall(rf"\b{PREFIX}([A-Z_]+)", "".join(path.read_text("utf-8") for path in files)))
    assert named <= set(NAMES)


def test_compose_names_the_same_addresses_everywhere() -> None:
    services = COMPOSE["services"]
    where = {name: one["networks"]["inside"]["ipv4_address"] for name, one in services.items()
             if isinstance(one["networks"], dict)}  # fmt: skip
    replicas = [f"{address}:8501" for name, address in where.items() if name.startswith("server-")]
    assert services["proxy"]["build"]["args"]["REPLICAS"].split() == replicas
    for name in ("build", "server-1", "server-2"):
        assert services[name]["environment"]["FORWARDED_ALLOW_IPS"] == where["proxy"]
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    used = {secret for one in services.values() for secret in one.get("secrets", [])}
    assert used == set(COMPOSE["secrets"])


def test_the_image_holds_what_the_program_needs() -> None:
    """What a fresh copy of the tracked files has at its root and the image has not is known by name."""
    lines = (DEPLOY / "compose" / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    kept = {line[1:].split("/")[0] for line in lines if line.startswith("!")}
    assert {"app.py", "hsf_kpi", "pages", "data", "docs", ".streamlit", "requirements.txt"} <= kept
    assert not {"tests", "var", ".git", "bench"} & kept
