"""How fast `nutrigraph links` is as a whole command, and what memory it takes, on more and more pages.

    python benchmarks/links_speed.py [FOLDER] [--counts PAGES …]

The pages are those of generated_pages.py; each also names some others, and six in ten of these names are hyperlinks, so
that there is something to suggest and something to learn from. Measured are seconds of the processor (user and system,
imports included), MB of pages a second, and the most memory that was in use. FOLDER keeps the projects, as building
them takes longest; it is a temporary one otherwise. Ends with status 1 when a promise is broken.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from generated_pages import SEED, write

LEAST_SPEED = 1.0
"""MB of pages a second, at the largest number of pages."""
MOST_MEMORY = 20.0
"""MB of memory for a MB of pages, beside what the smallest site takes."""
PROGRAM = Path(sys.executable).with_name("nutrigraph")
NAMED = 6
"""Other pages that a page names, on average."""
LINKED = 0.6
SENTENCES = "It is often compared with {}.|Where it is low, {} may rise.|In old books it is listed beside {}.".split(
    "|"
)


def make(folder: Path, count: int) -> None:
    """A built project of so many pages that name each other."""
    write(folder, count)
    chance = random.Random(SEED)
    files = sorted((folder / "pages").iterdir())
    titles = [re.match(r"# (.*)", file.read_text(encoding="utf-8"))[1] for file in files]  # type: ignore[index]
    for file in files:
        sentences = []
        for _ in range(chance.randint(0, 2 * NAMED)):
            other = int(len(files) * chance.random() ** 3)  # some pages are named by many
            name = titles[other][0].lower() + titles[other][1:]
            words = f"[{name}]({files[other].name})" if chance.random() < LINKED else name
            sentences.append(chance.choice(SENTENCES).format(words))
        with file.open("a", encoding="utf-8") as opened:
            opened.write("\n" + " ".join(sentences) + "\n")
    subprocess.run([PROGRAM, "build", "--project", folder], check=True, capture_output=True)


def measured(folder: Path) -> tuple[float, float, int]:
    """Seconds of the processor, MB of memory, and number of suggestions of the whole command."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen([PROGRAM, "links", "--format", "csv", "--project", folder], stdout=output)
        _, status, used = os.wait4(process.pid, 0)
        if status:
            raise RuntimeError("nutrigraph links failed")
        output.seek(0)
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, output.read().count(b"\n") - 1


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--counts", type=int, nargs="+", default=[100, 1_000, 10_000], metavar="PAGES")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        top = arguments.folder or Path(temporary)
        least = 0.0
        kept = True
        for count in sorted(arguments.counts):
            folder = top / str(count)
            if not folder.exists():
                make(folder, count)
            size = sum(file.stat().st_size for file in (folder / "pages").iterdir()) / 1e6
            cpu, memory, found = measured(folder)
            least = least or memory
            speed = size / cpu
            print(f"{count:7,} pages, {size:5.1f} MB: {cpu:5.1f} s, {speed:.2f} MB/s, {memory:5.0f} MB, {found} links")
            kept = speed >= LEAST_SPEED and memory - least <= MOST_MEMORY * size
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
