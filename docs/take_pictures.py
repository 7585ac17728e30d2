"""Takes the pictures of the README: the map and the network of the bundled example, light and dark."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import nutrigraph
from nutrigraph.demo import run

PICTURES = Path(__file__).parent / "pictures"
SIZE = {"width": 1280, "height": 760}


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    program = os.environ.get("NUTRIGRAPH_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        run(Path(folder) / "demo")
        graph = nutrigraph.open(Path(folder) / "demo")
        pages = {"map": graph.map("insulin", limit=17).html, "network": graph.network().generate_html()}
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for name, html in pages.items():
            page = Path(folder) / f"{name}.html"
            page.write_text(html, encoding="utf-8")
            for scheme in ("light", "dark"):
                tab = browser.new_page(viewport=SIZE, color_scheme=scheme, reduced_motion="reduce")
                tab.goto(page.as_uri())
                tab.wait_for_timeout(1500)
                if name == "map":
                    tab.locator(".stage").evaluate("(stage) => scrollTo(0, stage.getBoundingClientRect().top - 16)")
                    tab.locator('[aria-current="true"]').scroll_into_view_if_needed()
                tab.screenshot(path=PICTURES / f"{name}-{scheme}.png")
                tab.close()
        browser.close()
    print(f"Wrote {PICTURES}.")


if __name__ == "__main__":
    main()
