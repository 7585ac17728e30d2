"""What a site's editors linked later, from its git history: its pages as they were, and what is asked of them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nutrigraph.graph_builder.page_graph import known_addresses, resolve_link
from nutrigraph.graph_builder.reading import ENDINGS
from nutrigraph.inputs import PageFile, pages_in
from nutrigraph.page_cache import PageText
from nutrigraph.page_results import documents, hyperlinks, passages
from nutrigraph.queries.link_candidates import SitePage
from nutrigraph.queries.link_measure import LinkHistory, added_later
from nutrigraph.queries.links import site_of

if TYPE_CHECKING:
    from nutrigraph.page_cache import PageRecord
    from nutrigraph.project import Project
    from nutrigraph.store import Store

_SECONDS = 120.0
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
"""git neither writes nor asks anybody. What a hook of another repository has set (GIT_DIR …) is not for this one."""


def link_history(project: Project, store: Store, pages: Sequence[PageRecord]) -> LinkHistory | None:
    """What editors linked after the commit in the middle of the pages' history, and what of it would have been
    suggested then; None where git has no earlier version of the pages.

    Pages are known by their paths; those that were renamed are left out. What the site's concepts are called is taken
    as it is now.
    """
    folders = [folder.path for folder in project.pages]
    commits = _git(project.folder, "log", "--format=%H %cs", "--", *folders).decode("ascii", "replace").splitlines()
    if len(commits) < 2:
        return None
    commit, _, date = commits[len(commits) // 2].partition(" ")
    names = {page.path: page.names for page in site_of(store, pages)}
    iris = {page.path: page.iri for page in pages}
    files = (part for file in _files(project, commit) for part in pages_in(file))
    then = {path: document for path, document in sorted(documents(files).items()) if path in names}
    number = {path: n for n, path in enumerate(then)}
    at_iri = {iris[path]: n for path, n in number.items()}
    known = known_addresses(iris)
    site: list[SitePage] = []
    for path, document in then.items():
        leading = ((resolve_link(link.target, path, iris[path], known), link.text) for link in hyperlinks(document))
        links = tuple((at_iri[iri], text) for iri, text in leading if iri in at_iri)
        site.append(SitePage(path, names[path], links))
    now = {
        (number[page.path], at_iri[link.iri])
        for page in pages
        for link in page.hyperlinks
        if page.path in number and link.iri in at_iri and link.iri != page.iri
    }
    texts = [PageText(path, passages(document)) for path, document in then.items()]
    return added_later(commit, date, site, texts, now)


def _files(project: Project, commit: str) -> Iterator[PageFile]:
    """The files of pages in that commit; what is no file of text, or hidden, is none."""
    folders = sorted(project.pages, key=lambda folder: len(PurePosixPath(folder.path).parts))
    kinds: dict[str, tuple[str, str]] = {}
    for folder in folders:  # a folder inside another one has its own kind, as in `page_files`
        for entry in _git(project.folder, "ls-tree", "-r", "-z", commit, "--", folder.path).split(b"\0"):
            facts, _, name = entry.partition(b"\t")
            mode, _, rest = facts.partition(b" ")
            path = os.fsdecode(name)
            parts = PurePosixPath(path)
            if mode.startswith(b"100") and parts.suffix.lower() in ENDINGS and not parts.name.startswith("."):
                kinds[path] = (folder.kind, rest.partition(b" ")[2].decode("ascii"))
    data = _contents(project.folder, [content for _, content in kinds.values()])
    for (path, (kind, _)), content in zip(kinds.items(), data, strict=False):
        yield PageFile(path, path, kind, "", content, language=project.language)


def _contents(folder: Path, names: Sequence[str]) -> Iterator[bytes]:
    """What git keeps under these names, in their order."""
    answer = _git(folder, "cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode("ascii"))
    at = 0
    while (end := answer.find(b"\n", at)) >= 0:
        size = int(answer[at:end].rpartition(b" ")[2]) if not answer[at:end].endswith(b"missing") else -1
        yield answer[end + 1 : end + 1 + max(size, 0)]
        at = end + 1 + size + 1


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git answers; nothing where there is no git, no repository, or git refuses."""
    command = ["git", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _QUIET
    try:
        done = subprocess.run(
            command, cwd=folder, input=given, capture_output=True, check=False, timeout=_SECONDS, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
