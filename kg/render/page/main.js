// Puts the parts together: every change goes through `refresh`, every choice through `pick`.
const VIEWS = {graph: () => {}, timeline: showTimeline, table: showTable, article: showArticle};

function refresh() {
  showGraph(look(state.lens));
  showRest();
}

function showRest() {
  const {found} = graph;
  showLenses();
  showView();
  showDetails();
  const outlets = new Set([...found.edges.values()].flatMap((item) => item.outlets)).size;
  const notes = $("summary").dataset.notes;
  const differing = [...found.differences.keys()].filter((at) => data.differences[at].type !== "refinement").length;
  $("summary").textContent = [`${grouped(found.nodes.size)} things`, count(found.edges.size, "link"), count(outlets, "outlet"), count(differing, "disagreement"), notes].filter(Boolean).join(" · ");
  writeHash();
}

function showView() {
  for (const view of Object.keys(VIEWS)) $(`view-${view}`).hidden = view !== state.view;
  for (const made of document.querySelectorAll("[data-view]")) made.setAttribute("aria-pressed", String(made.dataset.view === state.view));
  VIEWS[state.view]();
}

function setView(view) {
  state.view = view;
  if (state.pick.startsWith("c:")) state.pick = "";
  refresh();
}

// Chooses a thing, a line, a disagreement, a passage or a path ("" for none), perhaps in another view.
function pick(what, view = "") {
  if (view) state.view = view;
  if (what && waitingForPath()) stopPath();
  state.pick = what;
  const [kind, id] = [what.slice(0, 1), what.slice(2)];
  const needed = kind === "n" ? [id] : kind === "e" && edgeById.has(id) ? [edgeById.get(id).from, edgeById.get(id).to] : kind === "p" ? (pathOf(what) || []).flatMap((step) => [step.id, step.to]) : [];
  const revealed = reveal(needed);
  if (!revealed) focusOn(what);
  showView();
  showDetails();
  if (revealed) frameNodes([...graph.focus.nodes]);
  if (kind === "n" && graph.visible.has(id)) {
    if (!revealed) bringIntoView(id);
    tell(`${nodeById.get(id).label}, ${count(edgesOf.get(id).length, "link")}`);
  } else if (kind === "e" && edgeById.has(id)) tell($("details").querySelector("h2").textContent);
  document.body.classList.toggle("picked", Boolean(what));
  writeHash();
}

function isDark() {
  return state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function applyTheme() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  $("theme").setAttribute("aria-pressed", String(isDark()));
  readLooks();
}

function toggleTheme() {
  state.theme = isDark() ? "light" : "dark";
  applyTheme();
  refresh();
}

function toggleLabels() {
  state.labels = !state.labels;
  $("labels").setAttribute("aria-pressed", String(state.labels));
  redraw();
  writeHash();
}

function toLenses() {
  if ($("lenses").offsetParent || getComputedStyle($("lenses")).display !== "none") $("lenses").focus();
  else toggleLenses();
}

function toggleLenses() {
  const open = document.body.classList.toggle("lenses-open");
  $("open-lenses").setAttribute("aria-expanded", String(open));
  (open ? $("lenses").querySelector("input, button, select") : $("open-lenses")).focus();
}

function startButtons() {
  for (const made of document.querySelectorAll("[data-skip]")) made.addEventListener("click", () => (made.dataset.skip === "graph" ? toGraph() : made.dataset.skip === "lenses" ? toLenses() : $("details").focus()));
  for (const made of document.querySelectorAll("[data-view]")) made.addEventListener("click", () => setView(made.dataset.view));
  const actions = {theme: toggleTheme, labels: toggleLabels, fit: () => fit(), "zoom-in": () => zoom(1.25), "zoom-out": () => zoom(0.8), "open-lenses": toggleLenses};
  for (const [id, act] of Object.entries(actions)) $(id).addEventListener("click", act);
}

function start() {
  fromHash(location.hash);
  applyTheme();
  startGraph();
  startButtons();
  startSearch();
  startExport();
  startKeys();
  startPrint();
  showRest();
  document.body.classList.toggle("picked", Boolean(state.pick));
  $("labels").setAttribute("aria-pressed", String(state.labels));
  addEventListener("hashchange", () => {
    if (location.hash.replace(/^#/, "") === toHash()) return;
    fromHash(location.hash);
    applyTheme();
    refresh();
    restoreCamera();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => !state.theme && (applyTheme(), refresh()));
}

// What is drawn where, in pixels of the window: for scripts of the reader's own, and for the tests.
function drawn() {
  const box = $("graph").getBoundingClientRect();
  const scale = graph.network.getScale();
  const at = (point) => {
    const {x, y} = graph.network.canvasToDOM(point);
    return {x: x + box.left, y: y + box.top};
  };
  const rect = ({left, top, right, bottom}) => [at({x: left, y: top}), at({x: right, y: bottom})].flatMap(({x, y}) => [x, y]);
  return {
    scale,
    nodes: graph.items.map(({id, x, y, size, faint, picked, more}) => ({id, label: nodeById.get(id).label, ...at({x, y}), radius: size * scale, faint, picked, more})),
    names: graph.placed.names.map((label) => ({id: label.id, box: rect(label), text: label.lines.join(" ")})),
    said: graph.placed.said.map((label) => ({id: label.id, text: label.text, boxes: label.boxes.map(rect)})),
    lines: graph.lines.map(({edge, status}) => {
      const line = courseOf(edge);
      return {id: edge.id, from: edge.from, to: edge.to, status, middle: at(pointOn(line, 0.5)), points: (line.via ? [0, 0.25, 0.5, 0.75, 1] : [0, 1]).map((t) => at(pointOn(line, t)))};
    }),
  };
}

window.kg = {drawn};
start();
