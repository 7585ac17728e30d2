// The picture. Colours come from the page's style sheet, so that it follows light and dark.
const NAMED_OUTSIDE = new Set(["dot", "square", "triangle", "triangleDown", "diamond", "star", "hexagon", undefined]);
const COMMUNITY = "\u0001community ";
const groups = () => Object.fromEntries(Object.keys(data.kinds).map((kind) => [kind, {
  color: { background: colour(kind), border: colour(kind), highlight: { background: colour(kind), border: colour("ink") }, hover: { background: colour(kind), border: colour("ink") } },
}]));
const font = (size, name) => ({ color: colour(name), size, face: "Arial, sans-serif", strokeWidth: 3, strokeColor: colour("card") });
const look = () => ({
  groups: groups(),
  nodes: { borderWidth: 1.5, borderWidthSelected: 4, font: font(15, "ink") },
  edges: {
    width: 1.5 * thick, hoverWidth: 1, selectionWidth: 2,
    color: { color: colour("line"), highlight: colour("accent"), hover: colour("accent"), inherit: false, opacity: onCanvas.length > 60 ? 0.8 : 0.9 },
    font: { ...font(13, "soft"), align: "horizontal" },
    arrows: { to: { scaleFactor: 0.55 } }, smooth: given.edges && given.edges.smooth || false,
  },
});
const given = data.options || {};
// What is drawn now, the best connected first; what is chosen, and what is joined with that.
let onCanvas = [], linesOnCanvas = [], thick = 1, heavy = Infinity, chosen = null, hovered = null, near = new Set();
const nodes = new vis.DataSet([]), edges = new vis.DataSet([]);
function options() {
  const own = look(), all = { ...given, ...own, edges: { ...given.edges, ...own.edges }, interaction: { ...given.interaction, hover: true } };
  if (all.configure && !all.configure.enabled) delete all.configure;
  return all;
}
const network = new vis.Network(byId("canvas"), { nodes, edges }, options());
for (const part of byId("canvas").querySelectorAll("[tabindex]")) part.removeAttribute("tabindex");
dark.addEventListener("change", () => network.setOptions(look()));
network.on("afterDrawing", drawLabels);
for (const kind of ["Node", "Edge"]) {
  network.on("hover" + kind, (event) => { hovered = event[kind.toLowerCase()]; });
  network.on("blur" + kind, () => { hovered = null; });
}

function conceptItem(n) {
  const { statements, synonyms, page, type, definition, ...item } = n;
  item.title = text(n.title) || [type, definition].filter(Boolean).join(" · ") || undefined;
  if (NAMED_OUTSIDE.has(n.shape) && !n.font) { item.name = text(n.label); delete item.label; }
  return { ...item, weight: edgesOf.get(n.id).length };
}
function lineItem(e) {
  const { statements, relation, predicate, ...item } = e;
  if (e.title !== undefined) item.title = text(e.title);
  if (!e.font) { item.words = text(e.label); delete item.label; }
  return item;
}
const sized = (name, count) => `${name} (${count.toLocaleString("en")})`;
function communityItem(i, count, at) {
  return {
    id: COMMUNITY + i, community: i, name: sized(communities[i].name.split(", ", 2).join(", "), count), full: sized(communities[i].name, count), weight: count, ...at,
    shape: "dot", size: 12 + Math.min(30, 2 * Math.sqrt(count)), group: communities[i].kind,
  };
}
// Dots and lines keep about their size on the screen: smaller from near, and from afar as large as leaves them apart, but
// never too small to be seen.
const growth = (scale) => Math.max(0.5, Math.min(0.7, 0.48 / scale), Math.min(2, 0.28 / scale));
const grown = (item) => Math.round((item.own || 14) * (item.community === undefined ? thick : 1));
function expectedScale() {
  const span = (axis) => { const all = onCanvas.map((item) => item[axis]); return Math.max(1, Math.max(...all) - Math.min(...all)); };
  const { clientWidth: wide, clientHeight: high } = byId("canvas");
  return onCanvas.length < 2 ? 1 : Math.min(wide / span("x"), high / span("y"));
}
let resizing = 0;
function keepSizes() {
  if (resizing || Math.abs(growth(network.getScale()) / thick - 1) < 0.15) return;
  resizing = setTimeout(() => {
    resizing = 0;
    thick = growth(network.getScale());
    for (const item of onCanvas) item.size = grown(item);
    network.setOptions({ edges: { width: 1.5 * thick } });
    nodes.update(onCanvas.map(({ id, size }) => ({ id, size })));
  }, 120);
}
network.on("afterDrawing", keepSizes);
// Draws other items; those that were moved by hand stay where they were put.
const moved = new Map();
function draw(items, lines, kept) {
  for (const [id, at] of Object.entries(network.getPositions())) {
    const old = onCanvas.find ? nodes.get(id) || nodes.get(Number(id)) : null;
    if (old && !old.fleeting && (Math.round(old.x) !== at.x || Math.round(old.y) !== at.y)) moved.set(old.id, at);
  }
  onCanvas = items.map((item) => ({ ...item, ...moved.get(item.id) })).filter((item) => !item.hidden).sort((a, b) => b.weight - a.weight);
  thick = growth(kept ? network.getScale() : expectedScale());
  for (const item of onCanvas) { item.own = item.size; item.size = grown(item); }
  linesOnCanvas = lines.filter((line) => !line.hidden);
  heavy = onCanvas.length > 12 ? onCanvas[Math.min(11, onCanvas.length - 1)].weight : Infinity;
  edges.clear();
  nodes.clear();
  network.setOptions({ edges: look().edges });
  nodes.add(onCanvas);
  edges.add(linesOnCanvas);
  mark(chosen);
}
// Marks an item or a line as chosen, if it is on the canvas.
function mark(id) {
  chosen = id;
  near = new Set();
  network.unselectAll();
  if (id !== null && nodes.get(id)) {
    network.selectNodes([id]);
    near = new Set([id, ...network.getConnectedNodes(id)]);
  } else if (id !== null && edges.get(id)) {
    network.selectEdges([id]);
    near = new Set([edges.get(id).from, edges.get(id).to]);
  }
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const moving = () => (calm.matches ? false : { duration: 300 });
const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: moving() });
// All that is drawn, with room for names at the border.
function fit(animated) {
  network.fit({ animation: false, maxZoomLevel: 1.6 });
  network.moveTo({ scale: network.getScale() * 0.94, animation: animated && moving() });
}
byId("in").addEventListener("click", () => zoom(1.3));
byId("out").addEventListener("click", () => zoom(1 / 1.3));
byId("fit").addEventListener("click", () => fit(true));
const physics = byId("physics");
let running = Boolean(given.physics && given.physics.enabled);
const showPhysics = () => physics.setAttribute("aria-pressed", String(running));
physics.addEventListener("click", () => {
  running = !running;
  network.setOptions({ physics: { enabled: running } });
  showPhysics();
});
showPhysics();
// In a frame the wheel alone scrolls the page around it.
if (window !== window.parent) byId("canvas").addEventListener("wheel", (event) => { if (!event.ctrlKey) event.stopPropagation(); }, true);
