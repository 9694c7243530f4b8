// Which labels fit, and where: names stay the same size on the screen at every zoom, as on a map, and a label that
// would lie on another or on a foreign node is left out until there is room. The important ones choose first.
const BASE_FONT = 13;
const LINE_HEIGHT = 1.25;
const EDGE_FONT = 0.86; // of the nodes' font
const SURE = 0.08; // of the names, the most important ones: they stand apart from their shape rather than go unsaid
const AWAY = [14, 24, 36, 50, 66, 84]; // pixels from the shape, for those
const screenFont = (scale) => Math.min(16, Math.max(11, BASE_FONT * scale));

class Taken {
  constructor(cell) {
    this.cell = cell;
    this.cells = new Map();
  }

  * near(box) {
    const {cell} = this;
    for (let x = Math.floor(box.left / cell); x <= Math.floor(box.right / cell); x++) {
      for (let y = Math.floor(box.top / cell); y <= Math.floor(box.bottom / cell); y++) yield `${x},${y}`;
    }
  }

  add(box) {
    for (const key of this.near(box)) this.cells.has(key) ? this.cells.get(key).push(box) : this.cells.set(key, [box]);
  }

  hits(box, owner) {
    for (const key of this.near(box)) {
      for (const other of this.cells.get(key) || []) {
        if (other.owner !== owner && box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) return true;
      }
    }
    return false;
  }
}

const widths = new Map();
const ruler = document.createElement("canvas").getContext("2d");

function widthOf(line) {
  if (!widths.has(line)) {
    ruler.font = `500 ${BASE_FONT}px ${looks.font}`;
    widths.set(line, ruler.measureText(line).width / BASE_FONT);
  }
  return widths.get(line);
}

const nameWidth = (item) => Math.max(...item.lines.map(widthOf)) * (item.strong ? 1.07 : 1);

// The four sides of a node where its name can stand; below is first.
function nodePlaces(item, font, gap) {
  const width = nameWidth(item) * font;
  const height = item.lines.length * font * LINE_HEIGHT;
  const {x, y, size} = item;
  const box = (left, top, align) => ({left, top, right: left + width, bottom: top + height, align, owner: item.id});
  return [
    box(x - width / 2, y + size + gap, "center"), box(x - width / 2, y - size - gap - height, "center"),
    box(x + size + gap * 2, y - height / 2, "left"), box(x - size - gap * 2 - width, y - height / 2, "right"),
  ];
}

// Places around a node, farther and farther from it, each tied to it by a thin leader.
function apartPlaces(item, font, scale) {
  const width = nameWidth(item) * font;
  const height = item.lines.length * font * LINE_HEIGHT;
  return AWAY.map((away) => Array.from({length: 16}, (_, i) => {
    const [ux, uy] = [Math.cos((i * Math.PI) / 8), Math.sin((i * Math.PI) / 8)];
    const reach = item.size + away / scale;
    const [x, y] = [item.x + ux * (reach + width / 2), item.y + uy * (reach + height / 2)];
    return {left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2, align: "center", owner: item.id, leader: {x: item.x + ux * item.size, y: item.y + uy * item.size, tx: x - ux * width / 2, ty: y - uy * height / 2}};
  }));
}

// Along a line, as small boxes in a row, so that a slanting label needs no more room than it takes.
function edgePlace(item, t, font) {
  const width = widthOf(item.text) * font + font * 0.5;
  const at = pointOn(item, t);
  const before = pointOn(item, t - 0.04);
  const after = pointOn(item, t + 0.04);
  let angle = Math.atan2(after.y - before.y, after.x - before.x);
  if (angle > Math.PI / 2 || angle <= -Math.PI / 2) angle += Math.PI;
  const half = font * 0.58;
  const pieces = Math.max(1, Math.ceil(width / (half * 2)));
  const boxes = [];
  for (let i = 0; i < pieces; i++) {
    const along = -width / 2 + (width / pieces) * (i + 0.5);
    const x = at.x + Math.cos(angle) * along;
    const y = at.y + Math.sin(angle) * along;
    boxes.push({left: x - half, right: x + half, top: y - half, bottom: y + half, owner: item.id});
  }
  return {...at, angle, width, boxes};
}

// The first of the places that the fewest lines run through; below the node is first, and a little preferred.
function leastCrossed(places, lines) {
  let [best, fewest] = [undefined, Infinity];
  places.forEach((box, i) => {
    const crossed = lines.reduce((sum, line) => sum + (runsThrough(line, box) ? 1 : 0), 0) + (i ? 0.5 + i / 10 : 0);
    if (crossed < fewest) [best, fewest] = [box, crossed];
  });
  return best;
}

function runsThrough({start, end, via}, box) {
  const middle = via ? {x: (start.x + 2 * via.x + end.x) / 4, y: (start.y + 2 * via.y + end.y) / 4} : end;
  return clips(start, middle, box) || (via && clips(middle, end, box));
}

// Whether a segment touches a box (Liang & Barsky 1984).
function clips(a, b, box) {
  if (Math.max(a.x, b.x) < box.left || Math.min(a.x, b.x) > box.right || Math.max(a.y, b.y) < box.top || Math.min(a.y, b.y) > box.bottom) return false;
  let [enter, leave] = [0, 1];
  for (const [from, delta, low, high] of [[a.x, b.x - a.x, box.left, box.right], [a.y, b.y - a.y, box.top, box.bottom]]) {
    if (Math.abs(delta) < 1e-9) continue;
    const [one, two] = [(low - from) / delta, (high - from) / delta];
    enter = Math.max(enter, Math.min(one, two));
    leave = Math.min(leave, Math.max(one, two));
  }
  return enter < leave;
}

// Within what is seen when everything is; what stands outside of that has been put there by the reader.
function onScreen(box, {x, y}) {
  const {left, right, top, bottom} = graph.limits;
  if (x < left || x > right || y < top || y > bottom) return true;
  return box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom;
}

// items: {id, x, y, size, lines, weight, named} and {id, start, end, via, sizes, text, weight}; gives what to draw.
function placeLabels(nodes, edges, scale) {
  const font = screenFont(scale) / scale;
  const gap = 3 / scale;
  const taken = new Taken(60 / scale);
  for (const node of nodes) taken.add({left: node.x - node.size, right: node.x + node.size, top: node.y - node.size, bottom: node.y + node.size, owner: node.id});
  const names = [];
  const lines = edges.length > 1500 ? [] : edges;
  const ranked = nodes.filter((item) => item.named).sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  const sure = Math.min(24, Math.max(12, ranked.length * SURE));
  const free = (places, node) => places.filter((box) => onScreen(box, node) && !taken.hits(box, node.id));
  for (const [rank, node] of ranked.entries()) {
    const tries = rank < sure ? [1, 3, 6] : [1];
    node.strong = rank < sure && nodes.length > FEW_NODES;
    let place = tries.reduce((found, apart) => found || leastCrossed(free(nodePlaces(node, font, gap * apart), node), lines), undefined);
    if (!place && rank < Math.max(6, ranked.length * SURE)) place = apartPlaces(node, font, scale).reduce((found, ring) => found || leastCrossed(free(ring, node), lines), undefined);
    if (!place) continue;
    taken.add({...place, owner: `label ${node.id}`});
    names.push({...place, id: node.id, lines: node.lines, weight: node.weight, strong: node.strong});
  }
  const said = [];
  const small = font * EDGE_FONT;
  for (const edge of edges.filter((item) => item.text).sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))) {
    const room = Math.hypot(edge.end.x - edge.start.x, edge.end.y - edge.start.y) - edge.sizes - 6 / scale;
    if (widthOf(edge.text) * small > room && !edge.must) continue;
    const place = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73].map((t) => edgePlace(edge, t, small)).find(({boxes}) => boxes.every((box) => !taken.hits(box, edge.id)));
    if (!place) continue;
    for (const box of place.boxes) taken.add({...box, owner: `label ${edge.id}`});
    said.push({...place, id: edge.id, text: edge.text, status: edge.status, weight: edge.weight});
  }
  return {font, names, said};
}
