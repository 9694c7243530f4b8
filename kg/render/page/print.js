// On paper: the drawing as it is now, sharp at any size and light, what was chosen, and the table; or the view that is on.
function startPrint() {
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", fromPaper);
}

function toPaper() {
  if ($("paper")) return;
  document.documentElement.dataset.theme = "light";
  readLooks();
  document.body.dataset.view = state.view;
  if (state.view === "graph") {
    $("view-graph").append(el("figure", {id: "paper"}, drawing(), el("figcaption", {class: "legend"}, legend())));
    $("view-graph").after($("details")); // read after the drawing and before the table
    showTable();
  }
}

function fromPaper() {
  if (!$("paper") && !document.body.dataset.view) return;
  $("paper")?.remove();
  $("main").after($("details"));
  delete document.body.dataset.view;
  applyTheme();
  showView();
  redraw();
}

// What shapes and lines mean, for those that are there.
function legend() {
  const kinds = unique([...graph.visible].map((id) => nodeById.get(id).kind));
  const statuses = unique(graph.lines.map(({status}) => status));
  return [
    ...Object.keys(KINDS).filter((kind) => kinds.includes(kind)).map((kind) => el("span", {}, kindIcon(kind), KINDS[kind].many)),
    ...Object.keys(STATUSES).filter((status) => statuses.includes(status)).map((status) => el("span", {}, statusIcon(status), STATUSES[status].label)),
  ];
}
