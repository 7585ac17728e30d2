"""What a user gets: the built wheel, alone in a fresh environment, outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")
LARGEST_INSTALLATION_MB = 250

pytestmark = pytest.mark.wheel


def _run(*command: str | Path, folder: Path) -> str:
    # Nothing of the development environment may help.
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV_", "VIRTUAL_"))
    }
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that comes of the source archive, as a release makes it."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--installer", "uv", "--outdir", folder, ROOT, folder=folder)
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def user(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment in which somebody installed the wheel and nothing else."""
    folder = tmp_path_factory.mktemp("user")
    _run(UV, "venv", "--quiet", "--seed", "--python", sys.executable, "env", folder=folder)
    python = folder / "env" / "bin" / "python"
    _run(UV, "pip", "install", "--quiet", "--compile-bytecode", "--python", python, wheel, folder=folder)
    return folder


def test_the_wheel_holds_every_data_file_and_no_test(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert "nutrigraph/py.typed" in names
    assert "nutrigraph/example/nutrigraph.toml" in names
    for kind in ("ontology/relations.ttl", "ontology/types.ttl", "ontology/nutrition.ttl"):
        assert f"nutrigraph/{kind}" in names
    assert [name for name in names if name.endswith(".rq")]
    assert [name for name in names if not name.startswith("nutrigraph")] == []


def test_it_works_outside_the_checkout(user: Path) -> None:
    command = user / "env" / "bin" / "nutrigraph"
    assert "Usage: nutrigraph" in _run(command, "--help", folder=user)

    said = _run(command, "demo", folder=user)
    assert "map.html" in said
    assert (user / "nutrigraph-demo" / "network.html").is_file()

    hits = json.loads(_run(command, "search", "insulin", "--format", "json", folder=user / "nutrigraph-demo"))
    assert hits[0]["label"].lower() == "insulin"


def test_it_is_imported_from_the_wheel_with_its_types(user: Path) -> None:
    place = _run(user / "env" / "bin" / "python", "-c", "import nutrigraph; print(nutrigraph.__file__)", folder=user)

    assert Path(place.strip()).is_relative_to(user.resolve())


def test_an_installation_stays_small(user: Path) -> None:
    # As `du -sm` counts: blocks on the disk, every file once.
    seen = {(entry.stat().st_dev, entry.stat().st_ino): entry.stat().st_blocks for entry in _all(user / "env")}

    assert sum(seen.values()) * 512 / 2**20 < LARGEST_INSTALLATION_MB


def _all(folder: Path) -> list[Path]:
    return [entry for entry in folder.rglob("*") if not entry.is_symlink()]
