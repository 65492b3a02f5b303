# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a stranger clones: no traces of a machine, exact locks, commands that exist."""

import json
import os
import re
import tomllib

import pytest

from tests.architecture.source import ROOT, files, name

TEXT = {
    ".py",
    ".md",
    ".txt",
    ".toml",
    ".sh",
    ".html",
    ".css",
    ".js",
    ".ts",
    ".tsx",
    ".json",
    ".po",
    ".csv",
    ".yaml",
}
# Written in two halves, so that this file does not find itself.
TRACES = {
    "the address of a package registry": re.compile(
        "|".join(["pypi" + r"\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs"])
    ),
    "a path of one machine": re.compile(r"(?<![\w.~:}-])/(?:work|root|opt/pypi)/(?!\.\.)[a-z]"),
    "a private key": re.compile("BEGIN " + r"(?:RSA |EC |OPENSSH )?PRIVATE KEY"),
}  # fmt: skip
DIRECT_BUDGET = 24
PHONE_BUDGET = 8


def wanted(group: str = "") -> list[str]:
    """The names of packages that the project asks for itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = project["optional-dependencies"][group] if group else project["dependencies"]
    return [re.split(r"[\[<>=~! ]", line)[0].lower() for line in lines]


@pytest.mark.parametrize("what", TRACES)
def test_no_trace_of_machine_or_registry(what: str) -> None:
    found = [
        name(path)
        for path in files()
        if (path.suffix in TEXT or path.name in {"Makefile", "run"})
        and TRACES[what].search(path.read_text("utf-8"))
    ]
    assert not found


@pytest.mark.parametrize("lock", ["core", "dev", "uv", "node"])
def test_lock_is_exact_and_hashed(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
    pins = re.findall(r"^([a-z0-9._-]+)(\S*)", text, re.MULTILINE | re.IGNORECASE)
    assert pins
    assert not [package for package, version in pins if not version.startswith("==")]
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", text.strip())
    assert not [block.split()[0] for block in blocks if "--hash=sha256:" not in block]
    assert "://" not in text


def test_lock_of_the_phone_app_is_exact_and_without_addresses() -> None:
    lock = json.loads((ROOT / "field/package-lock.json").read_text("utf-8"))
    wanted = json.loads((ROOT / "field/package.json").read_text("utf-8"))
    packages = {where: one for where, one in lock["packages"].items() if where}
    assert not [where for where, one in packages.items() if not one.get("integrity")]
    assert not [where for where, one in packages.items() if "resolved" in one]
    direct = wanted["dependencies"] | wanted["devDependencies"]
    assert {packages[f"node_modules/{name_}"]["version"] for name_ in direct} == set(
        direct.values()
    )
    assert len(direct) <= PHONE_BUDGET


def test_locks_hold_what_the_project_asks_for() -> None:
    core = (ROOT / "requirements/core.txt").read_text("utf-8").lower()
    dev = (ROOT / "requirements/dev.txt").read_text("utf-8").lower()
    missing = [
        package for package in wanted() if not re.search(rf"^{package}==", core, re.MULTILINE)
    ]
    missing += [p for p in wanted("dev") if not re.search(rf"^{p}==", dev, re.MULTILINE)]
    assert not missing, "run make lock"


def test_development_lock_contains_the_product_lock() -> None:
    core, dev = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))
        for lock in ("requirements/core.txt", "requirements/dev.txt")
    )
    assert not {name_: version for name_, version in core.items() if dev.get(name_) != version}


def test_direct_dependencies_are_few_and_each_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    block = text.split("dependencies = [", 1)[1].split("\n]", 1)[0]
    lines = [line for line in block.splitlines() if line.strip()]
    assert len(lines) <= DIRECT_BUDGET
    assert not [line for line in lines if not re.search(r"#\s+\S+ \S+", line)]


def test_documents_name_only_commands_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {
        (name(path), target)
        for path in files()
        if path.suffix == ".md"
        for target in re.findall(r"`make ([a-z-]+)", path.read_text("utf-8"))
    }
    assert not [(path, target) for path, target in named if target not in targets]


def test_help_lists_every_command_for_people() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = set(makefile.split(".PHONY:", 1)[1].splitlines()[0].split())
    described = set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))
    assert phony - described <= {"ready"}


def test_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert text.splitlines()[0].strip() == "GNU AFFERO GENERAL PUBLIC LICENSE"
    assert "13. Remote Network Interaction" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_nothing_generated_or_private_is_committed() -> None:
    unwanted = re.compile(
        r"\.(?:mo|pyc|sqlite3|db|pem|key|env|whl)$|(?:^|/)(?:\.venv|node_modules)/|^var/"
    )
    assert not [name(path) for path in files() if unwanted.search(name(path))]


def test_continuous_integration_can_be_run() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)
