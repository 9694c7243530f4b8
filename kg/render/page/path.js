// The shortest way between two things over the links that the lenses let through.
let pathStart = "";

function waitingForPath() {
  return pathStart !== "";
}

function askPath(id) {
  pathStart = id;
  tell(`Path from ${nodeById.get(id).label}: choose the other end in the graph or by search`);
  const box = $("search");
  box.placeholder = `Path from ${nodeById.get(id).label} to …`;
  box.value = "";
  box.focus();
}

function stopPath() {
  pathStart = "";
  $("search").placeholder = "Search names and quotes";
}

function finishPath(id) {
  const start = pathStart;
  stopPath();
  if (start !== id) pick(`p:${start}>${id}`);
}

function pathOf(picked) {
  const [from, to] = picked.slice(2).split(">");
  if (!nodeById.has(from) || !nodeById.has(to) || !graph.found.nodes.has(from)) return null;
  const cameBy = new Map([[from, null]]);
  let front = [from];
  while (front.length && !cameBy.has(to)) {
    const next = [];
    for (const id of front) {
      for (const edge of edgesOf.get(id)) {
        const other = otherEnd(edge, id);
        if (cameBy.has(other) || !graph.found.edges.has(edge.id)) continue;
        cameBy.set(other, {edge, id});
        next.push(other);
      }
    }
    front = next;
  }
  if (!cameBy.has(to)) return null;
  const steps = [];
  for (let step = cameBy.get(to), at = to; step; at = step.id, step = cameBy.get(at)) steps.unshift({...step, to: at});
  return steps;
}

function pathDetails(picked) {
  const [from, to] = picked.slice(2).split(">").map((id) => nodeById.get(id));
  const steps = pathOf(picked);
  if (!from || !to) return overview(graph.found);
  return [
    back(),
    el("p", {class: "kind-line"}, "Path"),
    el("h2", {}, name(from.label), " → ", name(to.label)),
    steps ? el("p", {class: "muted"}, `${count(steps.length, "step")} over the links that the lenses let through`) : el("p", {class: "muted"}, "No path over the links that the lenses let through."),
    steps ? el("ol", {class: "rows path"}, nodeRow(from, "start"), steps.flatMap(({edge, id, to: end}) => [edgeRow(graph.found.edges.get(edge.id), id), nodeRow(nodeById.get(end), "")])) : null,
  ];
}
