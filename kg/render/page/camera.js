// The camera: what part of the drawing is on the screen, and how large.
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const WIDEST = 1.35; // a small graph is not blown up beyond this
const FEW_NODES = 80; // more make a crowd: the names of the most important are strong

// The part of the drawing that holds all visible shapes with their names below; names keep their size on the screen.
function frameAt(scale) {
  const font = screenFont(scale) / scale;
  const frame = {left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity};
  for (const id of graph.visible) {
    const [{x, y}, node] = [spots.get(id), nodeById.get(id)];
    const half = Math.max(node.size, (Math.max(...node.lines.map(widthOf)) * font) / 2) + 4;
    widen(frame, {left: x - half, top: y - node.size - 8, right: x + half, bottom: y + node.size + node.lines.length * font * LINE_HEIGHT + 8});
  }
  return frame;
}

function widen(frame, {left, top, right, bottom}) {
  Object.assign(frame, {left: Math.min(frame.left, left), top: Math.min(frame.top, top), right: Math.max(frame.right, right), bottom: Math.max(frame.bottom, bottom)});
}

// Where the camera must be to see everything; no name is put where it would then lie off the screen.
function cameraToFit() {
  const box = $("graph").getBoundingClientRect();
  const scaleFor = (frame) => Math.min(WIDEST, (box.width - 20) / (frame.right - frame.left), (box.height - 72) / (frame.bottom - frame.top));
  let frame = frameAt(1);
  for (let i = 0; i < 4; i++) frame = frameAt(scaleFor(frame));
  const scale = scaleFor(frame);
  const position = {x: (frame.left + frame.right) / 2, y: (frame.top + frame.bottom) / 2 + 20 / scale};
  const [wide, high] = [box.width / 2 / scale, box.height / 2 / scale];
  graph.limits = {left: position.x - wide, right: position.x + wide, top: position.y - high, bottom: position.y + high};
  return {position, scale};
}

function fit(animate = true) {
  if (!graph.visible.size || !$("graph").getBoundingClientRect().width) return;
  moveCamera(cameraToFit(), animate);
  followZoom();
  state.camera = "";
  writeHash();
}

function moveCamera(to, animate = true) {
  graph.network.moveTo({...to, animation: animate && !calm.matches ? {duration: 260, easingFunction: "easeInOutQuad"} : false});
}

function pan([dx, dy]) {
  const [{x, y}, step] = [graph.network.getViewPosition(), 90 / graph.network.getScale()];
  moveCamera({position: {x: x + dx * step, y: y + dy * step}}, false);
  rememberCamera();
}

function zoom(factor) {
  moveCamera({scale: Math.max(0.03, Math.min(6, graph.network.getScale() * factor))}, false);
  followZoom();
  rememberCamera();
}

// Where the camera is, or is moving to.
function rememberCamera({position = graph.network.getViewPosition(), scale = graph.network.getScale()} = {}) {
  state.camera = [position.x, position.y].map(Math.round).concat(scale.toFixed(3)).join(",");
  writeHash();
}

function savedCamera() {
  const [x, y, scale] = state.camera.split(",").map(Number);
  return scale > 0 && Number.isFinite(x) && Number.isFinite(y) ? {position: {x, y}, scale} : null;
}

function restoreCamera() {
  const saved = savedCamera();
  if (!saved) return fit(false);
  moveCamera(saved, false);
  followZoom();
}

// Brings a node into view when it lies outside.
function bringIntoView(id) {
  const at = graph.network.canvasToDOM(spots.get(id));
  const box = $("graph").getBoundingClientRect();
  if (at.x < 40 || at.y < 40 || at.x > box.width - 40 || at.y > box.height - 60) {
    moveCamera({position: spots.get(id)});
    rememberCamera({position: spots.get(id)});
  }
}

// Brings some nodes into view together, no farther away than names can be read.
const READABLE = 0.45;

function frameNodes(ids) {
  const on = ids.filter((id) => graph.visible.has(id));
  if (!on.length) return;
  const [xs, ys] = [on.map((id) => spots.get(id).x), on.map((id) => spots.get(id).y)];
  const [left, right, top, bottom] = [Math.min(...xs) - 90, Math.max(...xs) + 90, Math.min(...ys) - 60, Math.max(...ys) + 90];
  const box = $("graph").getBoundingClientRect();
  const scale = Math.min(1, box.width / (right - left), box.height / (bottom - top));
  const whole = scale >= READABLE;
  const at = whole ? {x: (left + right) / 2, y: (top + bottom) / 2} : spots.get(on.find((id) => graph.focus.picked.has(id)) || on[0]);
  const to = {position: at, scale: Math.max(scale, READABLE)};
  moveCamera(to);
  rememberCamera(to);
  followZoom();
}
