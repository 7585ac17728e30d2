// Names on the canvas, always of a size that can be read: each where it covers no other, the best connected first.
const measured = new Map(), widths = new Map(), TRIED = 400;
let sheet = null;
function lines(words, wide, most) {
  const key = wide + words;
  if (measured.has(key)) return measured.get(key);
  const rows = [""];
  for (const word of words.split(/\s+/)) {
    const last = rows[rows.length - 1];
    if (last && (last + " " + word).length > wide && rows.length < most) rows.push(word);
    else rows[rows.length - 1] = last ? last + " " + word : word;
  }
  const cut = rows.map((row) => (row.length > wide * 2 ? row.slice(0, wide * 2 - 1) + "…" : row));
  measured.set(key, cut);
  return cut;
}

// Rectangles that are taken, looked up by the part of the sheet that they lie in.
function newSheet() {
  const cells = new Map(), size = 80;
  const over = (box, act) => {
    for (let x = Math.floor(box[0] / size); x <= Math.floor(box[2] / size); x++)
      for (let y = Math.floor(box[1] / size); y <= Math.floor(box[3] / size); y++) if (act(x * 65536 + y)) return true;
    return false;
  };
  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  return {
    take: (box, of) => over(box, (key) => { const cell = cells.get(key); if (cell) cell.push([box, of]); else cells.set(key, [[box, of]]); }),
    covered: (box, but) => {
      const found = new Set();
      over(box, (key) => { for (const [other, of] of cells.get(key) || []) if (of !== but && meet(box, other)) found.add(of); });
      return found.size;
    },
    taken: (box, but) => over(box, (key) => (cells.get(key) || []).some(([other, of]) => of !== but && meet(box, other))),
    at: (x, y) => {
      const cell = cells.get(Math.floor(x / size) * 65536 + Math.floor(y / size)) || [];
      const found = cell.find(([box]) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
      return found && found[1];
    },
  };
}

function drawLabels(context) {
  const { canvas } = context, ratio = canvas.width / canvas.clientWidth || 1, wide = canvas.clientWidth, high = canvas.clientHeight;
  const scale = network.getScale(), middle = network.getViewPosition(), at = network.getPositions();
  const place = ({ x, y }) => [(x - middle.x) * scale + wide / 2, (y - middle.y) * scale + high / 2];
  const names = newSheet(), dots = newSheet(), ends = new Map();
  const base = (narrow.matches ? 14 : 13) * Math.min(1.5, Math.max(1, scale));
  const items = onCanvas.filter((item) => at[item.id]); // while others are put in their place, some are missing
  for (const item of items) {
    const [x, y] = place(at[item.id]), r = (item.size || 12) * scale;
    ends.set(item.id, [x, y, r]);
    dots.take([x - r, y - r, x + r, y + r], item.id);
  }
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 4, strokeStyle: colour("card") });
  const [ink, soft] = [colour("ink"), colour("soft")];
  const write = (rows, box, size, of, fill, weight) => {
    names.take(box, of);
    context.font = `${weight} ${size}px Arial, "Liberation Sans", sans-serif`;
    context.fillStyle = fill;
    rows.forEach((row, i) => {
      const x = (box[0] + box[2]) / 2, y = box[1] + 2 + size * (0.6 + 1.2 * i);
      context.strokeText(row, x, y);
      context.fillText(row, x, y);
    });
  };
  const room = (rows, size, weight) => {
    const key = weight + " " + rows.join("\n");
    if (!widths.has(key)) {
      context.font = `${weight} 100px Arial, "Liberation Sans", sans-serif`;
      widths.set(key, Math.max(...rows.map((row) => context.measureText(row).width)) / 100);
    }
    return [widths.get(key) * size / 2 + 4, rows.length * size * 0.6 + 2];
  };
  const first = items.filter((item) => near.has(item.id)).sort((a, b) => (b.id === chosen) - (a.id === chosen));
  const order = near.size ? [...first, ...items.filter((item) => !near.has(item.id))] : items;
  let left = Math.ceil(wide * high / 5500);
  order.forEach((item, rank) => {
    const [x, y, r] = ends.get(item.id), wanted = item.id === chosen || item.id === hovered;
    if (!item.name || x < 0 || y < 0 || x > wide || y > high || ((!left || rank > TRIED) && !wanted)) return;
    const great = rank < 14 || near.has(item.id), weight = item.group === undefined || wanted ? 700 : 400;
    const size = base + (item.weight >= heavy ? 2 : 0), rows = lines(item.name, item.community === undefined ? 18 : 24, item.community === undefined ? 2 : 3);
    const [w, h] = room(rows, size, weight);
    const boxes = [[x - w, y + r, x + w, y + r + 2 * h], [x - w, y - r - 2 * h, x + w, y - r], [x + r, y - h, x + r + 2 * w, y + h], [x - r - 2 * w, y - h, x - r, y + h],
      ...[-0.8, 0.8].flatMap((part) => [[x - w + part * w, y + r, x + w + part * w, y + r + 2 * h], [x - w + part * w, y - r - 2 * h, x + w + part * w, y - r]])];
    const whole = boxes.filter((box) => box[0] >= 0 && box[1] >= 0 && box[2] <= wide && box[3] <= high);
    const free = whole.filter((box) => !names.taken(box, item.id));
    const least = () => free.map((box) => [dots.covered(box, item.id), box]).sort((a, b) => a[0] - b[0]).map(([, box]) => box)[0];
    const best = free.find((box) => !dots.taken(box, item.id)) || (great ? least() : undefined) || (wanted ? whole[0] || boxes[0] : undefined);
    if (!best) return;
    left -= 1;
    write(rows, best, size, item.id, near.size && !near.has(item.id) ? soft : ink, weight);
  });
  const size = narrow.matches ? 14 : 13;
  for (const line of linesOnCanvas) {
    const mine = line.id === chosen || line.from === chosen || line.to === chosen;
    if (!line.words || !ends.has(line.from) || !ends.has(line.to) || !(mine || (scale > 0.7 && linesOnCanvas.length < 3000))) continue;
    const [x0, y0] = ends.get(line.from), [x1, y1] = ends.get(line.to);
    if (Math.max(x0, x1) < 0 || Math.min(x0, x1) > wide || Math.max(y0, y1) < 0 || Math.min(y0, y1) > high) continue;
    const rows = [line.words], [w, h] = room(rows, size, 400);
    if (Math.hypot(x1 - x0, y1 - y0) < w && line.id !== chosen) continue;
    for (const part of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      const x = x0 + (x1 - x0) * part, y = y0 + (y1 - y0) * part, box = [x - w, y - h, x + w, y + h];
      if (box[0] < 0 || box[2] > wide || names.taken(box) || dots.taken(box)) continue;
      write(rows, box, size, line.id, mine ? ink : soft, 400);
      break;
    }
  }
  context.restore();
  sheet = { names, ends };
}

// What a reader means who points at a name, or nearly at a dot.
function pointedAt({ x, y }) {
  const named = sheet && sheet.names.at(x, y);
  if (named !== undefined && named !== null) return named;
  let best = null, least = 12;
  for (const [id, [x0, y0, r]] of sheet ? sheet.ends : []) {
    const far = Math.hypot(x - x0, y - y0) - r;
    if (far < least) { least = far; best = id; }
  }
  return best;
}
