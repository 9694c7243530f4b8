// The graph: vis-network moves the camera and says which shape was pointed at; `paint` and `lines` draw.
const SHOWN = 300;
const REVEAL = 30;
const CROWD = 150; // more lines than this are named only from near, or when chosen
const spots = new Map(data.nodes.map((node) => [node.id, {x: node.x, y: node.y}]));

const graph = {network: null, nodes: null, visible: new Set(), lines: [], focus: null, hovered: "", found: null, version: 0, placed: null, items: [], key: "", zoomed: 1, least: 0, limits: null};

// Shapes are given to vis-network before it starts, and the camera's place with them: nothing is drawn twice.
function startGraph() {
  graph.nodes = new vis.DataSet();
  showGraph(look(state.lens));
  const whole = cameraToFit();
  const camera = savedCamera() || whole;
  graph.zoomed = zoomStep(camera.scale);
  syncNodes();
  const options = {
    ...JSON.parse(read("data-options")), // pyvis hands its options over as a string
    interaction: {hover: false, selectable: false, keyboard: false, zoomSpeed: 0.6},
    nodes: {shape: "dot", chosen: false, borderWidth: 0, color: "rgba(0,0,0,0)", labelHighlightBold: false},
  };
  graph.network = new vis.Network($("graph"), {nodes: graph.nodes, edges: new vis.DataSet()}, options);
  moveCamera(camera, false);
  const {network} = graph;
  $("graph").querySelector(".vis-network").tabIndex = -1; // one stop of the Tab key, with our keys, is enough
  network.on("afterDrawing", paintGraph);
  network.on("click", ({pointer, event}) => clicked(pointer, event.srcEvent || {}));
  network.on("doubleClick", ({pointer}) => {
    const id = network.getNodeAt(pointer.DOM);
    if (id !== undefined) openNeighbours(id);
  });
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
  $("graph").addEventListener("pointermove", pointed);
  $("graph").addEventListener("pointerleave", () => hover(""));
  let size = "";
  new ResizeObserver(([{contentRect: {width, height}}]) => {
    if (size && size !== `${width} ${height}` && !state.camera) fit(false);
    size = `${width} ${height}`;
  }).observe($("graph"));
}

// What a mouse is over; a finger is over nothing.
function pointed(event) {
  if (event.pointerType === "touch" || event.buttons) return;
  const box = $("graph").getBoundingClientRect();
  const at = {x: event.clientX - box.left, y: event.clientY - box.top};
  const node = graph.network.getNodeAt(at);
  const edge = node === undefined ? edgeAt(graph.network.DOMtoCanvas(at)) : "";
  hover(node !== undefined ? `n:${node}` : edge ? `e:${edge}` : "", event);
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

// Of what passes the lenses: everything if it is not much, else what the layout chose and what the reader opened.
function visibleNodes(found) {
  if (found.nodes.size <= SHOWN) return new Set(found.nodes);
  const opened = new Set(state.opened);
  const ranked = [...found.nodes].map((id) => nodeById.get(id)).sort((a, b) => b.shown - a.shown || edgesOf.get(b.id).length - edgesOf.get(a.id).length || a.rank - b.rank);
  return new Set(ranked.slice(0, SHOWN).map((node) => node.id).concat([...opened].filter((id) => found.nodes.has(id))));
}

function showGraph(found) {
  graph.found = found;
  settleOpened();
  graph.visible = visibleNodes(found);
  graph.lines = [...found.edges.values()].filter(({edge}) => graph.visible.has(edge.from) && graph.visible.has(edge.to));
  graph.least = Math.max(2.5, Math.min(LEAST, 150 / Math.sqrt(graph.visible.size)));
  syncNodes();
  focusOn(state.pick);
  const [many, all] = [graph.visible.size, found.nodes.size];
  const which = many > SHOWN ? `Showing ${grouped(many)} of ${grouped(all)}` : `Showing the ${grouped(many)} most connected of ${grouped(all)}`;
  $("shown").replaceChildren(...(many < all ? [which, button({onclick: () => openAll(), class: "plain"}, "Show all")] : []));
  $("hint").textContent = all ? "Click a shape or a line · Shift-click a second shape for the path between them" : "Nothing passes these lenses";
}

// Shapes never get smaller on the screen than a finger can hit; only a crowd of thousands makes room for its lines.
const LEAST = 7;
const sizeOf = (id) => Math.max(nodeById.get(id).size, graph.least / graph.zoomed);

function syncNodes() {
  sync(graph.nodes, [...graph.visible].map((id) => ({id, ...spots.get(id), size: sizeOf(id)})), (item) => `${item.size} ${item.x} ${item.y}`);
}

// The scale in steps, so that a turn of the wheel does not restyle everything.
const zoomStep = (scale) => Math.min(1, 2 ** (Math.round(Math.log2(scale) * 3) / 3));

function followZoom() {
  const zoomed = zoomStep(graph.network.getScale());
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

// What a pick is about: the rest of the picture steps back.
function focusOn(picked) {
  const about = focusOf(picked);
  graph.focus = about.nodes.size || about.edges.size ? about : null;
  graph.version += 1;
  redraw();
}

function redraw() {
  if (graph.network) graph.network.redraw();
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
  redraw();
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
    const hovered = graph.hovered === `n:${id}`;
    return {id, ...spots.get(id), size: sizeOf(id), kind: node.kind, colour: kindColour(node), lines: node.lines, faint, picked, hovered,
      contested: contested.has(id), more: hiddenNeighbours(id).length, named: !faint && (state.labels || picked || hovered),
      weight: edgesOf.get(id).length + node.size / 100 + (picked ? 1e6 : 0) + (hovered ? 5e5 : 0)};
  });
}

function edgeItems(scale, view) {
  const near = graph.lines.filter(({edge}) => edge.from !== edge.to && mayShow(edge, view) && (graph.focus ? graph.focus.edges.has(edge.id) : state.labels));
  if (near.length > CROWD && (!graph.focus ? scale < 0.7 : near.length > 3 * CROWD)) return [];
  return near.map(({edge, status, phrase}) => ({
    id: edge.id, text: lineLabel({edge, status, phrase}), ...courseOf(edge), sizes: sizeOf(edge.from) + sizeOf(edge.to) + 8 / scale,
    status, weight: STATUSES[status].width, must: Boolean(graph.focus && graph.focus.picked.has(edge.id)),
  }));
}

// The part of the drawing on the screen, and a little around it; all of it where that is not much.
const STRIDE = 240; // pixels of the screen
const EVERYWHERE = {left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity};

function viewed(around = 60) {
  const box = $("graph").getBoundingClientRect();
  const [from, to] = [{x: -around, y: -around}, {x: box.width + around, y: box.height + around}].map((at) => graph.network.DOMtoCanvas(at));
  return {left: from.x, top: from.y, right: to.x, bottom: to.y};
}

const inside = ({x, y}, view) => x >= view.left && x <= view.right && y >= view.top && y <= view.bottom;

function paintGraph(ctx) {
  const scale = graph.network.getScale();
  const view = viewed();
  // where there is not too much, labels do not depend on what part is on the screen: they stay while it moves
  const labelled = graph.visible.size <= 2 * SHOWN ? EVERYWHERE : viewed(STRIDE);
  const moved = labelled === EVERYWHERE ? "" : [view.left, view.top].map((at) => Math.round((at * scale) / STRIDE)).join(" ");
  const key = `${graph.version} ${scale} ${graph.hovered.startsWith("n:") ? graph.hovered : ""} ${state.labels} ${moved}`;
  if (graph.key !== key) {
    graph.items = nodeItems();
    graph.placed = placeLabels(graph.items.filter((item) => inside(item, labelled)), edgeItems(scale, labelled), scale);
    graph.key = key;
  }
  paintLines(ctx, scale, view);
  const shown = graph.items.filter((item) => inside(item, view));
  paintNodes(ctx, shown.filter((item) => item.faint), scale);
  paintNodes(ctx, shown.filter((item) => !item.faint), scale);
  paintLabels(ctx, graph.placed, graph.focus ? graph.focus.picked : new Set());
}

function hiddenNeighbours(id) {
  if (graph.visible.size === graph.found.nodes.size) return [];
  return unique(edgesOf.get(id).filter((edge) => graph.found.edges.has(edge.id)).map((edge) => otherEnd(edge, id))).filter((other) => !graph.visible.has(other));
}

function openNeighbours(id) {
  const more = hiddenNeighbours(id).sort(byLinks).slice(0, REVEAL);
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

// A thing that is not on the screen yet comes with the best connected of its neighbours, so that it is not alone there.
const COMPANY = 8;

function reveal(ids) {
  const missing = ids.filter((id) => graph.found.nodes.has(id) && !graph.visible.has(id));
  if (!missing.length) return false;
  const company = missing.flatMap((id) => hiddenNeighbours(id).sort(byLinks).slice(0, COMPANY));
  state.opened = unique([...state.opened, ...missing, ...company]);
  showGraph(graph.found);
  return true;
}
