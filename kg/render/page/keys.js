// Everything by keyboard.
const KEYS = [
  ["/", "search"], ["↑ ↓ ← →", "in the graph: go to the neighbour on that side; with Shift, move the picture"], ["Enter", "go to the details; in them, open"], ["Esc", "step back"],
  ["G  T  L", "graph, table, timeline"], ["F", "fit everything"], ["+  −", "zoom"], ["E", "show hidden neighbours"], ["P", "path from the chosen thing"], ["D", "dark or light"], ["N", "labels on or off"], ["?", "these keys"],
];
const SIDES = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

const SHORTCUTS = {
  "/": () => $("search").focus(), g: () => toGraph(), t: () => setView("table"), l: () => setView("timeline"), f: () => fit(), "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8),
  d: () => toggleTheme(), n: () => toggleLabels(), e: () => state.pick.startsWith("n:") && openNeighbours(state.pick.slice(2)), p: () => state.pick.startsWith("n:") && askPath(state.pick.slice(2)), "?": () => showKeys(),
};

function startKeys() {
  $("keys").append(el("h2", {id: "keys-title"}, "Keys"), el("dl", {}, KEYS.flatMap(([key, does]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, does)])), 
    el("p", {}, el("label", {}, el("input", {type: "checkbox", id: "keys-on", checked: state.keys, onchange: (event) => ((state.keys = event.target.checked), writeHash())}), "Letters and signs are keys")),
    button({onclick: () => $("keys").close()}, "Close"));
  $("help").addEventListener("click", showKeys);
  document.addEventListener("keydown", pressed);
}

function showKeys() {
  $("keys").showModal();
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && !["checkbox", "range"].includes(event.target.type);
  if (event.key === "Escape") return stepBack();
  if (typing) return;
  if (event.target === $("graph") && (SIDES[event.key] || event.key === "Enter")) {
    event.preventDefault();
    if (event.shiftKey && SIDES[event.key]) return pan(SIDES[event.key]);
    return SIDES[event.key] ? walk(SIDES[event.key]) : $("details").focus();
  }
  const does = SHORTCUTS[event.key.toLowerCase()];
  if (!does || !state.keys || (event.target.type === "range" && event.key.length > 1)) return;
  event.preventDefault();
  does();
}

function stepBack() {
  if ($("export").open) return closeExport();
  if (document.body.classList.contains("lenses-open")) return toggleLenses();
  if (waitingForPath()) return stopPath();
  if (state.view === "article") return leaveArticle();
  if ($("details").contains(document.activeElement)) $("graph").focus();
  pick("");
}

function toGraph() {
  setView("graph");
  $("graph").focus();
}

// To the thing that lies nearest in that direction: a neighbour of the chosen one, else any.
function walk([dx, dy]) {
  const from = state.pick.startsWith("n:") ? state.pick.slice(2) : state.pick.startsWith("e:") ? edgeById.get(state.pick.slice(2)).from : "";
  if (!from || !graph.visible.has(from)) return walkToFirst();
  const near = unique(edgesOf.get(from).filter((edge) => graph.found.edges.has(edge.id)).map((edge) => otherEnd(edge, from))).filter((id) => graph.visible.has(id) && id !== from);
  const next = bestToward(from, near, dx, dy) || bestToward(from, [...graph.visible].filter((id) => id !== from), dx, dy);
  if (!next) return;
  pick(`n:${next}`);
  $("graph").focus();
}

function walkToFirst() {
  const first = [...graph.visible].sort(byLinks)[0];
  if (first) pick(`n:${first}`);
}

function bestToward(from, ids, dx, dy) {
  const here = spots.get(from);
  let [best, least] = ["", Infinity];
  for (const id of ids) {
    const [x, y] = [spots.get(id).x - here.x, spots.get(id).y - here.y];
    const [along, aside] = [x * dx + y * dy, Math.abs(x * dy - y * dx)];
    if (along > 0 && aside <= along * 2.2 && along + aside * 1.6 < least) [best, least] = [id, along + aside * 1.6];
  }
  return best;
}
