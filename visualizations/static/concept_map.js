(function () {
  "use strict";
  const $ = (selector, within) => [...(within || document).querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const map = JSON.parse(byId("nutrigraph-map").textContent);
  const size = JSON.parse(byId("nutrigraph-geometry").textContent);
  const concepts = map.concepts.map((_, i) => byId("c" + i));
  const relations = size.arrows.map((_, i) => byId("r" + i));
  const card = byId("card"), list = byId("list"), find = byId("find"), found = byId("found"), listed = byId("listed");
  const number = new Map(map.concepts.map((c, i) => [c.id, i]));
  const narrow = matchMedia("(max-width: 919px)");
  if (!concepts.length) return;
  let focus = Math.max(0, concepts.findIndex((c) => c.hasAttribute("aria-current")));

  function select(i, told) {
    focus = i;
    const near = new Set([i]);
    size.arrows.forEach(([s, o], r) => {
      const mine = s === i || o === i;
      relations[r].classList.toggle("near", mine);
      if (mine) near.add(s).add(o);
    });
    concepts.forEach((c, k) => {
      c.classList.toggle("near", near.has(k));
      if (k === i) c.setAttribute("aria-current", "true"); else c.removeAttribute("aria-current");
    });
    fillCard(told || []);
    place();
  }

  // The card is made of the list's own entries, so that both always say the same.
  function fillCard(told) {
    const statements = document.createElement("ul");
    statements.className = "statements";
    for (const item of $("li[data-statement]", list)) {
      if (!item.dataset.ends.split(" ").includes(String(focus))) continue;
      const copy = item.cloneNode(true);
      copy.setAttribute("data-statement-ref", copy.getAttribute("data-statement"));
      copy.removeAttribute("data-statement");
      copy.classList.toggle("told", told.includes(item.dataset.statement));
      statements.append(copy);
    }
    card.replaceChildren(byId("about-" + focus).querySelector(".about").cloneNode(true), statements);
    card.scrollTop = 0;
    const first = statements.querySelector(".told");
    if (first && !narrow.matches) card.scrollTop = first.offsetTop - card.offsetTop - 12;
  }

  // On a narrow page: the concept in focus on top, its neighbours below, each sentence read from top to bottom.
  function place() {
    const at = (element, x, y) => { element.style.transform = `translate(${x}px,${y}px)`; };
    if (!narrow.matches) {
      for (const c of concepts) c.style.transform = "";
      for (const r of relations) r.querySelector(".label").style.transform = "";
      byId("c0").ownerSVGElement.style.height = "";
      return;
    }
    const [w, h] = size.boxes[focus], top = 14, foot = top + h, indent = 46, spine = 16;
    const name = map.concepts[focus].label, tail = name.length > 34 ? name.slice(0, 33) + "…" : name;
    at(concepts[focus], 2 + w / 2, top + h / 2);
    let y = foot + 22;
    const out = size.arrows.filter((a) => a[0] === focus).map((a) => a[1]);
    const back = size.arrows.filter((a) => a[1] === focus).map((a) => a[0]);
    for (const other of new Set(out.concat(back))) {
      const [bw, bh] = size.boxes[other];
      const between = (s, o) => [...size.arrows.keys()].filter((r) => size.arrows[r][0] === s && size.arrows[r][1] === o);
      const to = between(focus, other), from = between(other, focus);
      const middle = y + to.reduce((sum, r) => sum + size.arrows[r][3], 0) + bh / 2;
      const label = (r, line, head, words) => {
        const ph = size.arrows[r][3], slim = $(".slim", relations[r]);
        at(relations[r].querySelector(".label"), indent + 5, y + ph / 2);
        slim[0].setAttribute("d", line); slim[1].setAttribute("d", head); slim[2].textContent = words;
        y += ph;
      };
      for (const r of to)
        label(r, `M${spine} ${foot}V${middle}H${indent - 11}`, `M${indent - 2} ${middle}L${indent - 11} ${middle - 5}V${middle + 5}Z`, "");
      at(concepts[other], indent + bw / 2, middle);
      y += bh + 1;
      for (const r of from) {
        label(r, `M${spine} ${foot + 11}V${middle}H${indent}`, `M${spine} ${foot + 2}L${spine - 5} ${foot + 11}H${spine + 5}Z`, tail);
        y += 16;
      }
      y += 20;
    }
    concepts[0].ownerSVGElement.style.height = y + "px";
  }

  function go(i) {
    showList(false);
    select(i);
    concepts[i].focus({ preventScroll: true });
    concepts[i].scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function showList(on) {
    document.body.classList.toggle("as-list", on);
    listed.setAttribute("aria-pressed", String(on));
    if (on) list.open = true;
  }

  concepts.forEach((c, i) => {
    c.addEventListener("click", (event) => { event.preventDefault(); go(i); });
    c.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!way || event.ctrlKey || event.altKey || event.metaKey) return;
      const next = towards(i, way);
      event.preventDefault();
      if (next >= 0) concepts[next].focus();
    });
  });

  function towards(i, [dx, dy]) {
    const here = concepts[i].getBoundingClientRect();
    let best = -1, least = Infinity;
    concepts.forEach((c, k) => {
      const there = c.getBoundingClientRect();
      const x = there.x + there.width / 2 - here.x - here.width / 2, y = there.y + there.height / 2 - here.y - here.height / 2;
      const ahead = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (k === i || !there.width || ahead <= 0 || aside > 2.5 * ahead) return;
      if (ahead + 2 * aside < least) { least = ahead + 2 * aside; best = k; }
    });
    return best;
  }

  relations.forEach((r, i) => r.addEventListener("click", () => select(size.arrows[i][0], r.dataset.statement.split(" "))));

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-concept-ref]");
    if (!link || document.body.classList.contains("as-list")) return;
    event.preventDefault();
    go(number.get(link.dataset.conceptRef));
  });

  listed.addEventListener("click", () => showList(listed.getAttribute("aria-pressed") !== "true"));

  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  function matches() {
    const wanted = plain(find.value.trim());
    if (!wanted) return [];
    const rank = (c) => Math.min(...[c.label, ...c.synonyms].map((n) => plain(n).indexOf(wanted)).map((at) => (at < 0 ? 1e9 : at)));
    return map.concepts.map((c, i) => [rank(c), i]).filter(([r]) => r < 1e9).sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 8);
  }
  function take(i) {
    find.value = "";
    found.hidden = true;
    go(i);
  }
  find.addEventListener("input", () => {
    const hits = matches();
    found.replaceChildren(...hits.map(([, i]) => {
      const item = document.createElement("li"), button = document.createElement("button");
      button.type = "button";
      button.dir = "auto";
      button.textContent = map.concepts[i].label;
      button.addEventListener("click", () => take(i));
      item.append(button);
      return item;
    }));
    found.hidden = !hits.length;
  });
  find.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = matches();
    if (first) take(first[1]);
  });
  find.form.addEventListener("keydown", (event) => { if (event.key === "Escape") found.hidden = true; });

  find.form.hidden = false;
  narrow.addEventListener("change", place);
})();
