// The same links as rows: sortable, and what a screen reader gets.
const COLUMNS = [
  ["subject", "From", ({edge}) => nodeById.get(edge.from).label],
  ["relation", "Relation", ({phrase}) => phrase],
  ["object", "To", ({edge}) => nodeById.get(edge.to).label],
  ["status", "How sure", ({status}) => STATUSES[status].label],
  ["outlets", "Outlets", ({outlets}) => outlets.join(", ")],
  ["origins", "Comes from", ({origins}) => origins.join(", ")],
  ["first", "First", (item) => days(item)[0] || ""],
  ["last", "Last", (item) => days(item).at(-1) || ""],
];
const ROWS = 300;
const days = ({claims}) => sorted(claims.map((claim) => claim.day).filter(Boolean));

function tableRows() {
  const [key, down] = state.sort.split(".");
  const column = COLUMNS.find(([id]) => id === key);
  const items = [...graph.found.edges.values()];
  if (!column) return items;
  const order = items.map((item) => [column[2](item), item]).sort(([a], [b]) => a.localeCompare(b, "en", {numeric: true, sensitivity: "base"}));
  return (down ? order.reverse() : order).map(([, item]) => item);
}

function showTable() {
  const items = tableRows();
  const [key, down] = state.sort.split(".");
  const head = COLUMNS.map(([id, label]) => el("th", {scope: "col", "aria-sort": id === key ? (down ? "descending" : "ascending") : null},
    button({class: "plain", id: `sort-${id}`, onclick: () => change(() => (state.sort = id === key && !down ? `${id}.down` : id))}, label, el("span", {"aria-hidden": "true"}, id === key ? (down ? " ↓" : " ↑") : ""))));
  const body = el("tbody", {}, items.slice(0, ROWS).map(tableRow));
  const more = items.length > ROWS ? button({class: "more-rows", onclick: (event) => {
    event.currentTarget.remove();
    body.append(...items.slice(ROWS).map(tableRow));
  }}, `Show all ${grouped(items.length)} rows`) : null;
  refill($("view-table"), el("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": "Links"},
    el("table", {}, el("caption", {}, `${count(items.length, "link")} under the lenses`), el("thead", {}, el("tr", {}, head)), body), more));
}

function tableRow(item) {
  const {edge, status} = item;
  const picked = state.pick === `e:${edge.id}`;
  return el("tr", {class: picked ? "picked" : "", onclick: () => pick(`e:${edge.id}`)}, COLUMNS.map(([id, , value]) => {
    if (id === "status") return el("td", {class: "how"}, statusIcon(status), STATUSES[status].label);
    if (id === "relation") return el("th", {scope: "row"}, button({class: "plain", id: `row-${edge.id}`, "aria-pressed": picked}, name(value(item))));
    return el("td", {class: id === "first" || id === "last" ? "date" : ""}, name(value(item)));
  }));
}
