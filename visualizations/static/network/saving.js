// What is shown, to take along: the picture, and the data as other programs read them.
function offer(parts, kind, ending) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob(parts, { type: kind }));
  link.download = (document.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 80) || "network") + ending;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
function taken() {
  const ids = [...shown.ids].filter(here), among = new Set(ids);
  return [ids.map((id) => nodeOf.get(id)), shown.lines.filter((e) => among.has(e.from) && among.has(e.to))];
}
const community = (n) => (leafOf.get(n.id) === undefined ? null : communities[leafOf.get(n.id)].name);
const conceptFacts = (n) => ({
  id: n.id, label: nameOf.get(n.id), type: n.type || data.kinds[n.group] || null, synonyms: n.synonyms || [],
  definition: n.definition || null, page: n.page || null, community: community(n),
});
const claims = (e) => (e.statements && e.statements.length ? left(e) : [{ id: null, status: null, evidence: [] }]);

function asJson() {
  const [concepts, lines] = taken();
  const statements = lines.flatMap((e) => claims(e).map((s) => ({
    id: s.id, subject: e.from, predicate: { name: e.predicate || null, label: relationOf(e) }, object: e.to,
    status: s.status, review: s.review || null, evidence: s.evidence,
  })));
  return JSON.stringify({ title: byId("title").textContent, concepts: concepts.map(conceptFacts), statements }, null, 1) + "\n";
}
function asCsv() {
  // What a spreadsheet would take for a formula begins with an apostrophe.
  const cell = (value) => { const words = text(value); return `"${(/^\s*[=+\-@]/.test(words) ? "'" : "") + words.replaceAll('"', '""')}"`; };
  const rows = [["id", "subject", "predicate", "object", "status", "review", "quote", "page", "url", "reviewed_by", "date", "subject_id", "object_id"]];
  for (const e of taken()[1]) for (const s of claims(e)) for (const said of s.evidence.length ? s.evidence : [{}])
    rows.push([s.id, nameOf.get(e.from), relationOf(e), nameOf.get(e.to), s.status, s.review && s.review.decision, said.quote, said.page, said.url, said.reviewed_by, said.date, e.from, e.to]);
  return "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}
function asGraphml() {
  const safe = (value) => text(value).replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  const ofNode = ["label", "type", "synonyms", "definition", "page", "community"], ofEdge = ["label", "status", "statements", "quotes", "pages", "reviewed_by"];
  const keys = (names, what) => names.map((name) => `<key id="${what}_${name}" for="${what}" attr.name="${name}" attr.type="string"/>\n`).join("");
  const facts = (names, what, values) => names.filter((name) => text(values[name])).map((name) => `<data key="${what}_${name}">${safe(values[name])}</data>`).join("");
  const [concepts, lines] = taken();
  const made = concepts.map((n) => { const all = conceptFacts(n); return `<node id="${safe(n.id)}">${facts(ofNode, "node", { ...all, synonyms: all.synonyms.join(" | ") })}</node>\n`; });
  for (const e of lines) {
    const said = claims(e).flatMap((s) => s.evidence), each = (name) => [...new Set(said.map((one) => text(one[name])))].filter(Boolean).join("\n");
    const values = { label: relationOf(e), status: claims(e)[0].status, statements: claims(e).map((s) => text(s.id)).join(" "), quotes: each("quote"), pages: each("page"), reviewed_by: each("reviewed_by") };
    made.push(`<edge id="${safe(e.id)}" source="${safe(e.from)}" target="${safe(e.to)}">${facts(ofEdge, "edge", values)}</edge>\n`);
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${keys(ofNode, "node")}${keys(ofEdge, "edge")}<graph edgedefault="directed">\n${made.join("")}</graph>\n</graphml>\n`;
}
// The canvas on paper, with a line below that says what it is and how much of the whole.
function savePicture() {
  const canvas = byId("canvas").querySelector("canvas"), copy = document.createElement("canvas"), ratio = canvas.width / canvas.clientWidth, foot = 56 * ratio;
  copy.width = canvas.width;
  copy.height = canvas.height + foot;
  const context = copy.getContext("2d");
  context.fillStyle = colour("card");
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  context.fillStyle = colour("ink");
  context.font = `${17 * ratio}px Georgia, serif`;
  context.fillText(byId("title").textContent.slice(0, 90), 16 * ratio, canvas.height + 22 * ratio);
  context.fillStyle = colour("soft");
  context.font = `${13 * ratio}px Arial, sans-serif`;
  context.fillText([byId("count").textContent, level === "whole" || level === null ? "" : communities[level].name].filter(Boolean).join(" · "), 16 * ratio, canvas.height + 43 * ratio);
  copy.toBlob((blob) => offer([blob], "image/png", ".png"));
}
byId("png").addEventListener("click", savePicture);
byId("json").addEventListener("click", () => offer([asJson()], "application/json", ".json"));
byId("csv").addEventListener("click", () => offer([asCsv()], "text/csv;charset=utf-8", ".csv"));
byId("graphml").addEventListener("click", () => offer([asGraphml()], "application/graphml+xml", ".graphml"));
const save = byId("save");
document.addEventListener("click", (event) => { if (!save.contains(event.target)) save.open = false; });
save.addEventListener("keydown", (event) => { if (event.key === "Escape") { save.open = false; save.querySelector("summary").focus(); } });
