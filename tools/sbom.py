"""The software bill of materials of cramplint: what it runs with, as CycloneDX, in JSON.

    .venv/bin/python tools/sbom.py dist/cramplint.cdx.json

cyclonedx-py tells what is installed; what only the tests and tools need is left out. Versions must
be those of the lock, whose hashes are put beside them. The same commit gives the same bytes on one
kind of machine, with the time of SOURCE_DATE_EPOCH or none.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
SPEC = "1.6"
_PIN = re.compile(r"([\w.-]+)==(\S+)(?: ; ([^\\\n]+?))? \\\n((?:    --hash=sha256:\w+(?: \\)?\n)+)")

Bom = dict[str, Any]
Needs = Mapping[str, list[str]]


class Pin(NamedTuple):
    """One package of a lock: its version, where it is wanted ("" is everywhere), its SHA-256s."""

    version: str
    where: str
    hashes: tuple[str, ...]


def locked(text: str) -> dict[str, Pin]:
    """The packages of a lock by their normal names. Raises ValueError for a line without hashes."""
    pins = {
        normal(name): Pin(version, where, tuple(re.findall(r"sha256:(\w+)", hashes)))
        for name, version, where, hashes in _PIN.findall(text)
    }
    for line in _PIN.sub("", text).splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            raise ValueError(f"neither a pin with hashes nor a comment: {line}")
    return pins


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(names: Iterable[str]) -> dict[str, list[str]]:
    """The packages that `names` lead to here -> what each of them needs, all by their normal names.
    cyclonedx-py counts what an extra would need too, where it happens to be installed."""
    needs: dict[str, list[str]] = {}
    todo = [Requirement(name) for name in names]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        one = todo.pop()
        which = normal(one.name), frozenset(one.extras)
        if which in seen:
            continue
        seen.add(which)
        stated = map(Requirement, metadata.distribution(one.name).requires or ())
        wanted = [r for r in stated if any(_here(r, extra) for extra in ("", *one.extras))]
        has = needs.setdefault(which[0], [])
        has += sorted({normal(r.name) for r in wanted}.difference(has))
        todo += wanted
    return needs


def _here(one: Requirement, extra: str) -> bool:
    return one.marker is None or one.marker.evaluate({"extra": extra})


def told(
    bom: Bom, direct: Iterable[str], needs: Needs, version: str, pins: Mapping[str, Pin]
) -> Bom:
    """`bom` with what cramplint needs and nothing else, its version, and the hashes of the lock.
    Raises ValueError for a package that is not the one that is locked."""
    parts = {
        normal(one["name"]): _hashed(one, pins)
        for one in bom["components"]
        if normal(one["name"]) in needs
    }
    refs = {name: one["bom-ref"] for name, one in parts.items()}
    whole = bom["metadata"]["component"]
    links = {whole["bom-ref"]: sorted(refs[normal(name)] for name in direct)}
    links |= {refs[name]: sorted(refs[one] for one in needs[name]) for name in parts}
    purl = f"pkg:pypi/{normal(whole['name'])}@{version}"
    component = {**whole, "version": version, "purl": purl}
    return {
        **bom,
        "metadata": {**bom["metadata"], "component": component},
        "components": list(parts.values()),
        "dependencies": [{"ref": ref, "dependsOn": on} for ref, on in sorted(links.items())],
    }


def _hashed(part: Bom, pins: Mapping[str, Pin]) -> Bom:
    name, version = part["name"], part["version"]
    pin = pins.get(normal(name))
    if pin is None or pin.version != version:
        stands = f"{pin.version} is locked" if pin else "it is not in the lock"
        raise ValueError(f"{name} {version} is installed, {stands}: make clean, make sbom LOCKED=1")
    files = {
        "type": "distribution",
        "url": f"pkg:pypi/{normal(name)}@{version}",
        "comment": "its files of all platforms, as they are locked",
        "hashes": [{"alg": "SHA-256", "content": one} for one in pin.hashes],
    }
    # Its properties tell which extras of others happen to be installed here.
    said = {key: value for key, value in part.items() if key != "properties"}
    return {**said, "externalReferences": [*part.get("externalReferences", ()), files]}


def installed() -> Bom:
    """What cyclonedx-py tells of the packages that are installed here."""
    command: list[str | Path] = [
        Path(sysconfig.get_path("scripts"), "cyclonedx-py"),
        *("environment", sys.executable, "--pyproject", ROOT / "pyproject.toml"),
        # What is left of it is held to the schema below; all of it would take long.
        *("--spec-version", SPEC, "--output-reproducible", "--no-validate"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise ValueError(f"cyclonedx-py failed: {done.stderr.strip()}")
    made: Bom = json.loads(done.stdout)
    return made


def asked() -> tuple[list[str], str]:
    """The packages that pyproject.toml says cramplint needs here, and the version of cramplint."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    source = (ROOT / project["tool"]["hatch"]["version"]["path"]).read_text("utf-8")
    version = re.findall(r'^VERSION = "([^"]+)"', source, re.MULTILINE)
    stated = map(Requirement, project["project"]["dependencies"])
    return [one.name for one in stated if _here(one, "")], version[0]


def faults(bom: Bom) -> str:
    """What the schema of CycloneDX says against it; "" if nothing."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bom))
    return str(fault) if fault else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path, help="the file to write")
    parser.add_argument("--lock", type=Path, default=ROOT / "lock" / "dev.txt")
    given = parser.parse_args()
    try:
        direct, version = asked()
        pins = locked(given.lock.read_text("utf-8"))
        bom = told(installed(), direct, needed(direct), version, pins)
        if fault := faults(bom):
            raise ValueError(f"no CycloneDX {SPEC}: {fault}")
    except ValueError as error:
        print(f"sbom: {error}", file=sys.stderr)
        return 2
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(bom, indent=1, sort_keys=True) + "\n", "utf-8")
    print(f"{given.out}: cramplint {version} and {len(bom['components'])} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
