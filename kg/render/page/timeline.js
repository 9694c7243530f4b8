const passing = (id) => graph.found.nodes.has(id) || graph.found.loose.has(id);

// A story by its dates: one row an event, one column an outlet, so that what an outlet leaves out is a gap.
function storyEvents() {
  const story = data.stories.find((item) => item.id === (state.lens.story || state.story)) || data.stories[0];
  const ids = story ? story.events : data.nodes.filter((node) => node.kind === "event").map((node) => node.id);
  const events = ids.map((id) => nodeById.get(id)).filter((node) => passing(node.id)).map((node) => {
    const claims = node.claims.filter((claim) => graph.found.passes[claim]).map((claim) => data.claims[claim]);
    const stated = sorted(unique(claims.map((claim) => claim.date).filter(Boolean)));
    return {node, claims, stated, day: stated[0] || ""};
  }).filter((item) => item.claims.length);
  return {story, dated: events.filter((item) => item.day).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)), undated: events.filter((item) => !item.day)};
}

function showTimeline() {
  const {story, dated, undated} = storyEvents();
  const outlets = sorted(unique([...dated, ...undated].flatMap((item) => item.claims.map((claim) => claim.outlet)))).slice(0, 14);
  const head = el("tr", {}, el("th", {scope: "col"}, "Date"), el("th", {scope: "col"}, "Event"), outlets.map((outlet) => el("th", {scope: "col", class: "outlet-head"}, name(outlet))));
  const groups = unique(dated.map((item) => item.day)).map((day) => dated.filter((item) => item.day === day));
  const rows = groups.flatMap((group) => group.map((item, i) => timelineRow(item, outlets, !i)));
  const loose = undated.map((item, i) => timelineRow(item, outlets, !i));
  refill($("view-timeline"), el("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": "Events by date"},
    el("div", {class: "line-head"},
      el("h2", {}, story ? name(story.label) : "Events"),
      data.stories.length > 1 && !state.lens.story ? el("select", {id: "line-story", "aria-label": "Story", onchange: (event) => change(() => (state.story = event.target.value))},
        data.stories.map((item) => el("option", {value: item.id, selected: story && item.id === story.id}, item.label))) : null),
    rows.length + loose.length ? el("table", {class: "line-table"}, el("caption", {}, `${count(dated.length, "dated event")}, ${undated.length} without a date; a gap means that the outlet does not tell it`), el("thead", {}, head), el("tbody", {}, rows, loose))
      : el("p", {class: "muted"}, "No event passes these lenses.")));
}

function timelineRow({node, claims, stated, day}, outlets, first) {
  const contested = [...graph.found.differences.keys()].some((at) => data.differences[at].about === node.id && data.differences[at].type !== "refinement");
  return el("tr", {class: first ? "new-day" : "", onclick: () => pick(`n:${node.id}`)},
    el("th", {scope: "row", class: "day"}, el(day ? "time" : "span", {class: first ? "" : "unseen"}, day || "no date")),
    el("td", {class: "what"}, button({class: "plain", id: `event-${node.id}`, "aria-pressed": state.pick === `n:${node.id}`}, name(node.label)),
      el("small", {}, contested ? chip("sources differ", "bad") : null, stated.length > 1 ? `also dated ${stated.slice(1).join(", ")}` : null, claims.every((claim) => claim.realis !== "actual") ? chip("planned or possible") : null)),
    outlets.map((outlet) => outletCell(outlet, claims.filter((claim) => claim.outlet === outlet))));
}

function outletCell(outlet, claims) {
  if (!claims.length) return el("td", {class: "cell none"}, el("span", {class: "unseen"}, "not told"));
  const denied = claims.every((claim) => claim.polarity === "negative");
  const own = claims.some((claim) => claim.chain.length === 1);
  const word = denied ? "denied" : own ? "in its own voice" : `quoting ${claims[0].chain.at(-1).label}`;
  return el("td", {class: `cell ${denied ? "denied" : own ? "own" : "quoted"}`, title: word}, el("span", {class: "dot", "aria-hidden": "true"}), el("span", {class: "unseen"}, word));
}
