(function () {
  "use strict";
  const find = document.getElementById("find"), count = document.getElementById("count");
  const plain = (words) => words.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const maps = [...document.querySelectorAll(".maps li")].map((item) => [item, plain(item.dataset.names)]);
  const all = count.textContent;
  find.form.hidden = false;
  find.form.addEventListener("submit", (event) => event.preventDefault());
  find.addEventListener("input", () => {
    const words = plain(find.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [item, names] of maps) {
      item.hidden = !words.every((word) => names.includes(word));
      if (!item.hidden) shown += 1;
    }
    count.textContent = words.length ? shown + " of " + maps.length + " maps" : all;
  });
})();
