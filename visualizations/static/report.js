"use strict";
(() => {
  const data = JSON.parse(document.getElementById("nutrigraph-report").textContent);
  const columns = "id kind page subject predicate object quote decision reviewer date note".split(" ");
  const items = [...document.querySelectorAll(".findings li")];
  const sections = [...document.querySelectorAll("section.kind")];
  const filters = document.querySelector(".filters");
  const outcome = document.querySelector(".outcome");
  const field = (id) => document.getElementById(id);
  const verdicts = new Map();
  const words = new Map(items.map((item) => [item, `${item.dataset.kind} ${item.dataset.page} ${item.textContent}`.toLowerCase()]));

  function filter() {
    const wanted = field("find").value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const { id, kind, severity, page } = item.dataset;
      const state = verdicts.has(id) ? "decided" : "open";
      const fits = [[kind, "kind"], [severity, "severity"], [page, "page"], [state, "state"]]
        .every(([value, name]) => !field(name).value || field(name).value === value);
      item.hidden = !(fits && wanted.every((word) => words.get(item).includes(word)));
      shown += !item.hidden;
    }
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
    field("count").textContent = shown === items.length ? `${items.length} findings` : `${shown} of ${items.length} findings`;
  }

  function decide(button) {
    const item = button.closest("li");
    const taken = button.getAttribute("aria-pressed") === "true";
    for (const other of item.querySelectorAll("[data-verdict]")) other.setAttribute("aria-pressed", "false");
    if (taken) verdicts.delete(item.dataset.id);
    else {
      verdicts.set(item.dataset.id, button.dataset.verdict);
      button.setAttribute("aria-pressed", "true");
    }
    item.classList.toggle("decided", !taken);
    field("decided").textContent = verdicts.size ? `${verdicts.size} decided` : "none yet";
  }

  const folded = (text) => text.replace(/\s+/g, " ").trim();

  function lines() {
    const now = new Date();
    const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
    const rows = [...verdicts].map(([id, decision]) => {
      const note = document.getElementById(`f-${id}`).querySelector("[data-note]").value;
      const row = { ...data[id], decision, date, note, reviewer: field("by").value };
      return columns.map((column) => folded(row[column] || "")).join("\t");
    });
    return [columns.join("\t"), ...rows].join("\n") + "\n";
  }

  function download() {
    const by = field("by");
    if (!folded(by.value) || !verdicts.size) {
      field("decided").textContent = verdicts.size ? "Who decides that? Please fill in your name." : "Nothing is decided yet.";
      if (verdicts.size) by.focus();
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([lines()], { type: "text/tab-separated-values" }));
    link.download = "decisions.tsv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    field("decided").textContent = `${verdicts.size} decided, downloaded`;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-verdict]");
    if (button) decide(button);
  });
  filters.addEventListener("input", filter);
  filters.addEventListener("submit", (event) => event.preventDefault());
  outcome.addEventListener("submit", (event) => {
    event.preventDefault();
    download();
  });
  for (const hidden of [filters, outcome, ...document.querySelectorAll(".decide")]) hidden.hidden = false;
  addEventListener("beforeunload", (event) => {
    if (verdicts.size && !field("decided").textContent.includes("downloaded")) event.preventDefault();
  });
})();
