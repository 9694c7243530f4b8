// Search over names, other names, quotes and titles, with suggestions; letters are compared without case and accents.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const LIMIT = {names: 8, quotes: 6, titles: 3};
let searchable = null;
let suggestions = [];
let chosen = -1;

function index() {
  searchable = searchable || {
    names: data.nodes.map((node) => [fold([node.label, ...node.names, node.note].join("\n")), node]),
    quotes: [...new Map(data.claims.map((claim, at) => [`${claim.article} ${claim.sentence}`, [claim, at]])).values()].filter(([claim]) => claim.sentence)
      .map(([claim, at]) => [fold(data.articles[claim.article].text.slice(...claim.sentence)), claim, at]),
    titles: data.articles.map((article, at) => [fold(article.title), article, at]),
  };
  return searchable;
}

function suggest(text) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const {names, quotes, titles} = index();
  const starts = (folded) => (folded.startsWith(wanted) ? 0 : folded.includes(`\n${wanted}`) || folded.includes(` ${wanted}`) ? 1 : 2);
  const things = names.filter(([folded]) => folded.includes(wanted)).sort(([a, one], [b, two]) => starts(a) - starts(b) || edgesOf.get(two.id).length - edgesOf.get(one.id).length || one.rank - two.rank);
  const found = things.slice(0, LIMIT.names).map(([, node]) => ({title: node.label, note: suggestionNote(node), icon: kindIcon(node.kind), go: () => (waitingForPath() ? finishPath(node.id) : pick(`n:${node.id}`, state.view === "article" ? "graph" : ""))}));
  if (waitingForPath()) return found;
  return found.concat(
    quotes.filter(([folded]) => folded.includes(wanted)).slice(0, LIMIT.quotes).map(([folded, claim, at]) => ({quote: quoteAround(claim, folded.indexOf(wanted), wanted.length), note: data.articles[claim.article].outlet, go: () => goToClaim(at)})),
    titles.filter(([folded]) => folded.includes(wanted)).slice(0, LIMIT.titles).map(([, article, at]) => ({title: article.title, note: `article · ${article.outlet}`, go: () => openArticle(at)})));
}

const suggestionNote = (node) => `${KINDS[node.kind] ? KINDS[node.kind].one : "Other"} · ${count(edgesOf.get(node.id).length, "link")}${passing(node.id) ? "" : " · hidden by the lenses"}`;

function quoteAround(claim, at, size) {
  const sentence = data.articles[claim.article].text.slice(...claim.sentence);
  const from = Math.max(0, at - 40);
  return [from ? "…" : "", sentence.slice(from, at), el("mark", {class: "core"}, sentence.slice(at, at + size)), sentence.slice(at + size, at + size + 70), at + size + 70 < sentence.length ? "…" : ""];
}

function goToClaim(at) {
  const edge = edgesByClaim[at].find((item) => graph.found.edges.has(item.id));
  pick(edge ? `e:${edge.id}` : nodesByClaim[at].length ? `n:${nodesByClaim[at][0].id}` : `c:${at}`, state.view === "article" ? "graph" : "");
}

function showSuggestions() {
  suggestions = suggest($("search").value);
  chosen = suggestions.length ? 0 : -1;
  const box = $("suggestions");
  const typed = $("search").value.trim() !== "";
  box.hidden = !typed;
  $("search").setAttribute("aria-expanded", String(typed && suggestions.length > 0));
  box.replaceChildren(...suggestions.map((item, i) => el("div", {role: "option", id: `suggestion-${i}`, "aria-selected": "false", class: "suggestion", onmousedown: (event) => (event.preventDefault(), take(i))},
    item.icon || el("span", {class: "quote-mark", "aria-hidden": "true"}, "“"), el("span", {class: "grow"}, item.quote ? el("bdi", {}, item.quote) : name(item.title), el("small", {}, name(item.note))))));
  if (typed && !suggestions.length) box.append(el("div", {class: "suggestion muted", role: "option", "aria-disabled": "true", "aria-selected": "false"}, "Nothing found"));
  markChosen();
}

function markChosen() {
  suggestions.forEach((_, i) => $(`suggestion-${i}`).setAttribute("aria-selected", String(i === chosen)));
  if (chosen >= 0) {
    $("search").setAttribute("aria-activedescendant", `suggestion-${chosen}`);
    $(`suggestion-${chosen}`).scrollIntoView({block: "nearest"});
  } else $("search").removeAttribute("aria-activedescendant");
}

function take(i) {
  const item = suggestions[i];
  closeSearch();
  $("search").value = "";
  if (item) item.go();
}

function closeSearch() {
  $("suggestions").hidden = true;
  $("search").setAttribute("aria-expanded", "false");
  $("search").removeAttribute("aria-activedescendant");
  suggestions = [];
}

function startSearch() {
  const box = $("search");
  box.addEventListener("input", showSuggestions);
  box.addEventListener("blur", () => setTimeout(closeSearch, 120));
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (suggestions.length) chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + suggestions.length) % suggestions.length;
      markChosen();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const found = suggestions.length > 0;
      take(chosen);
      if (found) $("details").focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      box.value = "";
      stopPath();
      closeSearch();
      $("graph").focus();
    }
  });
}
