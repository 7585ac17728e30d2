// Moves the focus of a concept map, searches, filters, zooms and saves it. Without it everything is there, but still.
(function () {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const all = (selector, within) => [...(within || document).querySelectorAll(selector)];
  const map = JSON.parse(byId("nutrigraph-map").textContent);
  if (!map.concepts.length) return;
  const svg = document.querySelector(".map"), stage = svg.parentNode, figure = stage.parentNode, body = document.body;
  const concepts = all(".concept", svg), relations = all(".relation", svg), card = byId("card"), list = byId("list"), told = byId("told");
  const find = byId("find"), listed = byId("listed"), kind = byId("kind"), sure = byId("sure");
  const number = new Map(map.concepts.map((c, i) => [c.id, i]));
  const ends = relations.map((r) => {
    const one = map.statements[r.getAttribute("href").slice(2)];
    return [number.get(one.subject), number.get(one.object)];
  });
  const words = (r) => relations[r].querySelector("[data-relation-label]").textContent;
  const narrow = matchMedia("screen and (max-width: 919px)");
  const first = number.get(map.focus) || 0;
  let focus = first, scale = 1;

  // The focus, and with it what is near, the card, and the tree on a narrow page.
  function select(i, chosen) {
    focus = i;
    const near = new Set([i]);
    ends.forEach(([s, o], r) => {
      const mine = s === i || o === i;
      relations[r].classList.toggle("near", mine);
      if (mine) near.add(s).add(o);
    });
    concepts.forEach((c, k) => {
      c.classList.toggle("near", near.has(k));
      if (k === i) c.setAttribute("aria-current", "true"); else c.removeAttribute("aria-current");
    });
    fillCard(chosen || []);
    if (narrow.matches) tree();
  }

  // The card is made of the list's own entries, so that both always say the same.
  function fillCard(chosen) {
    const entries = document.createElement("ul");
    entries.className = "says";
    map.statements.forEach((s, i) => {
      if (number.get(s.subject) !== focus && number.get(s.object) !== focus) return;
      const copy = byId("s" + i).cloneNode(true);
      copy.removeAttribute("id");
      copy.removeAttribute("data-statement");
      copy.dataset.statementRef = s.id;
      copy.classList.toggle("told", chosen.includes(s.id));
      entries.append(copy);
    });
    const about = byId("a" + focus).firstElementChild.cloneNode(true);
    about.dataset.conceptRef = map.concepts[focus].id;
    card.replaceChildren(about, entries);
    const shown = entries.querySelector(".told");
    card.scrollTop = shown ? shown.offsetTop - card.offsetTop - 12 : 0;
    told.textContent = map.concepts[focus].label + ": " + entries.childElementCount + " statements";
  }

  // On a narrow page: the concept in focus on top, its neighbours below, each sentence read from top to bottom.
  function tree() {
    const at = (element, x, y) => { element.style.transform = `translate(${x}px,${y}px)`; };
    const size = (i) => {
      const box = concepts[i].querySelector(".shape").getBBox();
      return [box.width, box.height];
    };
    const [w, h] = size(focus), foot = 14 + h, name = map.concepts[focus].label;
    const tail = name.length > 34 ? name.slice(0, 33) + "…" : name;
    let y = foot + 22;
    at(concepts[focus], 2 + w / 2, 14 + h / 2);
    all(".slim", svg).forEach((old) => old.remove());
    const add = (parent, tag, attributes) => {
      const made = document.createElementNS(svg.namespaceURI, tag);
      for (const name in attributes) made.setAttribute(name, attributes[name]);
      parent.append(made);
      return made;
    };
    const mine = [...ends.keys()].filter((r) => ends[r].includes(focus)), said = mine.map(words);
    mine.sort((a, b) => (ends[b][0] === focus) - (ends[a][0] === focus) || said.indexOf(words(a)) - said.indexOf(words(b)));
    for (const other of new Set(mine.map((r) => ends[r][ends[r][0] === focus ? 1 : 0]))) {
      const [bw, bh] = size(other);
      const between = (s, o) => [...ends.keys()].filter((r) => ends[r][0] === s && ends[r][1] === o);
      const height = (r) => Number(relations[r].querySelector("rect").getAttribute("height"));
      const to = between(focus, other), middle = y + to.reduce((sum, r) => sum + height(r), 0) + bh / 2;
      const label = (r, line, end) => {
        const half = height(r) / 2, here = y + half;
        at(relations[r], 51, here);
        add(relations[r], "path", { class: "line slim", d: line(here) });
        if (end) add(relations[r].querySelector(".label"), "text", { class: "slim", y: half + 13 }).textContent = end;
        y += height(r);
      };
      for (const r of to) label(r, (here) => `M-35 ${foot - here}V${middle - here}H-7`);
      at(concepts[other], 46 + bw / 2, middle);
      y += bh + 1;
      for (const r of between(other, focus)) {
        label(r, (here) => `M-5 ${middle - here}H-35V${foot + 2 - here}`, tail);
        y += 16;
      }
      y += 20;
    }
    svg.style.height = y + "px";
  }
  function place() {
    if (narrow.matches) { svg.removeAttribute("viewBox"); return tree(); }
    flat();
    centre();
  }
  function flat() {
    for (const moved of all("[style]", svg)) moved.style.transform = "";
    svg.style.height = "";
  }

  // Where a reader is: in the address and in the link to this view.
  const state = () => "#" + new URLSearchParams({
    focus: map.concepts[focus].id, relation: kind.value, shown: sure.value, list: body.classList.contains("as-list") ? "1" : "",
  });
  function keep() {
    byId("link").href = state();
    try { history.pushState(null, "", state()); } catch (error) { /* not in a srcdoc frame */ }
  }
  function restore() {
    const given = new URLSearchParams(location.hash.slice(1));
    if (location.hash && !given.has("focus")) return;
    kind.value = given.get("relation") || "";
    sure.value = given.get("shown") || "";
    if (kind.selectedIndex < 0) kind.value = "";
    if (sure.selectedIndex < 0) sure.value = "";
    filter();
    showList(Boolean(given.get("list")));
    const wanted = number.get(given.get("focus"));
    if (wanted !== focus) select(wanted ?? first);
    byId("link").href = state();
  }
  function go(i) {
    showList(false);
    select(i);
    keep();
    concepts[i].focus({ preventScroll: true });
    concepts[i].scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  function showList(on) {
    body.classList.toggle("as-list", on);
    listed.setAttribute("aria-pressed", String(on));
    if (on) list.open = true;
  }
  function filter() {
    const passes = (s) => (!kind.value || s.predicate.label === kind.value)
      && (!sure.value || (sure.value === "reviewed" ? s.evidence.some((e) => e.reviewed_by) : s.status === sure.value));
    const shown = new Set(map.statements.filter(passes).map((s) => s.id));
    for (const r of relations) r.classList.toggle("off", !r.dataset.statement.split(" ").some((id) => shown.has(id)));
    map.statements.forEach((s, i) => byId("s" + i).classList.toggle("off", !shown.has(s.id)));
    for (const entry of all("[data-statement-ref]", card)) entry.classList.toggle("off", !shown.has(entry.dataset.statementRef));
    told.textContent = kind.value || sure.value ? `${shown.size} of ${map.statements.length} statements shown` : "";
  }

  // By mouse and keyboard.
  concepts.forEach((c, i) => c.addEventListener("click", (event) => { event.preventDefault(); go(i); }));
  relations.forEach((r, i) => r.addEventListener("click", (event) => {
    event.preventDefault();
    select(ends[i][0] === focus || ends[i][1] === focus ? focus : ends[i][0], r.dataset.statement.split(" "));
    keep();
  }));
  svg.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = towards(event.target.closest("a"), way);
    if (next) next.focus();
  });
  function towards(from, [dx, dy]) {
    const middle = (element) => {
      const box = (element.querySelector(".shape") || element.querySelector("text")).getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2, box.width];
    };
    const [x0, y0] = middle(from);
    let best = null, least = Infinity;
    for (const c of concepts) {
      const [x1, y1, seen] = middle(c), x = x1 - x0, y = y1 - y0;
      const ahead = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (c === from || !seen || ahead <= 0 || aside > 2.5 * ahead) continue;
      if (ahead + 2 * aside < least) { least = ahead + 2 * aside; best = c; }
    }
    return best;
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("li > p > a");
    if (!link || body.classList.contains("as-list")) return;
    event.preventDefault();
    go(Number(link.hash.slice(2)));
  });
  listed.addEventListener("click", () => { showList(!body.classList.contains("as-list")); keep(); });
  for (const choice of [kind, sure]) choice.addEventListener("change", () => { filter(); keep(); });
  addEventListener("popstate", restore);
  narrow.addEventListener("change", place);

  // Search by name and synonym: the browser proposes them, and part of one will do.
  const option = (value) => { const made = document.createElement("option"); made.textContent = value; return made; };
  byId("names").append(...map.concepts.flatMap((c) => [c.label, ...c.synonyms]).map(option));
  kind.append(...[...new Set(map.statements.map((s) => s.predicate.label))].sort().map(option));
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").trim();
  function search(event) {
    event.preventDefault();
    const wanted = plain(find.value);
    const rank = (c) => Math.min(...[c.label, ...c.synonyms].map((n) => (plain(n) === wanted ? -1 : plain(n).indexOf(wanted) + 1 || 1e9)));
    const ranks = map.concepts.map(rank), best = Math.min(...ranks);
    if (!wanted) return;
    if (best === 1e9) { told.textContent = "No concept has that name"; return; }
    find.value = "";
    go(ranks.indexOf(best));
  }
  find.form.addEventListener("submit", search);
  find.addEventListener("input", (event) => { if (!event.inputType || event.inputType === "insertReplacementText") search(event); });

  // Zoom by buttons, two fingers, and ctrl with the wheel; the wheel alone scrolls the page.
  const [wide, high] = ["width", "height"].map((name) => Number(svg.getAttribute(name)));
  function zoom(to, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
    const before = scale;
    scale = Math.min(4, Math.max(0.3, to));
    figure.classList.toggle("zoomed", scale > 1);
    svg.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    svg.setAttribute("width", wide * scale);
    svg.setAttribute("height", high * scale);
    stage.scrollLeft = (stage.scrollLeft + x) * scale / before - x;
    stage.scrollTop = (stage.scrollTop + y) * scale / before - y;
  }
  function centre() {
    const box = concepts[focus].getBoundingClientRect(), view = stage.getBoundingClientRect();
    stage.scrollLeft += box.x + box.width / 2 - view.x - view.width / 2;
    stage.scrollTop += box.y + box.height / 2 - view.y - view.height / 2;
  }
  byId("in").addEventListener("click", () => zoom(scale * 1.25));
  byId("out").addEventListener("click", () => zoom(scale / 1.25));
  byId("fit").addEventListener("click", () => { zoom(1); centre(); });
  if (figure.requestFullscreen) byId("full").addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : figure.requestFullscreen()).catch(() => {}));
  else byId("full").hidden = true;
  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey || narrow.matches) return;
    event.preventDefault();
    const view = stage.getBoundingClientRect();
    zoom(scale * Math.exp(-event.deltaY / 200), event.clientX - view.x, event.clientY - view.y);
  }, { passive: false });
  let apart = 0, drag = null, dragged = false;
  const fingers = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  stage.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2 || narrow.matches) { apart = 0; return; }
    event.preventDefault();
    const now = fingers(event.touches), view = stage.getBoundingClientRect(), [a, b] = event.touches;
    if (apart) zoom(scale * now / apart, (a.clientX + b.clientX) / 2 - view.x, (a.clientY + b.clientY) / 2 - view.y);
    apart = now;
  }, { passive: false });
  stage.addEventListener("touchend", () => { apart = 0; });
  stage.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && !event.button) drag = [event.clientX, event.clientY, stage.scrollLeft, stage.scrollTop, false];
  });
  stage.addEventListener("dragstart", (event) => event.preventDefault());
  addEventListener("pointermove", (event) => {
    if (!drag) return;
    const x = event.clientX - drag[0], y = event.clientY - drag[1];
    drag[4] = drag[4] || Math.abs(x) + Math.abs(y) > 5;
    stage.scrollTo(drag[2] - x, drag[3] - y);
  });
  addEventListener("pointerup", () => {
    dragged = Boolean(drag && drag[4]);
    drag = null;
  });
  stage.addEventListener("click", (event) => {
    if (dragged) { event.preventDefault(); event.stopPropagation(); }
    dragged = false;
  }, true);

  // Pictures: what is drawn now, with its colours written out.
  function picture() {
    const copy = svg.cloneNode(true), was = all("*", svg), size = narrow.matches ? [svg.clientWidth, svg.clientHeight] : [wide, high];
    all("*", copy).forEach((e, i) => {
      const style = getComputedStyle(was[i]);
      for (const name of "fill stroke stroke-width stroke-dasharray font-family font-size font-weight text-anchor opacity marker-end display".split(" "))
        e.setAttribute(name, style.getPropertyValue(name));
      if (style.transform !== "none") e.setAttribute("transform", style.transform);
      e.removeAttribute("style");
    });
    const paper = document.createElementNS(svg.namespaceURI, "rect");
    for (const name of ["width", "height"]) paper.setAttribute(name, "100%");
    paper.setAttribute("fill", getComputedStyle(document.documentElement).backgroundColor);
    copy.prepend(paper);
    copy.setAttribute("viewBox", "0 0 " + size.join(" "));
    copy.setAttribute("width", size[0]);
    copy.setAttribute("height", size[1]);
    return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
  }
  function offer(blob, ending) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = map.concepts[focus].label + ending;
    link.click();
  }
  byId("svg").addEventListener("click", () => offer(picture(), ".svg"));
  byId("png").addEventListener("click", () => {
    const image = new Image(), canvas = document.createElement("canvas");
    image.onload = () => {
      const sharp = Math.min(2, 8000 / Math.max(image.width, image.height));
      canvas.width = image.width * sharp;
      canvas.height = image.height * sharp;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => offer(blob, ".png"));
    };
    image.onerror = () => { told.textContent = "This page may not make pictures here; save as SVG instead"; };
    image.src = URL.createObjectURL(picture());
  });
  byId("print").addEventListener("click", () => print());
  addEventListener("beforeprint", () => { list.open = true; flat(); });
  addEventListener("afterprint", () => { if (narrow.matches) tree(); });

  // What is read out: relations as sentences, concepts with their type and relations.
  relations.forEach((r, i) => {
    const [subject, object] = ends[i].map((end) => map.concepts[end].label);
    r.setAttribute("aria-label", `${subject} ${words(i)} ${object}`);
  });
  concepts.forEach((c, i) => {
    const { label, type } = map.concepts[i], mine = relations.filter((_, r) => ends[r].includes(i));
    c.setAttribute("aria-label", `${label}, ${type || "concept"}, ${mine.length} relation${mine.length === 1 ? "" : "s"}`
      + mine.map((r, n) => (n ? "; " : ": ") + r.getAttribute("aria-label")).join(""));
  });
  if (!matchMedia("(scripting)").matches) // an older browser, whose style sheets cannot ask for scripts
    find.form.style.display = figure.querySelector(".save").style.display = "flex";
  if (location.hash) restore();
  byId("link").href = state();
  if (!narrow.matches && body.matches(".large")) centre();
})();
