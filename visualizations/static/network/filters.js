// Filters change what is drawn, listed, counted and saved. Each has the values that are switched off.
const CERTAINTY = { published: "stated as fact", hedged: "hedged: the page says “may”", held: "under review" };
const REVIEW = { accepted: "accepted by a person", page: "on a page with a reviewer", none: "not reviewed" };
const facets = {
  types: { of: data.nodes, value: typeOf, words: (type) => data.kinds[type] || type },
  relations: { of: drawn, value: relationOf, words: (relation) => relation },
  communities: { of: data.nodes, value: (n) => topOf[leafOf.get(n.id)], words: (i) => communities[i].name },
  sources: { of: drawn, values: (e) => statementsOf(e).map(pageOf), words: (page) => page || "no page" },
  certainty: { of: drawn, values: (e) => statementsOf(e).map((s) => s.status), words: (status) => CERTAINTY[status] || status },
  review: { of: drawn, values: (e) => statementsOf(e).map(reviewOf), words: (state) => REVIEW[state] },
};
const { types, relations, sources, certainty, review } = facets;
for (const facet of Object.values(facets)) facet.off = new Set();

const left = (e) => statementsOf(e).filter((s) => !sources.off.has(pageOf(s)) && !certainty.off.has(s.status) && !review.off.has(reviewOf(s)));
// What the filters leave: a concept stays as long as anything that is left is said of it.
function passing() {
  let lines = drawn.filter((e) => !relations.off.has(relationOf(e)) && left(e).length);
  const said = new Set(lines.flatMap((e) => [e.from, e.to]));
  const ids = new Set(data.nodes.filter((n) => !types.off.has(typeOf(n)) && !facets.communities.off.has(topOf[leafOf.get(n.id)])
    && (said.has(n.id) || !edgesOf.get(n.id).length)).map((n) => n.id));
  lines = lines.filter((e) => ids.has(e.from) && ids.has(e.to));
  return { ids, lines };
}
const filtered = () => Object.values(facets).some((facet) => facet.off.size);

function choices(name) {
  const facet = facets[name], place = byId(name), counts = new Map();
  for (const item of facet.of)
    for (const value of new Set(facet.values ? facet.values(item) : [facet.value(item)])) if (value !== undefined) counts.set(value, (counts.get(value) || 0) + 1);
  const values = [...counts].sort((a, b) => b[1] - a[1] || (facet.words(a[0]) < facet.words(b[0]) ? -1 : 1));
  const part = place.closest("details");
  if (values.length < 2) { part.hidden = true; return; }
  part.querySelector(".n").textContent = values.length;
  const boxes = new Map(), list = make("ul"), find = make("input");
  const row = ([value, count], i) => {
    if (boxes.has(value)) return boxes.get(value);
    const line = make("div"), box = make("input"), label = make("label", facet.words(value)), n = make("span", count.toLocaleString("en"));
    line.className = "choice" + (name === "types" && data.kinds[value] ? " " + value : "");
    box.type = "checkbox";
    box.checked = !facet.off.has(value);
    box.id = label.htmlFor = `${name}-${values.findIndex((one) => one[0] === value)}`;
    n.className = "n";
    box.addEventListener("change", () => { if (box.checked) facet.off.delete(value); else facet.off.add(value); apply(); });
    line.append(box, ...(name === "types" ? [make("i")] : []), label, n);
    boxes.set(value, line);
    return line;
  };
  const every = (words, off) => Object.assign(button(words, () => {
    facet.off = new Set(off ? counts.keys() : []);
    for (const line of boxes.values()) line.querySelector("input").checked = !off;
    apply();
  }), { ariaLabel: `${words}: ${part.querySelector("summary").firstChild.textContent.trim()}` });
  const pick = make("div", "", every("All", false), every("None", true));
  pick.className = "pick";
  if (values.length > 12) {
    Object.assign(find, { type: "search", placeholder: "Narrow", ariaLabel: "Narrow the choices", autocomplete: "off", spellcheck: false });
    find.addEventListener("input", () => fill(list, values.filter(([value]) => plain(facet.words(value)).includes(plain(find.value.trim()))), row, 12));
    pick.append(find);
  }
  fill(list, values, row, 12);
  place.append(pick, list);
}
