// What is on the canvas: every concept ("whole"), the communities at the top (null), or what is in one (its number).
let level = data.opensWhole || !communities.length ? "whole" : null;
let shown = { ids: new Set(), lines: [] };
const asCommunities = () => level === null || (level !== "whole" && childrenOf(level).length > 0);
const here = (id) => level === "whole" || level === null || inside[level].has(leafOf.get(id));

function apply(kept = true) {
  shown = passing();
  const whole = `${data.nodes.length.toLocaleString("en")} concepts`, all = counted(drawn.length, "relation", "relations");
  byId("count").textContent = filtered()
    ? `${shown.ids.size.toLocaleString("en")} of ${whole}, ${shown.lines.length.toLocaleString("en")} of ${all}`
    : `${counted(data.nodes.length, "concept", "concepts")}, ${all}`;
  drawLevel(kept);
  listLevel();
  whereWeAre();
}
function drawLevel(kept) {
  if (asCommunities()) return draw(...asGroups(childrenOf(level)), kept);
  const ids = new Set([...shown.ids].filter(here));
  const items = data.nodes.filter((n) => ids.has(n.id)).map(conceptItem);
  const lines = shown.lines.filter((e) => ids.has(e.from) && ids.has(e.to)).map(lineItem);
  if (level === "whole") return draw(items, lines, kept);
  const [around, ways] = neighbours(items);
  return draw([...items, ...around], [...lines, ...ways], kept);
}
// Communities as single dots, and between two of them one line for all their relations, for each its strongest ones.
const TIES = 3;
function asGroups(children) {
  const child = new Map(children.flatMap((i) => [...inside[i]].map((leaf) => [leaf, i]))), counts = new Map(), joined = new Map();
  for (const id of shown.ids) counts.set(child.get(leafOf.get(id)), (counts.get(child.get(leafOf.get(id))) || 0) + 1);
  for (const e of shown.lines) {
    const pair = [child.get(leafOf.get(e.from)), child.get(leafOf.get(e.to))].sort((a, b) => a - b);
    if (pair[0] !== pair[1] && pair[0] !== undefined && pair[1] !== undefined) joined.set(pair.join(" "), (joined.get(pair.join(" ")) || 0) + 1);
  }
  const strongest = new Map(), most = Math.max(1, ...joined.values());
  for (const [pair, n] of [...joined].sort((a, b) => b[1] - a[1]))
    for (const i of pair.split(" ")) if ((strongest.get(i) || []).length < TIES) strongest.set(i, [...(strongest.get(i) || []), pair]);
  return [
    children.filter((i) => counts.get(i)).map((i) => communityItem(i, counts.get(i), { x: communities[i].x, y: communities[i].y })),
    [...new Set([...strongest.values()].flat())].map((pair) => line(pair.split(" ").map(Number), joined.get(pair), most)),
  ];
}
const line = ([a, b], n, most) => ({
  id: `${COMMUNITY}${a} ${b}`, from: COMMUNITY + a, to: COMMUNITY + b, between: [a, b], width: 1 + 7 * n / most, arrows: "",
  title: counted(n, "relation", "relations"),
});
// Around the concepts of a community, the communities that they are most related with, to go on to.
function neighbours(items) {
  const at = new Map(items.map((n) => [n.id, moved.get(n.id) || n])), ways = new Map();
  for (const e of shown.lines) {
    const [mine, other] = at.has(e.from) ? [e.from, e.to] : [e.to, e.from];
    if (!at.has(mine) || at.has(other)) continue;
    const to = leafOf.get(other);
    ways.set(to, [...(ways.get(to) || []), mine]);
  }
  const best = [...ways].sort((a, b) => b[1].length - a[1].length).slice(0, 10);
  const mean = (ids, axis) => ids.reduce((sum, id) => sum + at.get(id)[axis], 0) / (ids.length || 1), all = [...at.keys()];
  const x0 = mean(all, "x"), y0 = mean(all, "y"), far = 160 + Math.max(0, ...all.map((id) => Math.hypot(at.get(id).x - x0, at.get(id).y - y0)));
  best.sort((a, b) => Math.atan2(mean(a[1], "y") - y0, mean(a[1], "x") - x0) - Math.atan2(mean(b[1], "y") - y0, mean(b[1], "x") - x0));
  const items_ = best.map(([i, ids], k) => ({
    ...communityItem(i, [...shown.ids].filter((id) => leafOf.get(id) === i).length, {}), size: 18, fleeting: true, weight: ids.length,
    x: Math.round(x0 + far * Math.cos(2 * Math.PI * k / best.length)), y: Math.round(y0 + far * Math.sin(2 * Math.PI * k / best.length)),
  }));
  const lines = best.flatMap(([i, ids]) => [...new Set(ids)].map((id) => ({ id: `${COMMUNITY}${i} from ${id}`, from: id, to: COMMUNITY + i, dashes: [2, 6], arrows: "" })));
  return [items_, lines];
}

function go(to, focus) {
  if (to === level) return;
  level = to;
  chosen = null;
  byId("detail").replaceChildren(hint());
  apply(false);
  fit(false);
  const back = byId("where").querySelector("button");
  if (focus) (back || byId("list").querySelector("button")).focus();
}
// The way back up, and what one is in.
function whereWeAre() {
  const nav = byId("where"), way = level === "whole" || level === null ? [] : above(level);
  nav.hidden = !way.length;
  nav.replaceChildren(...(way.length ? [button("All communities", () => go(null, true))] : []), ...way.flatMap((i, at) => {
    const last = at === way.length - 1, step = last ? make("span", communities[i].name) : button(communities[i].name, () => go(i, true));
    if (last) step.setAttribute("aria-current", "page");
    return [Object.assign(make("span", "›"), { ariaHidden: "true" }), step];
  }));
  byId("grouped").setAttribute("aria-pressed", String(level !== "whole"));
}
byId("grouped").hidden = communities.length < 2 || !data.whole;
byId("grouped").addEventListener("click", () => go(level === "whole" ? null : "whole", false));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || level === "whole" || level === null || event.target.closest("input")) return;
  go(communities[level].within, true);
});
