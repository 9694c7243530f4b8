// What is on the screen, to take away: picture, drawing, table, address, paper.
const EXPORTS = {png: savePng, svg: saveSvg, csv: saveCsv, link: copyLink, print: () => window.print()};
const fileName = (ending) => `${document.title.normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "graph"}.${ending}`;

function savePng() {
  const source = $("graph").querySelector("canvas");
  const copy = el("canvas", {width: source.width, height: source.height});
  const ctx = copy.getContext("2d");
  ctx.fillStyle = looks.page;
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(source, 0, 0);
  copy.toBlob((blob) => save(fileName("png"), "image/png", blob), "image/png");
}

function saveSvg() {
  save(fileName("svg"), "image/svg+xml", new XMLSerializer().serializeToString(drawing()));
}

function drawing() {
  const items = nodeItems();
  const {font, names, said} = placeLabels(items, edgeItems(1, EVERYWHERE), 1);
  const frame = frameAt(1);
  for (const label of names) widen(frame, label);
  const [left, top, width, height] = [Math.floor(frame.left), Math.floor(frame.top), Math.ceil(frame.right - frame.left), Math.ceil(frame.bottom - frame.top)];
  const made = svg("svg", {xmlns: SVG, viewBox: `${left} ${top} ${width} ${height}`, width, height, "font-family": "system-ui, sans-serif"});
  made.append(svg("title", {}, document.title), svg("rect", {x: left, y: top, width, height, fill: looks.page}), arrowHeads());
  for (const {edge, status} of graph.lines) made.append(drawnLine(edge, status));
  for (const item of items) {
    made.append(svg("g", {opacity: item.faint ? 0.2 : 1, transform: `translate(${item.x} ${item.y}) scale(${item.size})`}, svg("path", {d: kindOf(item).shape, fill: item.colour, stroke: looks.page, "stroke-width": 2 / item.size}),
      svg("path", {d: kindOf(item).glyph, fill: looks.glyph, "fill-rule": "evenodd"})));
  }
  const halo = {stroke: looks.page, "stroke-width": 4, "paint-order": "stroke", "stroke-linejoin": "round"};
  for (const label of said) {
    made.append(svg("text", {transform: `translate(${label.x} ${label.y}) rotate(${(label.angle * 180) / Math.PI})`, "text-anchor": "middle", "dominant-baseline": "central", "font-size": font * EDGE_FONT, fill: looks.muted, ...halo}, label.text));
  }
  for (const {leader} of names) if (leader) made.append(svg("line", {x1: leader.x, y1: leader.y, x2: leader.tx, y2: leader.ty, stroke: looks.ink, "stroke-width": 1.2}));
  for (const label of names) {
    const anchor = {center: "middle", left: "start", right: "end"}[label.align];
    const x = label.align === "center" ? (label.left + label.right) / 2 : label.align === "left" ? label.left : label.right;
    label.lines.forEach((line, i) => made.append(svg("text", {x, y: label.top + font * LINE_HEIGHT * (i + 0.5), "text-anchor": anchor, "dominant-baseline": "central", "font-size": font, "font-weight": 500, fill: looks.ink, ...halo}, line)));
  }
  return made;
}

function arrowHeads() {
  return svg("defs", {}, ...Object.keys(STATUSES).map((status) => svg("marker", {id: `tip-${status}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto"},
    svg("path", {d: "M0 0L8 4L0 8Z", fill: looks[status]}))));
}

function drawnLine(edge, status) {
  const course = courseOf(edge);
  const look = STATUSES[status];
  const style = {opacity: graph.focus && !graph.focus.edges.has(edge.id) ? 0.15 : 1, fill: "none", stroke: looks[status], "stroke-width": look.width, "stroke-dasharray": look.dash.join(" ") || "none", class: "link"};
  if (course.loop) return svg("circle", {cx: course.middle.x, cy: course.middle.y, r: course.loop, ...style});
  const {start, via} = course;
  const tip = tipOf(edge, course);
  return svg("path", {d: `M${start.x} ${start.y}${via ? `Q${via.x.toFixed(1)} ${via.y.toFixed(1)} ` : "L"}${tip.x.toFixed(1)} ${tip.y.toFixed(1)}`, ...style, "marker-end": `url(#tip-${status})`});
}

// A cell that a spreadsheet would take for a formula is made text.
function cell(value) {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

function saveCsv() {
  const head = [...COLUMNS.map(([, label]) => label), "Quote", "Article", "Address"];
  const rows = tableRows().flatMap((item) => (item.claims.length ? item.claims : [null]).map((claim) => {
    const article = claim && data.articles[claim.article];
    return [...COLUMNS.map(([, , value]) => value(item)), claim && claim.sentence ? article.text.slice(...claim.sentence) : "", article ? article.title : "", article ? article.url : ""];
  }));
  save(fileName("csv"), "text/csv;charset=utf-8", `\ufeff${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`);
}

async function copyLink() {
  writeHash();
  const address = location.href.split("#")[0] + (toHash() ? `#${toHash()}` : "");
  try {
    await navigator.clipboard.writeText(address);
    tell("Link copied");
  } catch {
    window.prompt("Link to this view", address);
  }
}

function closeExport() {
  const inside = $("export").contains(document.activeElement);
  $("export").open = false;
  if (inside) $("export").querySelector("summary").focus();
}

function startExport() {
  document.addEventListener("pointerdown", (event) => $("export").contains(event.target) || closeExport());
  for (const made of document.querySelectorAll("[data-export]")) {
    made.addEventListener("click", () => {
      closeExport();
      EXPORTS[made.dataset.export]();
    });
  }
}
