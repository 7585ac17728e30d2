// What is said of a concept or a relation, beside the picture; and everything that is drawn, as lists.
const hint = () => Object.assign(make("p", "Choose a concept or a relation in the picture or in the lists."), { className: "names" });
function tell(...parts) {
  byId("detail").replaceChildren(...parts);
  if (narrow.matches) byId("detail").scrollIntoView({ block: "nearest" });
}
function showConcept(id, centre) {
  const node = nodeOf.get(id);
  if (!node) return;
  if (!here(id) || asCommunities()) go(leafOf.get(id), false);
  const statements = make("ul"), said = edgesOf.get(id).filter((e) => edgeOf.has(e.id));
  statements.className = "statements";
  fill(statements, said, relationParts, 30);
  const parts = [Object.assign(make("p", node.type || data.kinds[typeOf(node)] || ""), { className: "kicker" }), make("h2", nameOf.get(id))];
  if (node.synonyms && node.synonyms.length) parts.push(Object.assign(make("p", "also " + node.synonyms.join(", ")), { className: "names" }));
  for (const words of [node.definition, node.title]) if (words) parts.push(make("p", text(words)));
  if (node.page) parts.push(make("p", "", linkTo(node.page, "Read the page")));
  tell(...parts, statements);
  mark(id);
  if (centre && nodes.get(id)) network.focus(id, { scale: Math.max(1, network.getScale()), animation: moving() });
}
function showRelation(id, centre) {
  const e = edgeOf.get(id);
  if (!e) return;
  if (!here(e.from)) go(leafOf.get(e.from), false);
  const statements = make("ul", "", make("li", "", ...relationParts(e).childNodes));
  statements.className = "statements";
  tell(make("h2", relationOf(e)), statements);
  mark(id);
  if (centre && edges.get(id)) network.fit({ nodes: [e.from, e.to], animation: moving(), maxZoomLevel: 1.2 });
}
// The relations between two communities.
function showBetween([a, b], id) {
  const both = shown.lines.filter((e) => [[a, b], [b, a]].some(([x, y]) => inside[x].has(leafOf.get(e.from)) && inside[y].has(leafOf.get(e.to))));
  const list = make("ul");
  list.className = "plain";
  fill(list, both, relationButton, 50);
  tell(make("h2", counted(both.length, "relation between two communities", "relations between two communities")), make("p", communities[a].name), make("p", communities[b].name), list);
  mark(id);
}
function relationParts(e) {
  const item = document.createElement("div");
  const claim = make("p", "", button(nameOf.get(e.from), () => showConcept(e.from, true)), " ",
    Object.assign(button(text(e.label) || relationOf(e), () => showRelation(e.id, true)), { className: "says" }), " ",
    button(nameOf.get(e.to), () => showConcept(e.to, true)));
  claim.className = "claim";
  item.append(claim);
  for (const s of e.statements ? left(e) : []) for (const said of s.evidence) {
    const source = make("p", "", said.url ? linkTo(said.url, text(said.page)) : text(said.page));
    source.className = "source";
    if (said.reviewed_by) source.append(" · page reviewed by ", make("bdi", said.reviewed_by));
    if (said.date) source.append(" · ", make("time", said.date));
    source.append(" · ", ...reviewState(s));
    item.append(make("blockquote", said.quote), source);
  }
  if (e.title) item.append(make("p", text(e.title)));
  return item;
}
// What a person has decided on a statement, and how surely the page says it.
function reviewState(s) {
  const words = { held: "under review", hedged: "the page says “may”" }[s.status], state = [];
  if (words) state.push(Object.assign(make("span", words), { className: "mark" }), " · ");
  if (!s.review || s.review.decision !== "accept") return [...state, "statement not reviewed yet"];
  state.push("statement accepted");
  if (s.review.by) state.push(" by ", make("bdi", s.review.by));
  if (s.review.date) state.push(" on ", make("time", s.review.date));
  if (s.review.mark) state.push(`, ${s.review.mark} since`);
  if (s.review.note) state.push(": ", make("q", s.review.note));
  return state;
}
function linkTo(address, words) {
  const link = make("a", words);
  if (/^https?:\/\//i.test(address) || !/^[^/?#]*:|^\/\/|[\\\s]/.test(address)) link.href = address;
  return link;
}
const relationButton = (e) => button(sentence(e), () => showRelation(e.id, true));
const byName = (a, b) => a[0].localeCompare(b[0], "en");

function listLevel() {
  const groups = asCommunities() ? [...onCanvas].sort((a, b) => a.community - b.community) : [], ids = [...shown.ids].filter(here);
  byId("all").firstChild.textContent = groups.length ? "Communities " : "Concepts ";
  byId("all").querySelector(".n").textContent = (groups.length || ids.length).toLocaleString("en");
  if (groups.length) fill(byId("list"), groups, (item) => button(item.full, () => go(item.community, true)), 200);
  else fill(byId("list"), ids.map((id) => [nameOf.get(id), id]).sort(byName), ([name, id]) => button(name, () => showConcept(id, true)), 200);
  const lines = shown.lines.filter((e) => here(e.from) || here(e.to));
  byId("every").querySelector(".n").textContent = lines.length.toLocaleString("en");
  const part = byId("every").parentElement;
  const write = () => { if (part.open) fill(byId("relationlist"), lines.map((e) => [sentence(e), e]).sort(byName).map(([, e]) => e), relationButton, 200); };
  part.ontoggle = write;
  write();
}

const plain = (words) => words.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
const find = byId("find"), found = byId("found");
function matches() {
  const wanted = plain(find.value.trim());
  if (!wanted) return [];
  const place = (name) => { const at = plain(text(name)).indexOf(wanted); return at < 0 ? 1e9 : at * 1000 + text(name).length; };
  return data.nodes.map((n) => {
    const names = [nameOf.get(n.id), ...(n.synonyms || [])], places = names.map(place), best = Math.min(...places);
    return [best, n.id, names[places.indexOf(best)]];
  }).filter(([best]) => best < 1e9).sort((a, b) => a[0] - b[0]).slice(0, 8);
}
const take = (id) => { find.value = ""; found.hidden = true; showConcept(id, true); };
find.addEventListener("input", () => {
  const hits = matches();
  found.replaceChildren(...hits.map(([, id, name]) => make("li", "", button(nameOf.get(id) + (name === nameOf.get(id) ? "" : ` (${text(name)})`), () => take(id)))));
  found.hidden = !hits.length;
});
find.form.addEventListener("submit", (event) => {
  event.preventDefault();
  const [first] = matches();
  if (first) take(first[1]);
});

function choose(id) {
  if (nodeOf.has(id)) showConcept(id, false);
  else if (edgeOf.has(id)) showRelation(id, false);
  else if (nodes.get(id)) go(nodes.get(id).community, false);
  else if (edges.get(id) && edges.get(id).between) showBetween(edges.get(id).between, id);
}
network.on("click", (event) => {
  const id = event.nodes.length ? event.nodes[0] : pointedAt(event.pointer.DOM);
  if (id !== null) choose(id);
  else if (event.edges.length) choose(event.edges[0]);
  else mark(null);
});
