// The graph: vis-network moves the camera, draws the lines and says what was pointed at; `paint` draws the rest.
const SHOWN = 300;
const REVEAL = 30;
const CROWD = 150; // more lines than this are named only from near, or when chosen
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const spots = new Map(data.nodes.map((node) => [node.id, {x: node.x, y: node.y}]));
const bends = bendParallels();

const graph = {network: null, nodes: null, edges: null, visible: new Set(), lines: [], focus: null, hovered: "", found: null, version: 0, placed: null, key: "", zoomed: 1};

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

// The point through which vis-network bends a line (its curvedCW and curvedCCW).
function viaOf(edge) {
  const bend = bends.get(edge.id);
  if (!bend || edge.from === edge.to) return null;
  const from = spots.get(edge.from);
  const to = spots.get(edge.to);
  const [dx, dy] = [to.x - from.x, from.y - to.y];
  const reach = (Math.abs(bend) * 0.5 + 0.5) * Math.hypot(dx, dy);
  const angle = Math.atan2(dy, dx) + (bend * 0.5 + 0.5) * Math.PI;
  return {x: from.x + reach * Math.sin(angle), y: from.y + reach * Math.cos(angle)};
}

function startGraph() {
  graph.nodes = new vis.DataSet();
  graph.edges = new vis.DataSet();
  const options = {
    ...JSON.parse(read("data-options")), // pyvis hands its options over as a string
    interaction: {hover: true, selectable: false, keyboard: false, zoomSpeed: 0.6, hoverConnectedEdges: false, selectConnectedEdges: false},
    nodes: {shape: "dot", chosen: false, borderWidth: 0, color: "rgba(0,0,0,0)", labelHighlightBold: false},
    edges: {smooth: false, chosen: false, selectionWidth: 0, hoverWidth: 0, arrows: {to: {enabled: true, scaleFactor: 0.5}}},
  };
  graph.network = new vis.Network($("graph"), {nodes: graph.nodes, edges: graph.edges}, options);
  const {network} = graph;
  network.on("afterDrawing", paintGraph);
  network.on("click", ({pointer, event}) => clicked(pointer, event.srcEvent || {}));
  network.on("doubleClick", ({pointer}) => {
    const id = network.getNodeAt(pointer.DOM);
    if (id !== undefined) openNeighbours(id);
  });
  network.on("hoverNode", ({node, event}) => hover(`n:${node}`, event));
  network.on("hoverEdge", ({edge, event}) => hover(`e:${edge}`, event));
  network.on("blurNode", () => hover(""));
  network.on("blurEdge", () => hover(""));
  network.on("dragging", ({nodes}) => moved(nodes));
  network.on("dragEnd", ({nodes}) => {
    moved(nodes);
    rememberCamera();
  });
  network.on("zoom", () => {
    hover("");
    followZoom();
    rememberCamera();
  });
  new ResizeObserver(() => graph.found && !state.camera && fit(false)).observe($("graph"));
}

function moved(ids) {
  for (const id of ids) spots.set(id, graph.network.getPosition(id));
  if (ids.length) graph.version += 1;
}

function clicked(pointer, key) {
  const id = graph.network.getNodeAt(pointer.DOM);
  if (id !== undefined) {
    if (key.shiftKey && state.pick.startsWith("n:") && state.pick !== `n:${id}`) return pick(`p:${state.pick.slice(2)}>${id}`);
    return waitingForPath() ? finishPath(id) : pick(`n:${id}`);
  }
  const edge = edgeAt(pointer.canvas);
  return pick(edge ? `e:${edge}` : "");
}

// The nearest line within eight pixels.
function edgeAt(point) {
  let [best, nearest] = ["", 8 / graph.network.getScale()];
  for (const {edge} of graph.lines) {
    const item = {start: spots.get(edge.from), end: spots.get(edge.to), via: viaOf(edge)};
    let last = item.start;
    for (let i = 1; i <= (item.via ? 16 : 1); i++) {
      const next = pointOn(item, i / (item.via ? 16 : 1));
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

// Of what passes the lenses: everything if it is not much, else what the layout chose and what the reader opened.
function visibleNodes(found) {
  if (found.nodes.size <= SHOWN) return new Set(found.nodes);
  const opened = new Set(state.opened);
  const ranked = [...found.nodes].map((id) => nodeById.get(id)).sort((a, b) => b.shown - a.shown || edgesOf.get(b.id).length - edgesOf.get(a.id).length || a.rank - b.rank);
  return new Set(ranked.slice(0, SHOWN).map((node) => node.id).concat([...opened].filter((id) => found.nodes.has(id))));
}

function showGraph(found) {
  graph.found = found;
  graph.visible = visibleNodes(found);
  graph.lines = [...found.edges.values()].filter(({edge}) => graph.visible.has(edge.from) && graph.visible.has(edge.to));
  syncNodes();
  focusOn(state.pick);
  const [many, all] = [graph.visible.size, found.nodes.size];
  $("shown").replaceChildren(...(many < all ? [`Showing the ${many.toLocaleString("en")} most connected of ${all.toLocaleString("en")}`,
    button({onclick: () => openAll(), class: "plain"}, "Show all")] : []));
  $("hint").textContent = all ? "Click a shape or a line · Shift-click a second shape for the path between them" : "Nothing passes these lenses";
}

// Shapes and lines never get thinner on the screen than a finger can hit and an eye can see.
const LEAST = 7;
const sizeOf = (id) => Math.max(nodeById.get(id).size, LEAST / graph.zoomed);

function syncNodes() {
  sync(graph.nodes, [...graph.visible].map((id) => ({id, ...spots.get(id), size: sizeOf(id)})), (item) => String(item.size));
}

// The scale in steps, so that a turn of the wheel does not restyle everything.
function followZoom() {
  const zoomed = Math.min(1, 2 ** (Math.round(Math.log2(graph.network.getScale()) * 3) / 3));
  if (zoomed === graph.zoomed) return;
  graph.zoomed = zoomed;
  syncNodes();
  focusOn(state.pick);
}

// Brings a DataSet to what is wanted, touching only what changed.
function sync(set, wanted, signature) {
  set.kept = set.kept || new Map();
  const next = new Map(wanted.map((item) => [item.id, signature(item)]));
  set.remove([...set.kept.keys()].filter((id) => !next.has(id)));
  set.update(wanted.filter((item) => set.kept.get(item.id) !== next.get(item.id)));
  set.kept = next;
}

function styleLine({edge, status}) {
  const look = STATUSES[status];
  const faint = graph.focus && !graph.focus.edges.has(edge.id);
  const strong = graph.focus && !faint && graph.focus.strong;
  const crowded = !graph.focus && graph.lines.length > 2 * CROWD;
  const bend = bends.get(edge.id);
  return {
    id: edge.id, from: edge.from, to: edge.to, width: (look.width + (strong ? 1 : 0)) * Math.max(1, 0.7 / graph.zoomed), dashes: look.dash.length ? look.dash : false,
    color: {color: faint ? `${looks[status]}1f` : crowded ? `${looks[status]}80` : looks[status], inherit: false},
    smooth: bend && edge.from !== edge.to ? {enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend)} : false,
  };
}

// What a pick is about: the rest of the picture steps back.
function focusOn(picked) {
  const about = focusOf(picked);
  graph.focus = about.nodes.size || about.edges.size ? about : null;
  sync(graph.edges, graph.lines.map(styleLine), (item) => `${item.color.color} ${item.width} ${item.dashes}`);
  graph.version += 1;
  graph.network.redraw();
}

function focusOf(picked) {
  const [kind, id] = [picked.slice(0, 1), picked.slice(2)];
  const about = {nodes: new Set(), edges: new Set(), picked: new Set(), strong: true};
  const take = (edge) => {
    about.edges.add(edge.id);
    about.nodes.add(edge.from).add(edge.to);
  };
  if (kind === "n" && nodeById.has(id)) {
    if (graph.visible.has(id)) about.nodes.add(id);
    about.picked.add(id);
    edgesOf.get(id).filter((edge) => graph.found.edges.has(edge.id)).forEach(take);
  } else if (kind === "e" && edgeById.has(id)) {
    take(edgeById.get(id));
    about.picked.add(id);
  } else if (kind === "d" && differenceById.has(id)) {
    const difference = differenceById.get(id);
    const at = data.differences.indexOf(difference);
    data.edges.filter((edge) => edge.differ.includes(at) && graph.found.edges.has(edge.id)).forEach(take);
    if (graph.visible.has(difference.about)) about.nodes.add(difference.about);
  } else if (kind === "c" && data.claims[id]) {
    edgesByClaim[id].forEach(take);
    nodesByClaim[id].filter((node) => graph.visible.has(node.id)).forEach((node) => about.nodes.add(node.id));
  } else if (kind === "p") {
    for (const step of pathOf(picked) || []) take(step.edge);
  }
  return about;
}

function hover(what, event) {
  if (graph.hovered === what) return;
  graph.hovered = what;
  $("graph").classList.toggle("pointing", Boolean(what));
  showTip(what, event);
  graph.network.redraw();
}

function showTip(what, event) {
  let tip = $("tip");
  if (!tip) $("view-graph").append((tip = el("div", {id: "tip", role: "tooltip", hidden: true})));
  const found = what.startsWith("e:") && graph.found.edges.get(what.slice(2));
  tip.hidden = !found;
  if (!found) return;
  tip.replaceChildren(sentenceOf(found.edge, found.phrase), el("div", {class: "muted"}, `${STATUSES[found.status].label} · ${count(found.outlets.length, "outlet")}`));
  const box = $("view-graph").getBoundingClientRect();
  const x = Math.min((event ? event.clientX : 0) - box.left + 12, box.width - tip.offsetWidth - 8);
  tip.style.transform = `translate(${x}px, ${(event ? event.clientY : 0) - box.top + 14}px)`;
}

function nodeItems() {
  const contested = new Set([...graph.found.differences.keys()].map((at) => data.differences[at].about));
  return [...graph.visible].map((id) => {
    const node = nodeById.get(id);
    const faint = Boolean(graph.focus && !graph.focus.nodes.has(id));
    const picked = Boolean(graph.focus && graph.focus.picked.has(id));
    return {id, ...spots.get(id), size: sizeOf(id), kind: node.kind, colour: kindColour(node), lines: node.lines, faint, picked, hovered: graph.hovered === `n:${id}`,
      contested: contested.has(id), more: hiddenNeighbours(id).length, named: !faint && (state.labels || picked || graph.hovered === `n:${id}`),
      weight: node.size + (picked ? 1000 : 0) + (graph.hovered === `n:${id}` ? 500 : 0)};
  });
}

function edgeItems(scale) {
  if (!graph.focus && graph.lines.length > CROWD && scale < 0.7) return [];
  return graph.lines.filter(({edge}) => edge.from !== edge.to && (graph.focus ? graph.focus.edges.has(edge.id) : state.labels)).map(({edge, status, phrase}) => ({
    id: edge.id, text: lineLabel({edge, status, phrase}), start: spots.get(edge.from), end: spots.get(edge.to), via: viaOf(edge), sizes: sizeOf(edge.from) + sizeOf(edge.to) + 8 / scale,
    status, weight: STATUSES[status].width, must: Boolean(graph.focus && graph.focus.picked.has(edge.id)),
  }));
}

function paintGraph(ctx) {
  if (!graph.found) return;
  const scale = graph.network.getScale();
  const key = `${graph.version} ${scale} ${graph.hovered} ${state.labels}`;
  if (graph.key !== key) {
    graph.items = nodeItems();
    graph.placed = placeLabels(graph.items, edgeItems(scale), scale);
    graph.key = key;
  }
  for (const item of graph.items) if (item.faint) paintNode(ctx, item);
  for (const item of graph.items) if (!item.faint) paintNode(ctx, item);
  paintLabels(ctx, graph.placed, graph.focus ? graph.focus.picked : new Set());
}

function hiddenNeighbours(id) {
  if (graph.visible.size === graph.found.nodes.size) return [];
  return unique(edgesOf.get(id).filter((edge) => graph.found.edges.has(edge.id)).map((edge) => otherEnd(edge, id))).filter((other) => !graph.visible.has(other));
}

function openNeighbours(id) {
  const more = hiddenNeighbours(id).sort((a, b) => edgesOf.get(b).length - edgesOf.get(a).length || (a < b ? -1 : 1)).slice(0, REVEAL);
  if (!more.length) return;
  state.opened = unique([...state.opened, ...more]);
  tell(`${count(more.length, "neighbour")} of ${nodeById.get(id).label} shown`);
  refresh();
}

function openAll() {
  state.opened = [...graph.found.nodes];
  refresh();
  fit();
}

// A thing that is not on the screen yet comes with its own neighbours among those that are.
function reveal(ids) {
  const missing = ids.filter((id) => graph.found.nodes.has(id) && !graph.visible.has(id));
  if (!missing.length) return false;
  state.opened = unique([...state.opened, ...missing]);
  showGraph(graph.found);
  return true;
}

// The part of the drawing that holds all visible nodes with their labels, wherever these stand at that scale.
function frameAt(scale) {
  const frame = frameOf(graph.visible);
  for (const label of placeLabels(nodeItems(), edgeItems(scale), scale).names) {
    Object.assign(frame, {left: Math.min(frame.left, label.left), right: Math.max(frame.right, label.right), top: Math.min(frame.top, label.top), bottom: Math.max(frame.bottom, label.bottom)});
  }
  return frame;
}

function frameOf(ids) {
  const frame = {left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity};
  for (const id of ids) {
    const [{x, y}, node] = [spots.get(id), nodeById.get(id)];
    const half = Math.max(node.size, (Math.max(...node.lines.map(widthOf)) * BASE_FONT) / 2) + 6;
    Object.assign(frame, {left: Math.min(frame.left, x - half), right: Math.max(frame.right, x + half), top: Math.min(frame.top, y - node.size - 10),
      bottom: Math.max(frame.bottom, y + node.size + node.lines.length * BASE_FONT * LINE_HEIGHT + 10)});
  }
  return frame;
}

function fit(animate = true) {
  if (!graph.visible.size) return;
  const box = $("graph").getBoundingClientRect();
  if (!box.width) return;
  // names keep their size on the screen, so the frame and the scale have to find each other
  const scaleFor = (frame) => Math.min(1.35, (box.width - 20) / (frame.right - frame.left), (box.height - 72) / (frame.bottom - frame.top));
  let frame = frameOf(graph.visible);
  for (let i = 0; i < 3; i++) frame = frameAt(scaleFor(frame));
  const scale = scaleFor(frame);
  moveCamera({position: {x: (frame.left + frame.right) / 2, y: (frame.top + frame.bottom) / 2 + 20 / scale}, scale}, animate);
  followZoom();
  state.camera = "";
  writeHash();
}

function moveCamera(to, animate = true) {
  graph.network.moveTo({...to, animation: animate && !calm.matches ? {duration: 260, easingFunction: "easeInOutQuad"} : false});
}

function zoom(factor) {
  moveCamera({scale: Math.max(0.03, Math.min(6, graph.network.getScale() * factor))}, false);
  followZoom();
  rememberCamera();
}

function rememberCamera() {
  const {x, y} = graph.network.getViewPosition();
  state.camera = [x, y].map(Math.round).concat(graph.network.getScale().toFixed(3)).join(",");
  writeHash();
}

function restoreCamera() {
  const [x, y, scale] = state.camera.split(",").map(Number);
  if (scale > 0 && Number.isFinite(x) && Number.isFinite(y)) moveCamera({position: {x, y}, scale}, false);
  else fit(false);
  followZoom();
}

// Brings a node into view when it lies outside.
function bringIntoView(id) {
  const at = graph.network.canvasToDOM(spots.get(id));
  const box = $("graph").getBoundingClientRect();
  if (at.x < 40 || at.y < 40 || at.x > box.width - 40 || at.y > box.height - 60) moveCamera({position: spots.get(id)});
}
