"""How soon concept maps and networks are there and how smoothly they move, beside plain pyvis on the same graph.

Each page is opened in Chromium from this machine's disk; what pyvis asks a CDN for is answered with the copy that it
carries, so that the network has no part in it. Each figure is the best of some rounds, the two sides in turns. Ends
with status 1 when something falls short of what is promised.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import Browser, Route, sync_playwright
from pyvis.network import Network

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from nutrigraph.visualizations import concept_map, network
from tests.visualizations.samples import insulin_view, large_view

if TYPE_CHECKING:
    from nutrigraph.visualizations.view import MapView

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 900}}
WATCH = """
window.seen = {blocked: 0, shifted: 0, frames: 0, drawn: 0};
const sum = (type, add) =>
  new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({type, buffered: true});
sum("longtask", (entry) => { seen.blocked += Math.max(0, entry.duration - 50); });
sum("layout-shift", (entry) => { seen.shifted += entry.value; });
const small = document.createElement("canvas");
small.width = small.height = 60;
const pen = small.getContext("2d", {willReadFrequently: true});
(function frame() {
  seen.frames += 1;
  const canvas = document.querySelector("canvas");
  if (!seen.drawn && canvas && canvas.width && canvas.height) {
    pen.drawImage(canvas, 0, 0, 60, 60);
    if (pen.getImageData(0, 0, 60, 60).data.some(Boolean)) seen.drawn = performance.now();
  }
  const read = document.readyState !== "loading";
  if (!seen.drawn && read && document.querySelector("svg.map")) seen.drawn = performance.now();
  requestAnimationFrame(frame);
})();
"""


class Seen(NamedTuple):
    """Of one page, in milliseconds: its first frame with the graph on it, when its scripts have run, how long they
    blocked it; how far things shifted (the sum that browsers call layout shift), and frames a second while panning."""

    drawn: float
    ready: float
    blocked: float
    shifted: float
    frames: float


def plain(view: MapView) -> str:
    """The graph as people write it with pyvis."""
    made = Network(directed=True)
    for concept in view.concepts:
        made.add_node(concept.id, concept.label)
    for one in view.relations():
        made.add_edge(one.subject, one.object_, label=one.label)
    # a copy from disk is not byte for byte that of the CDN
    return re.sub(r' (integrity|crossorigin)="[^"]*"', "", str(made.generate_html()))


def carried(route: Route) -> None:
    """Answers what a page asks of other hosts with what pyvis carries."""
    name = route.request.url.rpartition("/")[2].partition("?")[0]
    if route.request.url.startswith("file:"):
        route.continue_()
    elif name in ("vis-network.min.js", "vis-network.css", "vis-network.min.css"):
        folder = files("pyvis") / "templates" / "lib" / "vis-9.1.2"
        kind = "text/javascript" if name.endswith("js") else "text/css"
        file = folder / ("vis-network.min.js" if kind == "text/javascript" else "vis-network.css")
        headers = {"Access-Control-Allow-Origin": "*"}
        route.fulfill(body=file.read_text(encoding="utf-8"), content_type=kind, headers=headers)
    else:
        route.fulfill(body="", headers={"Access-Control-Allow-Origin": "*"})


def look(browser: Browser, page: Path, *, phone: bool = False, pan: float = 0.0, patience: float = 120.0) -> Seen:
    """Opens a page, waits for its first frame, and pans for `pan` seconds."""
    context = browser.new_context(**(PHONE if phone else DESK))
    tab = context.new_page()
    tab.add_init_script(WATCH)
    tab.route("**/*", carried)
    if phone:
        context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    tab.goto(page.as_uri(), wait_until="load", timeout=patience * 1000)
    tab.wait_for_function("() => seen.drawn", timeout=patience * 1000)
    tab.wait_for_timeout(300)
    frames = 0.0
    if pan:
        box = tab.locator("canvas, .stage").first.bounding_box() or {"x": 0, "y": 0, "width": 900, "height": 700}
        x, y = box["x"] + box["width"] / 2, min(box["y"] + box["height"] / 2, 600)
        tab.mouse.move(x, y)
        tab.mouse.down()
        start, before = tab.evaluate("() => [performance.now(), seen.frames]")
        now, after, step = start, before, 0
        while now - start < pan * 1000:
            step += 1
            tab.mouse.move(x - 200 * (step % 40) / 40, y - 100 * (step % 30) / 30)
            now, after = tab.evaluate("() => [performance.now(), seen.frames]")
        tab.mouse.up()
        frames = (after - before) / (now - start) * 1000
    drawn, blocked, shifted, ready = tab.evaluate(
        "() => [seen.drawn, seen.blocked, seen.shifted,"
        " performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd]"
    )
    context.close()
    return Seen(drawn, ready, blocked, shifted, frames)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    small, large, huge = insulin_view(), large_view(), large_view(2000)
    pages = {
        "map 28": concept_map.render(small),
        "map 500": concept_map.render(large),
        "network 500": network.build(large).generate_html(),
        "network 2000": network.build(huge).generate_html(),
        "pyvis 28": plain(small),
        "pyvis 500": plain(large),
    }
    program = os.environ.get("NUTRIGRAPH_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    best: dict[str, Seen] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for number in range(rounds):
            for name, html in pages.items():
                if name == "pyvis 500" and number:
                    continue  # it takes half a minute, and one is enough to see that
                path = Path(folder) / f"{name}.html"
                path.write_text(html, encoding="utf-8")
                print(f"{name} …", file=sys.stderr, flush=True)
                seen = look(browser, path, phone=name.endswith(" 28"), pan=0.0 if name.endswith(" 28") else 2.0)
                known = best.get(name, seen)
                least = map(min, seen[:4], known[:4])
                drawn, ready, blocked, shifted = least
                best[name] = Seen(drawn, ready, blocked, shifted, max(seen.frames, known.frames))
        browser.close()
    for name, seen in best.items():
        print(
            f"{name:13} first frame {seen.drawn:7.0f} ms  ready {seen.ready:6.0f} ms  blocked {seen.blocked:6.0f} ms  "
            f"shift {seen.shifted:.3f}  gzip {len(gzip.compress(pages[name].encode(), 9)) / 1000:5.1f} KB"
            + (f"  {seen.frames:3.0f} frames/s" if seen.frames else "")
        )
    slow = best["pyvis 500"].drawn
    promises = {
        "map of 28, phone: ready in 700 ms": best["map 28"].ready <= 700,
        "map of 28, phone: blocked for 100 ms": best["map 28"].blocked <= 100,
        "map of 28, phone: nothing shifts": best["map 28"].shifted == 0,
        "map of 500: first frame in a fiftieth of pyvis's": best["map 500"].drawn <= slow / 50,
        "map of 500: 50 frames a second": best["map 500"].frames >= 50,
        "network of 500: first frame in a tenth of pyvis's": best["network 500"].drawn <= slow / 10,
        "network of 2,000: 25 frames a second": best["network 2000"].frames >= 25,
    }
    for promise, kept in promises.items():
        print(f"{'kept  ' if kept else 'BROKEN'}  {promise}")
    for name in ("map 500", "network 500"):
        print(f"first frame of {name}: 1/{slow / best[name].drawn:.0f} of pyvis's")
    return int(not all(promises.values()))


if __name__ == "__main__":
    sys.exit(main())
