"""The lists that packaging rests on agree with what is there."""

from __future__ import annotations

import ast
import fnmatch
import tomllib
from pathlib import Path

import nutrigraph

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = SETTINGS["tool"]["setuptools"]
FOLDERS = {package: SETUPTOOLS["package-dir"].get(package, package) for package in SETUPTOOLS["packages"]}
NO_PACKAGES = {"tests", "benchmarks", "docs", "build", "dist"}


def _visible(folder: Path) -> list[Path]:
    return [entry for entry in folder.iterdir() if not entry.name.startswith(".") and entry.name not in NO_PACKAGES]


def test_every_folder_of_code_is_a_package() -> None:
    folders = {entry.name for entry in _visible(ROOT) if (entry / "__init__.py").is_file()}

    assert folders == set(FOLDERS.values())


def test_packages_hold_no_packages() -> None:
    inside = [file for folder in FOLDERS.values() for file in (ROOT / folder).glob("*/__init__.py")]

    assert {str(file.parent.relative_to(ROOT)) for file in inside if not file.parent.is_symlink()} == set()


def test_every_package_below_nutrigraph_is_a_link_to_its_folder() -> None:
    links = {entry.name: str(entry.readlink()) for entry in (ROOT / "nutrigraph").iterdir() if entry.is_symlink()}

    assert links == {folder: f"../{folder}" for folder in FOLDERS.values() if folder != "nutrigraph"}


def test_every_data_file_is_packaged() -> None:
    unpackaged = []
    for package, folder in FOLDERS.items():
        top = ROOT / folder
        patterns = SETUPTOOLS["package-data"].get(package, [])
        for file in sorted(top.rglob("*")):
            relative = file.relative_to(top)
            hidden = any(part == "__pycache__" or part == ".nutrigraph" for part in relative.parts)
            if not file.is_file() or file.suffix == ".py" or hidden:
                continue
            if not any(fnmatch.fnmatch(str(relative), pattern.replace("**/", "*")) for pattern in patterns):
                unpackaged.append(f"{folder}/{relative}")

    assert unpackaged == []


def test_the_public_names_are_exactly_those_that_the_package_offers() -> None:
    tree = ast.parse((ROOT / "nutrigraph" / "__init__.py").read_text(encoding="utf-8"))
    in_functions = {
        node for function in tree.body if isinstance(function, ast.FunctionDef) for node in ast.walk(function)
    }
    imported = {
        alias.asname or alias.name
        for node in set(ast.walk(tree)) - in_functions
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("nutrigraph")
        for alias in node.names
    }
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")}

    assert set(nutrigraph.__all__) == imported | defined
    assert nutrigraph.__all__ == sorted(nutrigraph.__all__)
    assert all(hasattr(nutrigraph, name) for name in nutrigraph.__all__)


def test_the_locked_requirements_name_no_machine() -> None:
    lines = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if "==" not in line or "/" in line or "@" in line] == []


def test_everything_allowed_is_locked() -> None:
    locked = {line.split("==")[0].lower() for line in (ROOT / "requirements-dev.lock").read_text().splitlines()}
    needed = {line.split(">=")[0].lower() for line in SETTINGS["project"]["dependencies"]}

    assert needed - locked == set()
