// A whole article with every claim of it highlighted; each highlight leads to its links.
const reading = {from: null};

function openArticle(at, claim, span) {
  reading.from = {view: state.view === "article" ? "graph" : state.view, pick: state.pick};
  state.article = data.articles[at].id;
  state.view = "article";
  if (claim !== undefined) state.pick = `c:${claim}`;
  refresh();
  const target = (span && document.querySelector(`#view-article [data-start="${span[0]}"]`)) || document.querySelector("#view-article mark.picked") || $("view-article").querySelector("h2");
  target.scrollIntoView({block: "center"});
  $("view-article").querySelector(".back").focus({preventScroll: true});
}

function leaveArticle() {
  const {view, pick: picked} = reading.from || {view: "graph", pick: state.pick.startsWith("c:") ? "" : state.pick};
  state.view = view;
  reading.from = null;
  pick(picked);
}

// The characters that a claim takes: from its first participant to its last, and its trigger.
function extent(claim) {
  const spans = claim.roles.map(([, start, end]) => [start, end]).concat(claim.trigger ? [claim.trigger] : []);
  const [from, to] = claim.sentence || [0, Infinity];
  const inside = spans.filter(([start, end]) => start >= from && end <= to);
  return inside.length ? [Math.min(...inside.map(([start]) => start)), Math.max(...inside.map(([, end]) => end))] : claim.trigger;
}

function showArticle() {
  const at = articleById.get(state.article);
  const article = data.articles[at];
  const claims = data.claims.map((claim, i) => [claim, i]).filter(([claim, i]) => claim.article === at && graph.found.passes[i] && (edgesByClaim[i].length || nodesByClaim[i].length));
  const marks = claims.filter(([claim]) => extent(claim)).map(([claim, i]) => [...extent(claim), i]);
  const picked = state.pick.startsWith("c:") ? Number(state.pick.slice(2)) : -1;
  let start = 0;
  const parts = stretches(article.text, 0, article.text.length, marks).map((part) => {
    const here = start;
    start += part.text.length;
    return part.on.length ? highlight(part, here, picked) : part.text;
  });
  refill($("view-article"), el("div", {class: "sheet"},
    button({class: "plain back", onclick: leaveArticle}, "← Back"),
    el("h2", {}, name(article.title)),
    el("p", {class: "muted"}, name(article.outlet), article.date ? ` · ${article.date}` : "", ` · ${count(marks.length, "passage")} in the graph `, outward(article.url, "Original ↗")),
    el("div", {class: "text", dir: "auto"}, parts)));
}

function highlight(part, start, picked) {
  const shortest = part.on.reduce((best, i) => (reach(i) < reach(best) ? i : best));
  const claim = data.claims[shortest];
  const found = edgesByClaim[shortest].map((edge) => graph.found.edges.get(edge.id)).find(Boolean);
  const choose = () => pick(`c:${shortest}`);
  return el("mark", {class: `passage status-${found ? found.status : "reported"} ${part.on.includes(picked) ? "picked" : ""}`, id: `passage-${start}`, "data-start": start, "data-claims": part.on.join(" "), role: "button", tabindex: 0,
    title: `${claim.kind}: ${claim.chain.map((voice) => voice.label).join(" ← ")}`, onclick: choose,
    onkeydown: (event) => (event.key === "Enter" || event.key === " ") && (event.preventDefault(), choose())}, part.text);
}

const reach = (claim) => {
  const [start, end] = extent(data.claims[claim]);
  return end - start;
};
