// The details on the right: first where sources differ, then whatever was chosen.
function showDetails() {
  const [kind, id] = [state.pick.slice(0, 1), state.pick.slice(2)];
  const found = graph.found;
  const parts =
    kind === "n" && nodeById.has(id) ? nodeDetails(nodeById.get(id), found)
    : kind === "e" && edgeById.has(id) ? edgeDetails(edgeById.get(id), found)
    : kind === "d" && differenceById.has(id) ? differenceDetails(differenceById.get(id), found)
    : kind === "c" && data.claims[id] ? claimDetails(data.claims[id], found)
    : kind === "p" ? pathDetails(state.pick)
    : overview(found);
  const panel = $("details");
  refill(panel, parts);
  panel.scrollTop = 0;
}

const section = (title, ...children) => el("section", {}, el("h3", {}, title), ...children);
const back = () => button({class: "plain back", onclick: () => pick("")}, "← Overview");

function sentenceOf(edge, phrase = edge.negated ? edge.denial : edge.relation) {
  return el("span", {class: "says"}, name(nodeById.get(edge.from).label, "end"), " ", el("em", {}, name(phrase)), " ", name(nodeById.get(edge.to).label, "end"));
}

function overview(found) {
  const differences = [...found.differences].filter(([at]) => data.differences[at].type !== "refinement");
  const finer = [...found.differences].filter(([at]) => data.differences[at].type === "refinement");
  return [
    el("h2", {}, "Where sources differ"),
    differences.length ? differenceList(differences) : el("p", {class: "muted"}, data.differences.length ? "Under these lenses the sources do not differ." : "No two sources contradict each other here."),
    finer.length ? el("details", {class: "more"}, el("summary", {}, `${count(finer.length, "case")} where one only says more`), differenceList(finer)) : null,
    omissionSection(found),
    mostConnected(found),
    section("Articles", el("ul", {class: "rows"}, data.articles.slice(0, 60).map((article, at) => el("li", {}, button({class: "row", onclick: () => openArticle(at)},
      el("span", {class: "grow"}, name(article.title), el("small", {}, name(article.outlet), article.date ? ` · ${article.date}` : ""))))))),
  ];
}

const SEVERITIES = {high: 0, medium: 1, low: 2};

function differenceList(entries) {
  const order = [...entries].sort(([a], [b]) => SEVERITIES[data.differences[a].severity] - SEVERITIES[data.differences[b].severity] || a - b);
  return el("ul", {class: "rows differences"}, order.map(([at, sides]) => {
    const difference = data.differences[at];
    return el("li", {}, button({class: `row difference ${difference.severity}`, onclick: () => pick(`d:${difference.id}`)},
      el("span", {class: "grow"}, el("span", {class: "kicker"}, `${DIFFERENCES[difference.type] || difference.type} · ${difference.severity}`), name(difference.text),
        el("span", {class: "versus"}, unique(sides.map((side) => side.value)).slice(0, 4).flatMap((value, i) => [i ? el("span", {class: "against"}, "vs") : null, el("bdi", {class: "value"}, value)])))));
  }));
}

function omissionSection(found) {
  const told = data.omissions.filter((omission) => omission.about && (found.nodes.has(omission.about) || found.loose.has(omission.about)) && (!found.lens.story || found.lens.story === omission.story));
  if (!told.length) return null;
  return section("Left out by some", el("ul", {class: "rows"}, told.slice(0, 12).map((omission) => el("li", {}, button({class: "row", onclick: () => pick(`n:${omission.about}`)},
    kindIcon("event"), el("span", {class: "grow"}, name(nodeById.get(omission.about).label), el("small", {}, "not in ", name(omission.lacking.join(", ")))))))));
}

function mostConnected(found) {
  const degree = new Map();
  for (const {edge} of found.edges.values()) for (const id of unique([edge.from, edge.to])) degree.set(id, (degree.get(id) || 0) + 1);
  const top = [...degree].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 8);
  return top.length ? section("Most connected", el("ul", {class: "rows"}, top.map(([id, links]) => nodeRow(nodeById.get(id), count(links, "link"))))) : null;
}

function nodeRow(node, note) {
  return el("li", {}, button({class: "row", onclick: () => pick(`n:${node.id}`)}, kindIcon(node.kind), el("span", {class: "grow"}, name(node.label), el("small", {}, note))));
}

function edgeRow({edge, status, phrase, origins, outlets}, id) {
  const other = nodeById.get(otherEnd(edge, id));
  const own = edge.from === id;
  return el("li", {}, button({class: "row", onclick: () => pick(`e:${edge.id}`)},
    el("span", {class: "way", "aria-label": own ? "to" : "from"}, own ? "→" : "←"),
    el("span", {class: "grow"}, el("em", {}, name(phrase)), " ", name(other.label, "end"),
      el("small", {}, statusIcon(status), `${STATUSES[status].label} · `, ...(status === "attributed" ? ["says ", name(origins.join(", "))] : [count(outlets.length, "outlet")])))));
}

function nodeDetails(node, found) {
  const edges = edgesOf.get(node.id).filter((edge) => found.edges.has(edge.id)).map((edge) => found.edges.get(edge.id));
  const hiddenLines = edgesOf.get(node.id).length - edges.length;
  const own = node.claims.filter((claim) => found.passes[claim]).map((claim) => data.claims[claim]);
  const below = edges.flatMap((item) => item.claims);
  const said = [...found.edges.values()].filter((item) => item.claims.some((claim) => claim.chain.some((voice) => voice.node === node.id)) && !edges.includes(item));
  const claims = unique(own.concat(below));
  const more = hiddenNeighbours(node.id).length;
  return [
    back(),
    el("p", {class: "kind-line"}, kindIcon(node.kind), KINDS[node.kind] ? KINDS[node.kind].one : "Other", node.note ? el("span", {class: "muted"}, ` · ${node.note}`) : null),
    el("h2", {}, name(node.label)),
    node.names.length ? el("p", {class: "muted"}, "also: ", name(node.names.join(", "))) : null,
    el("p", {class: "links"}, node.links.map((url) => outward(url, linkName(url)))),
    el("p", {class: "actions"}, button({onclick: () => askPath(node.id)}, "Path to …"), more ? button({onclick: () => openNeighbours(node.id)}, `Show ${count(Math.min(more, REVEAL), "hidden neighbour")}`) : null),
    differencesAbout(node, found),
    edges.length ? section(`Links (${edges.length})`, el("ul", {class: "rows"}, edges.slice(0, 60).map((item) => edgeRow(item, node.id)))) : null,
    hiddenLines > 0 ? el("p", {class: "muted"}, `${count(hiddenLines, "more link")} hidden by the lenses`) : null,
    said.length ? section(`Says (${said.length})`, el("ul", {class: "rows"}, said.slice(0, 40).map(({edge, status, phrase}) => el("li", {}, button({class: "row", onclick: () => pick(`e:${edge.id}`)},
      el("span", {class: "grow"}, sentenceOf(edge, phrase), el("small", {}, statusIcon(status), STATUSES[status].label))))))) : null,
    claims.length ? section(`In the texts (${claims.length})`, claimList(claims)) : null,
  ];
}

const linkName = (url) => (/wikidata\.org/.test(url) ? `Wikidata ${url.split("/").pop()} ↗` : /geonames\.org/.test(url) ? "GeoNames ↗" : `${url.split("/")[2]} ↗`);

function differencesAbout(node, found) {
  const here = [...found.differences].filter(([at]) => data.differences[at].about === node.id);
  return here.length ? section("Sources differ", differenceList(here)) : null;
}

function edgeDetails(edge, found) {
  const item = found.edges.get(edge.id);
  const ends = section("Between", el("ul", {class: "rows"}, unique([edge.from, edge.to]).map((id) => nodeRow(nodeById.get(id), count(edgesOf.get(id).length, "link")))));
  if (!item) return [back(), el("h2", {}, sentenceOf(edge)), el("p", {class: "muted"}, "Hidden by the lenses."), ends];
  const hiddenClaims = edge.claims.length - item.claims.length;
  const differing = [...found.differences].filter(([at]) => edge.differ.includes(at));
  return [
    back(),
    el("p", {class: `status-line status-${item.status}`}, statusIcon(item.status), el("strong", {}, STATUSES[item.status].label), el("span", {class: "muted"}, ` · ${STATUSES[item.status].means}`)),
    el("h2", {}, sentenceOf(edge, item.phrase)),
    el("p", {class: "muted"}, `${count(item.outlets.length, "outlet")}, ${count(item.origins.length, "origin")}: `, name(item.origins.join(", "))),
    differing.length ? section("Sources differ", differenceList(differing)) : null,
    section(`Who says so (${item.claims.length})`, claimList(item.claims)),
    hiddenClaims ? el("p", {class: "muted"}, `${count(hiddenClaims, "more claim")} hidden by the lenses`) : null,
    ends,
  ];
}

function differenceDetails(difference, found) {
  const at = data.differences.indexOf(difference);
  const sides = found.differences.get(at) || [];
  const about = nodeById.get(difference.about);
  const edges = data.edges.filter((edge) => edge.differ.includes(at) && found.edges.has(edge.id));
  return [
    back(),
    el("p", {class: "status-line status-disputed"}, statusIcon("disputed"), el("strong", {}, DIFFERENCES[difference.type] || difference.type), el("span", {class: "muted"}, ` · ${difference.severity}`)),
    el("h2", {}, name(difference.text)),
    sides.length ? el("div", {class: "sides"}, sides.map(sideQuote)) : el("p", {class: "muted"}, "Hidden by the lenses."),
    about ? section("About", el("ul", {class: "rows"}, nodeRow(about, count(edgesOf.get(about.id).length, "link")))) : null,
    edges.length ? section("Links it touches", el("ul", {class: "rows"}, edges.map((edge) => el("li", {}, button({class: "row", onclick: () => pick(`e:${edge.id}`)}, el("span", {class: "grow"}, sentenceOf(edge, found.edges.get(edge.id).phrase))))))) : null,
  ];
}

// What a highlighted stretch of an article stands for.
function claimDetails(claim, found) {
  const at = data.claims.indexOf(claim);
  const edges = edgesByClaim[at].filter((edge) => found.edges.has(edge.id)).map((edge) => found.edges.get(edge.id));
  return [
    back(),
    el("h2", {}, "This passage says"),
    edges.length ? el("ul", {class: "rows"}, edges.map(({edge, status, phrase}) => el("li", {}, button({class: "row", onclick: () => pick(`e:${edge.id}`, "graph")},
      el("span", {class: "grow"}, sentenceOf(edge, phrase), el("small", {}, statusIcon(status), STATUSES[status].label)))))) : el("p", {class: "muted"}, "No link of the graph rests on it under these lenses."),
    nodesByClaim[at].length ? section("Event", el("ul", {class: "rows"}, nodesByClaim[at].map((node) => nodeRow(node, count(node.claims.length, "account"))))) : null,
    section("Evidence", claimList([claim])),
  ];
}
