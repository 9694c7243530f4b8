// The lines: where each runs, what it looks like, which one lies under the pointer. Coordinates are the network's.
const bends = bendParallels();
const SWARM = 2500; // lines on the screen

// Lines between the same two things are bent apart, evenly to both sides.
function bendParallels() {
  const pairs = new Map();
  for (const edge of data.edges) {
    const key = edge.from < edge.to ? `${edge.from}\n${edge.to}` : `${edge.to}\n${edge.from}`;
    pairs.has(key) ? pairs.get(key).push(edge) : pairs.set(key, [edge]);
  }
  const found = new Map();
  for (const group of pairs.values()) {
    group.forEach((edge, i) => found.set(edge.id, (i - (group.length - 1) / 2) * 0.2 * (edge.from < edge.to ? 1 : -1)));
  }
  return found;
}

// The point that a bent line is drawn towards; null for a straight one.
function viaOf(edge) {
  const bend = bends.get(edge.id);
  if (!bend) return null;
  const from = spots.get(edge.from);
  const to = spots.get(edge.to);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return {x: (from.x + to.x) / 2 - dy * bend, y: (from.y + to.y) / 2 + dx * bend};
}

// From end to end. A line from a thing to itself is a loop beside it.
function courseOf(edge) {
  const [start, end] = [spots.get(edge.from), spots.get(edge.to)];
  if (edge.from !== edge.to) return {start, end, via: viaOf(edge), loop: 0};
  const loop = sizeOf(edge.from) * (0.7 + Math.abs(bends.get(edge.id)) * 2);
  return {start, end, via: null, loop, middle: {x: start.x + sizeOf(edge.from) + loop * 0.6, y: start.y - sizeOf(edge.from)}};
}

// A point of a line, straight or bent through `via`.
function pointOn({start, end, via, loop, middle}, t) {
  if (loop) return {x: middle.x + loop * Math.cos(t * 2 * Math.PI - 2.4), y: middle.y + loop * Math.sin(t * 2 * Math.PI - 2.4)};
  if (!via) return {x: start.x + (end.x - start.x) * t, y: start.y + (end.y - start.y) * t};
  const a = (1 - t) ** 2;
  const b = 2 * t * (1 - t);
  const c = t ** 2;
  return {x: a * start.x + b * via.x + c * end.x, y: a * start.y + b * via.y + c * end.y};
}

// Where the arrow's tip touches the shape at the end, and the way it points.
function tipOf(edge, course) {
  const toward = course.via || course.start;
  const apart = Math.hypot(course.end.x - toward.x, course.end.y - toward.y) || 1;
  const [ux, uy] = [(course.end.x - toward.x) / apart, (course.end.y - toward.y) / apart];
  const reach = Math.min(apart, sizeOf(edge.to) * 1.04 + 2.5);
  return {x: course.end.x - ux * reach, y: course.end.y - uy * reach, ux, uy};
}

// The nearest line within eight pixels of a point.
function edgeAt(point) {
  let [best, nearest] = ["", 8 / graph.network.getScale()];
  for (const {edge} of graph.lines) {
    const course = courseOf(edge);
    const pieces = course.via || course.loop ? 16 : 1;
    let last = pointOn(course, 0);
    for (let i = 1; i <= pieces; i++) {
      const next = pointOn(course, i / pieces);
      const apart = distanceTo(point, last, next);
      if (apart < nearest) [best, nearest] = [edge.id, apart];
      last = next;
    }
  }
  return best;
}

function distanceTo(point, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const t = Math.max(0, Math.min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}

// How a line is drawn now: widths and dashes are those of the screen, thinner where many lines are seen from afar.
function lookOf({edge, status}, scale, many) {
  const look = STATUSES[status];
  const inFocus = graph.focus && graph.focus.edges.has(edge.id);
  const crowded = !graph.focus && many > 2 * CROWD;
  const grown = Math.min(1.5, Math.max(crowded ? 0.6 : 0.75, scale));
  const hovered = graph.hovered === `e:${edge.id}`;
  return {
    width: (Math.min(look.width, crowded ? 2.2 : 9) + (inFocus ? 1 : 0) + (hovered ? 1.5 : 0)) * grown, grown,
    alpha: graph.focus && !inFocus ? 0.13 : hovered || !crowded ? 1 : 0.5,
  };
}

// Lines that look alike are one path: a few strokes for thousands of lines.
function paintLines(ctx, scale, view) {
  let near = graph.lines.filter(({edge}) => mayShow(edge, view));
  const many = near.length;
  ctx.save();
  ctx.lineJoin = "round";
  if (many > SWARM) {
    paintSwarm(ctx, scale);
    near = near.filter(({edge}) => graph.hovered === `e:${edge.id}` || (graph.focus && graph.focus.edges.has(edge.id)));
  }
  const alike = new Map();
  for (const item of near) {
    const look = lookOf(item, scale, many);
    const key = `${look.alpha} ${item.status} ${look.width}`;
    if (!alike.has(key)) alike.set(key, {...look, status: item.status, edges: []});
    alike.get(key).edges.push(item.edge);
  }
  for (const group of [...alike.values()].sort((a, b) => a.alpha - b.alpha || a.width - b.width)) {
    ctx.globalAlpha = group.alpha;
    ctx.strokeStyle = ctx.fillStyle = looks[group.status];
    ctx.lineWidth = group.width / scale;
    ctx.setLineDash(STATUSES[group.status].dash.map((length) => (length * group.grown) / scale));
    const [path, tips] = [new Path2D(), new Path2D()];
    for (const edge of group.edges) tracePath(path, tips, edge, (4.5 + group.width * 1.7) / scale);
    ctx.stroke(path);
    ctx.fill(tips);
  }
  ctx.restore();
}

// So many that nobody could tell them apart: thin, without dashes and tips, and traced only when they change.
const swarm = {version: -1, paths: new Map()};

function paintSwarm(ctx, scale) {
  if (swarm.version !== graph.version) {
    swarm.version = graph.version;
    swarm.paths = new Map(Object.keys(STATUSES).map((status) => [status, new Path2D()]));
    for (const {edge, status} of graph.lines) tracePath(swarm.paths.get(status), null, edge, 0);
  }
  ctx.globalAlpha = graph.focus ? 0.08 : 0.3;
  ctx.lineWidth = 1 / scale;
  for (const [status, path] of swarm.paths) {
    ctx.strokeStyle = looks[status];
    ctx.stroke(path);
  }
}

// Whether a line can touch the part of the drawing that is on the screen.
function mayShow(edge, {left, top, right, bottom}) {
  const [a, b] = [spots.get(edge.from), spots.get(edge.to)];
  const bow = edge.from === edge.to ? 100 : Math.abs(bends.get(edge.id)) * (Math.abs(a.x - b.x) + Math.abs(a.y - b.y));
  return Math.max(a.x, b.x) + bow >= left && Math.min(a.x, b.x) - bow <= right && Math.max(a.y, b.y) + bow >= top && Math.min(a.y, b.y) - bow <= bottom;
}

function tracePath(path, tips, edge, long) {
  const course = courseOf(edge);
  if (course.loop) {
    path.moveTo(course.middle.x + course.loop, course.middle.y);
    path.arc(course.middle.x, course.middle.y, course.loop, 0, 2 * Math.PI);
    return;
  }
  const {x, y, ux, uy} = tipOf(edge, course);
  const [bx, by] = [x - ux * long * 0.8, y - uy * long * 0.8];
  path.moveTo(course.start.x, course.start.y);
  course.via ? path.quadraticCurveTo(course.via.x, course.via.y, bx, by) : path.lineTo(bx, by);
  if (!tips) return;
  const half = long * 0.42;
  tips.moveTo(x, y);
  tips.lineTo(x - ux * long - uy * half, y - uy * long + ux * half);
  tips.lineTo(x - ux * long + uy * half, y - uy * long - ux * half);
  tips.closePath();
}
