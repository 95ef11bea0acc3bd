"""Puts an installation's values into the templates of this folder. Needs Python only.

    python3 deploy/render.py --values my.env --out /tmp/hsf [NAME=VALUE …] TEMPLATE …

Each template is written to the folder `--out` under its own name. `${NAME}` stands for a value; what nginx itself calls
`$name` is left alone. From REPLICAS come the blocks UPSTREAMS (nginx) and WANTS (systemd), and `${COMMON}` is the file
common.inc beside the template.
"""

from __future__ import annotations

import argparse
import ipaddress
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent
PLACE = re.compile(r"\$\{([A-Z_]+)\}")
PORTS = ("HTTP_PORT", "HTTPS_PORT")
SAFE = re.compile(r"[\w./: -]+")
"""What a value may hold: nothing that means something to nginx or systemd."""


class Wrong(Exception):
    """What is wrong, for a person."""


def read_values(path: Path) -> dict[str, str]:
    """The lines NAME=VALUE of the file."""
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return dict(_pair(line, str(path)) for line in lines if line and not line.startswith("#"))


def _pair(text: str, where: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found or not PLACE.fullmatch(f"${{{name.strip()}}}"):
        raise Wrong(f"{where}: ”{text}” är inte NAMN=VÄRDE.")
    return name.strip(), value.strip()


def rendered(template: Path, values: Mapping[str, str]) -> str:
    """The template with every place filled. Wrong when a value is missing or holds what it may not."""
    for name, value in values.items():
        if not SAFE.fullmatch(value):
            raise Wrong(f"{name}: ”{value}” är tomt eller har tecken som inte får stå där.")
        if name in PORTS and not value.isdecimal():
            raise Wrong(f"{name}: ”{value}” är ingen port.")
    all_values = {**values, **blocks(values["REPLICAS"])} if "REPLICAS" in values else dict(values)
    common = template.with_name("common.inc")
    if common.is_file():
        all_values["COMMON"] = _filled(common, all_values).rstrip("\n")
    return _filled(template, all_values)


def _filled(template: Path, values: Mapping[str, str]) -> str:
    text = template.read_text("utf-8")
    missing = sorted(set(PLACE.findall(text)) - set(values))
    if missing:
        raise Wrong(f"{template}: värden saknas: {', '.join(missing)}.")
    return PLACE.sub(lambda place: values[place[1]], text)


def blocks(replicas: str) -> dict[str, str]:
    """What is said once for each replica."""
    found = [_replica(text) for text in replicas.split()]
    if len(set(found)) != len(found):
        raise Wrong("REPLICAS: en server står två gånger.")
    return {"UPSTREAMS": _upstreams(found), "WANTS": " ".join(_unit(one) for one in found)}


def _replica(text: str) -> str:
    """nginx tells which server it asked by its address, so a name would not be known again."""
    address, _, port = text.rpartition(":")
    try:
        ipaddress.IPv4Address(address)
    except ValueError:
        raise Wrong(f"REPLICAS: ”{text}” är inte IPv4-adress:port.") from None
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise Wrong(f"REPLICAS: ”{text}” har ingen port från 1 till 65535.")
    return f"{address}:{port}"


def _upstreams(replicas: Sequence[str]) -> str:
    """For a browser that has no server yet: the least busy one. For one that has: that one, or another when it is gone."""
    limits = "max_fails=1 fail_timeout=5s"
    every = [f"server {one} {limits}" for one in replicas]
    parts = [_group("hsf_any", ["least_conn", *every])]
    for number, own in enumerate(replicas, 1):
        others = [f"server {one} backup {limits}" for one in replicas if one != own]
        parts.append(_group(f"hsf_{number}", [f"server {own} {limits}", *others]))
    numbers = range(1, len(replicas) + 1)
    parts.append(_map("$cookie_hsf_route $hsf_pool", "hsf_any", [f"{n} hsf_{n}" for n in numbers]))
    # The last one that was asked is the one that answered.
    answered = [rf'"~(^|[ ,]){re.escape(one)}$" {n}' for n, one in enumerate(replicas, 1)]
    parts.append(_map("$upstream_addr $hsf_replica", '""', answered))
    return "\n\n".join(parts)


def _group(name: str, lines: Sequence[str]) -> str:
    """The zone: what one of nginx's processes has found out, all of them know."""
    return f"upstream {name} {{\n" + "".join(f"    {line};\n" for line in (f"zone {name} 64k", *lines)) + "}"


def _map(head: str, default: str, lines: Sequence[str]) -> str:
    return f"map {head} {{\n" + "".join(f"    {line};\n" for line in (f"default {default}", *lines)) + "}"


def _unit(replica: str) -> str:
    return f"hsf-nyckeltal@{replica.rpartition(':')[2]}.service"


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Sätter installationens värden i mallarna.")
    parser.add_argument("--values", type=Path, default=HERE / "values.env")
    parser.add_argument("--out", type=Path, required=True, help="mappen som filerna skrivs i")
    parser.add_argument("what", nargs="+", metavar="MALL eller NAMN=VÄRDE")
    options = parser.parse_args(arguments)
    try:
        values = read_values(options.values)
        values.update(_pair(one, "kommandoraden") for one in options.what if "=" in one)
        made = {Path(one).name: rendered(Path(one), values) for one in options.what if "=" not in one}
        options.out.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (options.out / name).write_text(text, "utf-8")
            print(options.out / name)
    except (Wrong, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
