// How kinds and statuses look. Colours come from the style sheet, so that there is one place for light and dark.
// Shapes are unit paths (radius 1), glyphs lie inside them; both serve the canvas and the SVG.
const KINDS = {
  person: {one: "Person", many: "People", shape: "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z",
    glyph: "M.24-.24A.24.24 0 1 1-.24-.24A.24.24 0 1 1 .24-.24ZM-.44.44A.44.4 0 0 1 .44.44Z"},
  organization: {one: "Organisation", many: "Organisations", shape: "M-.62-.92H.62A.3.3 0 0 1 .92-.62V.62A.3.3 0 0 1 .62.92H-.62A.3.3 0 0 1-.92.62V-.62A.3.3 0 0 1-.62-.92Z",
    glyph: "M-.46-.08L0-.46L.46-.08V.02H-.46ZM-.36.1H-.2V.34H-.36ZM-.08.1H.08V.34H-.08ZM.2.1H.36V.34H.2ZM-.46.38H.46V.5H-.46Z"},
  place: {one: "Place", many: "Places", shape: "M0-1.06L1.01-.33L.62.86H-.62L-1.01-.33Z",
    glyph: "M0 .5C-.3.12-.36 0-.36-.14A.36.36 0 1 1 .36-.14C.36 0 .3.12 0 .5ZM.13-.14A.13.13 0 1 0-.13-.14A.13.13 0 1 0 .13-.14Z"},
  event: {one: "Event", many: "Events", shape: "M-.12-1.08Q0-1.2.12-1.08L1.08-.12Q1.2 0 1.08.12L.12 1.08Q0 1.2-.12 1.08L-1.08.12Q-1.2 0-1.08-.12Z",
    glyph: "M-.42-.38H.42V.44H-.42ZM-.32-.14V.34H.32V-.14ZM-.28-.52H-.16V-.38H-.28ZM.16-.52H.28V-.38H.16Z"},
  group: {one: "Group", many: "Groups", shape: "M-.52-.9H.52L1.04 0L.52.9H-.52L-1.04 0Z",
    glyph: "M-.06-.2A.19.19 0 1 1-.44-.2A.19.19 0 1 1-.06-.2ZM.44-.2A.19.19 0 1 1 .06-.2A.19.19 0 1 1 .44-.2ZM-.56.38A.31.34 0 0 1 .06.38ZM.12.38A.4.4 0 0 0 .02.12A.31.34 0 0 1 .56.38Z"},
  other: {one: "Other", many: "Other things", shape: "M-.9-.62H.9L.9.62H-.9Z",
    glyph: "M-.16 0A.1.1 0 1 1-.36 0A.1.1 0 1 1-.16 0ZM.1 0A.1.1 0 1 1-.1 0A.1.1 0 1 1 .1 0ZM.36 0A.1.1 0 1 1 .16 0A.1.1 0 1 1 .36 0Z"},
};

const STATUSES = {
  corroborated: {label: "Corroborated", means: "two or more independent origins", width: 3, dash: []},
  reported: {label: "One source", means: "an outlet says so in its own voice", width: 1.5, dash: []},
  attributed: {label: "Attributed", means: "somebody is quoted as saying so", width: 1.7, dash: [9, 5]},
  planned: {label: "Planned or possible", means: "announced, expected or imagined", width: 1.9, dash: [2, 4]},
  denied: {label: "Denied", means: "somebody says it is not so", width: 2, dash: [9, 4, 2, 4]},
  disputed: {label: "Sources differ", means: "they cannot all be right", width: 3, dash: [5, 3]},
};

const DIFFERENCES = {
  number: "Number", date: "Date", place: "Place", actor: "Who did it", recipient: "To whom", instrument: "With what", polarity: "Whether it happened",
  realis: "Done or planned", certainty: "How sure", attribution: "Who said it", refinement: "More detail",
};

const looks = {};

function readLooks() {
  const style = getComputedStyle(document.documentElement);
  const colour = (variable) => style.getPropertyValue(`--${variable}`).trim();
  for (const variable of ["page", "ink", "muted", "accent", "glyph", "halo"]) looks[variable] = colour(variable);
  for (const kind of Object.keys(KINDS)) looks[kind] = colour(kind);
  for (const status of Object.keys(STATUSES)) looks[status] = colour(status);
  looks.font = getComputedStyle(document.body).fontFamily;
}

const kindOf = (node) => KINDS[node.kind] || KINDS.other;
const kindColour = (node) => looks[node.kind] || looks.other;

// Small pictures for legends and lists.
function kindIcon(kind) {
  const look = KINDS[kind] || KINDS.other;
  return svg("svg", {viewBox: "-1.25 -1.25 2.5 2.5", class: `kind kind-${kind}`, "aria-hidden": "true"},
    svg("path", {d: look.shape, class: "shape"}), svg("path", {d: look.glyph, class: "glyph", "fill-rule": "evenodd"}));
}

function statusIcon(status) {
  const look = STATUSES[status];
  return svg("svg", {viewBox: "0 0 34 8", class: `line line-${status}`, "aria-hidden": "true"},
    svg("line", {x1: 1, y1: 4, x2: 33, y2: 4, "stroke-width": look.width, "stroke-dasharray": look.dash.join(" ")}));
}
