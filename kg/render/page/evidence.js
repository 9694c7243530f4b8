// A claim as the reader checks it: who says so through whom, the sentence with the exact characters marked, and where.

// The stretches of a text between `from` and `to`, each with the classes of the marks that lie on it.
function stretches(text, from, to, marks) {
  const cuts = sortedNumbers([from, to, ...marks.flatMap(([start, end]) => [start, end]).filter((at) => at > from && at < to)]);
  return cuts.slice(0, -1).map((start, i) => {
    const end = cuts[i + 1];
    return {text: text.slice(start, end), on: marks.filter((mark) => mark[0] <= start && end <= mark[1]).map((mark) => mark[2])};
  });
}

const sortedNumbers = (numbers) => [...new Set(numbers)].sort((a, b) => a - b);

function marked(text, from, to, marks) {
  return stretches(text, from, to, marks).map((part) => (part.on.length ? el("mark", {class: unique(part.on).join(" ")}, part.text) : part.text));
}

function claimMarks(claim) {
  const marks = claim.roles.map(([, start, end]) => [start, end, "part"]);
  if (claim.trigger) marks.push([...claim.trigger, "core"]);
  for (const voice of claim.chain) {
    if (voice.source) marks.push([...voice.source, "voice"]);
    if (voice.cue) marks.push([...voice.cue, "cue"]);
  }
  return marks;
}

// Radio One ← Harbour TV ← Coast guard
function chainLine(chain) {
  return el("p", {class: "chain"}, chain.flatMap((voice, i) => [
    i ? el("span", {class: "arrow", "aria-label": "quoting"}, " ← ") : null,
    voice.node && nodeById.has(voice.node) ? button({class: "name", onclick: () => pick(`n:${voice.node}`)}, name(voice.label)) : name(voice.label, i ? "" : "outlet"),
    voice.anonymous ? el("span", {class: "muted"}, " (unnamed)") : null,
    voice.told ? el("span", {class: "muted"}, " (to ", name(voice.told), ")") : null,
  ]));
}

const MANNERS = {planned: "planned", attempted: "attempted", possible: "possible", conditional: "if", negative: "says it is not so", probable: "probable", unknown: "not sure"};

function claimCard(claim) {
  const article = data.articles[claim.article];
  const [from, to] = claim.sentence || claim.trigger || [0, 0];
  const manners = unique([claim.polarity, claim.realis, claim.certainty].map((value) => MANNERS[value]).filter(Boolean));
  return el("article", {class: "claim", "data-claim": data.claims.indexOf(claim)},
    chainLine(claim.chain),
    el("blockquote", {dir: "auto"}, marked(article.text, from, to, claimMarks(claim))),
    el("p", {class: "where"},
      manners.map((manner) => chip(manner, manner === MANNERS.negative ? "bad" : "")),
      claim.basis === "stated" && claim.date ? el("span", {}, "happened ", el("time", {}, claim.date)) : null,
      button({class: "plain", onclick: () => openArticle(claim.article, data.claims.indexOf(claim))}, "In the article", article.date ? `, ${article.date}` : ""),
      outward(article.url, "Original ↗")));
}

// The same saying of the same event, once, the nearest to its origin first.
function claimList(claims) {
  const order = [...claims].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0) || a.chain.length - b.chain.length || a.article - b.article);
  const list = el("div", {class: "claims"}, order.slice(0, 40).map(claimCard));
  if (order.length > 40) {
    list.append(button({class: "plain", onclick: (event) => event.currentTarget.replaceWith(...order.slice(40).map(claimCard))}, `Show ${order.length - 40} more`));
  }
  return list;
}

function sideQuote(side) {
  const article = data.articles[side.article];
  const [from, to] = side.sentence || side.span;
  return el("figure", {class: "side"},
    el("figcaption", {}, el("strong", {class: "value"}, name(side.value)), el("span", {}, name(side.outlet, "outlet"), side.source && side.source !== side.outlet ? [" ← ", name(side.source)] : null)),
    el("blockquote", {dir: "auto"}, marked(article.text, from, to, [[...side.span, "core"]])),
    el("p", {class: "where"}, button({class: "plain", onclick: () => openArticle(side.article, side.claims[0], side.span)}, "In the article", article.date ? `, ${article.date}` : ""), outward(article.url, "Original ↗")));
}
