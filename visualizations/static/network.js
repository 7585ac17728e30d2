(function () {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("nutrigraph-network").textContent);
  if (data.dot) {
    const parsed = vis.parseDOTNetwork(data.dot);
    data.nodes = parsed.nodes;
    data.edges = parsed.edges;
  }
  const text = (value) => (value === undefined || value === null ? "" : String(value));
  const nameOf = new Map(data.nodes.map((n) => [n.id, text(n.label) || text(n.id)]));
  const typeOf = (n) => text(n.group) || "other";
  const typeWords = (type) => data.kinds[type] || type;
  const relationOf = (e) => text(e.relation) || text(e.label) || "joined";
  data.edges.forEach((e, i) => { if (e.id === undefined) e.id = "edge " + i; });
  const edgesOf = new Map(data.nodes.map((n) => [n.id, []]));
  for (const e of data.edges) for (const end of new Set([e.from, e.to])) if (edgesOf.has(end)) edgesOf.get(end).push(e);

  const make = (tag, words, ...children) => {
    const element = document.createElement(tag);
    if (words) { element.textContent = words; element.dir = "auto"; }
    element.append(...children);
    return element;
  };
  const button = (words, act) => {
    const element = make("button", words);
    element.type = "button";
    element.addEventListener("click", act);
    return element;
  };

  // Colours come from the page's style sheet, so that the picture follows light and dark.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const groups = () => Object.fromEntries(Object.keys(data.kinds).map((kind) => [kind, {
    color: { background: colour(kind), border: colour(kind), highlight: { background: colour("accent"), border: colour("ink") } },
  }]));
  const look = () => ({
    groups: groups(),
    nodes: { font: { color: colour("ink"), size: 15, face: "Arial, sans-serif", strokeWidth: 3, strokeColor: colour("card") }, scaling: { label: { drawThreshold: 8 } } },
    edges: {
      width: data.nodes.length > 60 ? 2 : 1,
      color: { color: colour("line"), highlight: colour("accent"), inherit: false },
      font: { color: colour("soft"), size: 13, face: "Arial, sans-serif", strokeWidth: 3, strokeColor: colour("card"), align: "horizontal" },
      arrows: { to: { scaleFactor: 0.6 } }, scaling: { label: { drawThreshold: 8 } }, smooth: false,
    },
  });

  const nodes = new vis.DataSet(data.nodes.map((n) => clean(n))), edges = new vis.DataSet(data.edges.map((e) => clean(e)));
  function clean(item) {
    const { statements, synonyms, page, relation, ...rest } = item;
    if (rest.title !== undefined) rest.title = text(rest.title);
    if (data.edges.length > 150 && rest.from !== undefined) delete rest.label;
    return rest;
  }
  const own = look();
  const given = data.options || {};
  const options = { ...given, ...own, edges: { ...given.edges, ...own.edges, smooth: given.edges && given.edges.smooth || false } };
  if (options.configure && !options.configure.enabled) delete options.configure;
  const network = new vis.Network(byId("canvas"), { nodes, edges }, options);
  network.once("afterDrawing", open);
  // A small network opens so that names can be read, around the concept with most relations if not all fit.
  function open() {
    network.fit({ animation: false });
    if (!data.nodes.length || data.nodes.length > 60 || network.getScale() > 0.55) return;
    const hub = data.nodes.reduce((best, n) => (edgesOf.get(n.id).length > edgesOf.get(best.id).length ? n : best));
    network.moveTo({ position: network.getPosition(hub.id), scale: 0.75, animation: false });
  }
  dark.addEventListener("change", () => network.setOptions(look()));
  for (const canvas of byId("canvas").querySelectorAll("[tabindex]")) canvas.removeAttribute("tabindex");

  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const moving = () => (calm.matches ? false : { duration: 300 });
  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: moving() });
  byId("in").addEventListener("click", () => zoom(1.3));
  byId("out").addEventListener("click", () => zoom(1 / 1.3));
  byId("fit").addEventListener("click", () => network.fit({ animation: moving() }));
  const physics = byId("physics");
  let running = Boolean(given.physics && given.physics.enabled);
  const showPhysics = () => physics.setAttribute("aria-pressed", String(running));
  physics.addEventListener("click", () => {
    running = !running;
    network.setOptions({ physics: { enabled: running } });
    showPhysics();
  });
  showPhysics();

  // What is said of a concept or a relation, beside the picture.
  function showConcept(id, centre) {
    const node = data.nodes.find((n) => n.id === id);
    if (!node) return;
    const statements = make("ul");
    statements.className = "statements";
    for (const e of edgesOf.get(id)) statements.append(relationItem(e));
    const parts = [make("h2", nameOf.get(id))];
    if (node.synonyms && node.synonyms.length) parts.push(Object.assign(make("p", "also " + node.synonyms.join(", ")), { className: "names" }));
    if (node.title) parts.push(make("p", text(node.title)));
    if (node.page) parts.push(make("p", "", linkTo(node.page, "Read the page")));
    byId("detail").replaceChildren(...parts, statements);
    if (nodes.get(id)) {
      network.selectNodes([id]);
      if (centre) network.focus(id, { scale: Math.max(1, network.getScale()), animation: moving() });
    }
  }
  function showRelation(id) {
    const e = data.edges.find((edge) => edge.id === id);
    if (!e) return;
    const statements = make("ul", "", relationItem(e));
    statements.className = "statements";
    byId("detail").replaceChildren(make("h2", relationOf(e)), statements);
    if (edges.get(id)) network.selectEdges([id]);
  }
  function relationItem(e) {
    const claim = make("p", "", button(nameOf.get(e.from), () => showConcept(e.from, true)), " ", make("b", text(e.label) || relationOf(e)), " ",
      button(nameOf.get(e.to), () => showConcept(e.to, true)));
    claim.className = "claim";
    const item = make("li", "", claim);
    for (const s of e.statements || []) for (const said of s.evidence) {
      const source = make("p");
      source.className = "source";
      source.append(said.url ? linkTo(said.url, text(said.page)) : text(said.page));
      if (said.reviewed_by) source.append(" · page reviewed by ", make("bdi", said.reviewed_by));
      if (said.date) source.append(" · ", make("time", said.date));
      if (s.status !== "published") source.append(s.status === "held" ? " · under review" : " · the page says “may”");
      item.append(make("blockquote", said.quote), source);
    }
    if (e.title) item.append(make("p", text(e.title)));
    return item;
  }
  function linkTo(address, words) {
    const link = make("a", words);
    if (/^https?:\/\//i.test(address) || !/^[^/?#]*:|^\/\/|[\\\s]/.test(address)) link.href = address;
    return link;
  }

  // Filters change what is drawn, listed and counted.
  const hidden = { types: new Set(), relations: new Set() };
  function counted(items, of) {
    const counts = new Map();
    for (const item of items) counts.set(of(item), (counts.get(of(item)) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }
  function filter(place, items, of, words, off, kinds) {
    for (const [key, count] of counted(items, of)) {
      const row = make("div"), box = make("input"), label = make("label", words(key)), n = make("span", String(count));
      row.className = "choice" + (kinds && data.kinds[key] ? " " + key : "");
      box.type = "checkbox";
      box.checked = true;
      box.id = label.htmlFor = place + " " + key;
      n.className = "n";
      box.addEventListener("change", () => { if (box.checked) off.delete(key); else off.add(key); apply(); });
      row.append(box, ...(kinds ? [make("i")] : []), label, n);
      byId(place).append(row);
    }
  }
  function apply() {
    const shown = data.nodes.filter((n) => !hidden.types.has(typeOf(n))), ids = new Set(shown.map((n) => n.id));
    const lines = data.edges.filter((e) => ids.has(e.from) && ids.has(e.to) && !hidden.relations.has(relationOf(e)));
    const keep = new Set(lines.map((e) => e.id));
    nodes.update(data.nodes.map((n) => ({ id: n.id, hidden: Boolean(n.hidden) || !ids.has(n.id) })));
    edges.update(data.edges.map((e) => ({ id: e.id, hidden: Boolean(e.hidden) || !keep.has(e.id) })));
    byId("count").textContent = `${shown.length} concepts, ${lines.length} relations`;
    byId("list").replaceChildren(...shown.map((n) => [nameOf.get(n.id), n.id]).sort((a, b) => a[0].localeCompare(b[0], "en"))
      .map(([name, id]) => make("li", "", button(name, () => showConcept(id, true)))));
  }
  filter("types", data.nodes, typeOf, typeWords, hidden.types, true);
  filter("relations", data.edges, relationOf, (words) => words, hidden.relations, false);

  const find = byId("find"), found = byId("found");
  const plain = (words) => words.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  function matches() {
    const wanted = plain(find.value.trim());
    if (!wanted) return [];
    const rank = (n) => Math.min(...[nameOf.get(n.id), ...(n.synonyms || [])].map((name) => plain(text(name)).indexOf(wanted)).map((at) => (at < 0 ? 1e9 : at)));
    return data.nodes.map((n) => [rank(n), n.id]).filter(([r]) => r < 1e9).sort((a, b) => a[0] - b[0]).slice(0, 8);
  }
  const take = (id) => { find.value = ""; found.hidden = true; showConcept(id, true); };
  find.addEventListener("input", () => {
    const hits = matches();
    found.replaceChildren(...hits.map(([, id]) => make("li", "", button(nameOf.get(id), () => take(id)))));
    found.hidden = !hits.length;
  });
  find.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = matches();
    if (first) take(first[1]);
  });

  network.on("click", (event) => {
    if (event.nodes.length) showConcept(event.nodes[0], false);
    else if (event.edges.length) showRelation(event.edges[0]);
  });
  if (matchMedia("(max-width: 919px)").matches) for (const part of document.querySelectorAll(".filters details")) part.open = false;
  apply();
})();
