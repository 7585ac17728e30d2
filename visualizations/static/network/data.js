// The network as the page carries it, and what is asked of it again and again.
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("nutrigraph-network").textContent);
if (data.dot) Object.assign(data, { memberOf: [], communities: [] }, vis.parseDOTNetwork(data.dot));
data.edges.forEach((e, i) => { if (e.id === undefined) e.id = "edge " + i; });

const text = (value) => (value === undefined || value === null ? "" : String(value));
const nodeOf = new Map(data.nodes.map((n) => [n.id, n]));
const edgeOf = new Map(data.edges.map((e) => [e.id, e]));
const nameOf = new Map(data.nodes.map((n) => [n.id, text(n.label) || text(n.id)]));
const edgesOf = new Map(data.nodes.map((n) => [n.id, []]));
for (const e of data.edges) for (const end of new Set([e.from, e.to])) if (edgesOf.has(end)) edgesOf.get(end).push(e);
const drawn = data.edges.filter((e) => nodeOf.has(e.from) && nodeOf.has(e.to));

const typeOf = (n) => text(n.group) || "other";
const relationOf = (e) => text(e.relation) || text(e.label) || "joined";
const sentence = (e) => `${nameOf.get(e.from)} ${text(e.label) || relationOf(e)} ${nameOf.get(e.to)}`;
// A relation that somebody added without a statement is filtered as one that no page states.
const UNSTATED = [{ status: "published", evidence: [] }];
const statementsOf = (e) => (e.statements && e.statements.length ? e.statements : UNSTATED);
const pageOf = (s) => (s.evidence.length ? text(s.evidence[0].page) : "");
function reviewOf(s) {
  if (s.review && s.review.decision === "accept") return "accepted";
  return s.evidence.some((said) => said.reviewed_by) ? "page" : "none";
}

// Communities are a tree: `within` is the one that holds another, null at the top.
const { communities } = data;
const leafOf = new Map(data.nodes.map((n, i) => [n.id, data.memberOf[i] ?? undefined]));
const above = (i) => { const way = [i]; while (communities[way[0]].within !== null) way.unshift(communities[way[0]].within); return way; };
const topOf = communities.map((_, i) => above(i)[0]);
const inside = communities.map((_, i) => new Set([...communities.keys()].filter((j) => above(j).includes(i))));
const childrenOf = (i) => [...communities.keys()].filter((j) => communities[j].within === i);

const counted = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const dark = matchMedia("(prefers-color-scheme: dark)"), narrow = matchMedia("(max-width: 919px)");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

function make(tag, words, ...children) {
  const element = document.createElement(tag);
  if (words) { element.textContent = words; element.dir = "auto"; }
  element.append(...children);
  return element;
}
function button(words, act) {
  const element = make("button", words);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}
// A list that begins with some of its items and gives the rest when asked.
function fill(list, items, entry, some) {
  const show = (from, focus) => {
    const made = items.slice(from, from + some).map((item) => make("li", "", entry(item)));
    list.append(...made);
    if (focus && made[0]) made[0].querySelector("button, input").focus();
    const left = items.length - from - some;
    if (left <= 0) return;
    const more = make("li", "", button(`${left.toLocaleString("en")} more`, () => { more.remove(); show(from + some, true); }));
    more.className = "more";
    list.append(more);
  };
  list.replaceChildren();
  show(0, false);
}
