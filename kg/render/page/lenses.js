// The lenses on the left; their counts say what each choice would show with all other lenses as they are.
function showLenses() {
  const counts = tally(state.lens);
  const open = new Set([...document.querySelectorAll("#lenses details[open]")].map((item) => item.id));
  const all = (key) => unique(data.claims.map((claim) => claim[key]));
  const kinds = Object.keys(KINDS).filter((kind) => data.nodes.some((node) => node.kind === kind));
  const statuses = Object.keys(STATUSES).filter((status) => counts.statuses.has(status) || data.edges.some((edge) => edge.status === status));
  refill($("lenses"),
    el("div", {class: "lens-head"}, el("h2", {}, "Lenses"), button({class: "plain", id: "clear-lenses", disabled: isClear(state.lens), onclick: clearLenses}, "Clear all")),
    data.stories.length > 1 ? storyLens() : null,
    choices("kinds", "What", kinds, counts.kinds, (kind) => [kindIcon(kind), KINDS[kind].many], (kind) => KINDS[kind].many),
    choices("statuses", "How sure", statuses, counts.statuses, (status) => [statusIcon(status), STATUSES[status].label], (status) => STATUSES[status].label),
    choices("outlets", "Outlets", ranked(all("outlet"), counts.outlets), counts.outlets, (outlet) => [name(outlet)]),
    choices("origins", "Who it comes from", ranked(all("origin"), counts.origins), counts.origins, (origin) => [name(origin)]),
    leastLens(),
    datesLens(counts.days));
  for (const id of open) if ($(id)) $(id).open = true;
}

const ranked = (values, counts) => values.sort((a, b) => (counts.get(b) || 0) - (counts.get(a) || 0) || (a < b ? -1 : 1));
const FEW = 8;

function choices(facet, title, values, counts, face, called = (value) => value) {
  if (!values.length) return null;
  const hidden = state.lens[facet];
  const row = (value, i) => el("div", {class: "choice"},
    el("label", {class: hidden.has(value) ? "off" : ""},
      el("input", {type: "checkbox", id: `lens-${facet}-${i}`, checked: !hidden.has(value), onchange: (event) => change(() => (event.target.checked ? hidden.delete(value) : hidden.add(value)))}),
      ...face(value)),
    el("span", {class: "count"}, String(counts.get(value) || 0)),
    values.length > 1 ? button({class: "plain only", id: `only-${facet}-${i}`, "aria-label": `Only ${called(value)}`, onclick: () => change(() => (state.lens[facet] = new Set(values.filter((other) => other !== value))))}, "only") : null);
  const rows = values.map(row);
  return el("fieldset", {}, el("legend", {}, title), rows.slice(0, FEW),
    rows.length > FEW ? el("details", {id: `more-${facet}`}, el("summary", {}, `${rows.length - FEW} more`), rows.slice(FEW)) : null,
    hidden.size ? button({class: "plain all", id: `all-${facet}`, onclick: () => change(() => hidden.clear())}, "Show all") : null);
}

function storyLens() {
  return el("fieldset", {}, el("legend", {}, "Story"), el("select", {id: "lens-story", "aria-label": "Story", onchange: (event) => change(() => (state.lens.story = event.target.value))},
    el("option", {value: ""}, "All stories"), data.stories.map((story) => el("option", {value: story.id, selected: story.id === state.lens.story}, story.label))));
}

function leastLens() {
  const most = Math.max(1, ...data.edges.map((edge) => new Set(edge.claims.map((claim) => data.claims[claim].origin)).size));
  if (most < 2) return null;
  const {least} = state.lens;
  return el("fieldset", {}, el("legend", {}, "Independent origins"),
    el("label", {class: "slider", for: "lens-least"}, `At least ${least}`),
    el("input", {type: "range", id: "lens-least", min: 1, max: most, value: least, "aria-valuetext": `at least ${count(least, "origin")}`,
      oninput: (event) => change(() => (state.lens.least = Number(event.target.value)))}));
}

// Days are slots in their order, not points on a scale, so that one event of long ago does not flatten all others.
const SLOTS = 32;

function daySlots() {
  const days = sorted(unique(data.claims.map((claim) => claim.day).filter(Boolean)));
  const cut = [10, 7, 4].find((length) => new Set(days.map((day) => day.slice(0, length))).size <= SLOTS);
  if (cut) return unique(days.map((day) => day.slice(0, cut))).map((start) => days.filter((day) => day.slice(0, cut) === start)).map((part) => [part[0], part[part.length - 1]]);
  const size = Math.ceil(days.length / SLOTS);
  return Array.from({length: Math.ceil(days.length / size)}, (_, i) => [days[i * size], days[Math.min(days.length, (i + 1) * size) - 1]]);
}

const slots = daySlots();

function datesLens(counts) {
  if (slots.length < 2) return null;
  const {lens} = state;
  const heights = slots.map(([from, to]) => [...counts].reduce((sum, [day, number]) => (day && day >= from && day <= to ? sum + number : sum), 0));
  const most = Math.max(1, ...heights);
  const first = lens.from ? Math.max(0, slots.findIndex(([, to]) => to >= lens.from)) : 0;
  const last = lens.to ? Math.max(0, slots.findLastIndex(([from]) => from <= lens.to)) : slots.length - 1;
  const width = 100 / slots.length;
  const bars = svg("svg", {viewBox: "0 0 100 30", preserveAspectRatio: "none", class: "histogram", role: "img", "aria-label": `Links by date, ${slots[0][0]} to ${slots[slots.length - 1][1]}`},
    ...heights.map((height, i) => svg("rect", {x: i * width + width * 0.08, width: width * 0.84, y: 30 - Math.max(height ? 2 : 0.4, (height / most) * 29), height: 30, class: i >= first && i <= last ? "in" : "out"})));
  const slide = (id, label, value, set) => el("input", {type: "range", id, min: 0, max: slots.length - 1, value, "aria-label": label, "aria-valuetext": slots[value][0], oninput: (event) => change(() => set(Number(event.target.value)))});
  return el("fieldset", {}, el("legend", {}, "Dates"), bars,
    slide("lens-from", "From", first, (at) => (lens.from = at ? slots[Math.min(at, last)][0] : "")),
    slide("lens-to", "To", last, (at) => (lens.to = at < slots.length - 1 ? slots[Math.max(at, first)][1] : "")),
    el("p", {class: "range"}, el("span", {}, slots[first][0]), el("span", {}, slots[last][1])),
    data.claims.some((claim) => !claim.day) ? el("div", {class: "choice"}, el("label", {}, el("input", {type: "checkbox", id: "lens-undated", checked: lens.undated, onchange: (event) => change(() => (lens.undated = event.target.checked))}), "Keep undated")) : null,
    el("p", {class: "muted small"}, "When it happened or, where nothing says so, when it was published"));
}

function change(apply) {
  apply();
  refresh();
}

function clearLenses() {
  state.lens = freshLens();
  refresh();
}
