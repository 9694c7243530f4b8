// What the lenses let through. Everything on the screen (graph, table, counts, disagreements) follows `look`.

// The status rule of kg/compare/links.py, for edges of which the lenses hide a claim.
function statusOf(edge, claims, differences) {
  if (claims.length === edge.claims.length) return edge.status;
  const denied = claims.filter((claim) => claim.polarity === "negative").length;
  const mixed = denied > 0 && denied < claims.length;
  if (edge.status === "disputed" && (mixed || edge.differ.some((at) => differences.has(at)))) return "disputed";
  if (denied === claims.length) return "denied";
  if (claims.every((claim) => claim.realis !== "actual")) return "planned";
  if (new Set(claims.map((claim) => claim.origin)).size > 1) return "corroborated";
  return claims.some((claim) => claim.chain.length === 1) ? "reported" : "attributed";
}

// What stands on the line itself.
function lineLabel({edge, status, phrase}) {
  return phrase === edge.denial || (status === "planned" && edge.label === edge.relation) ? phrase : edge.label;
}

// A denied line reads as a denial, a planned one as a plan.
function phraseOf(edge, status, claims) {
  const denied = claims.length ? claims.every((claim) => claim.polarity === "negative") : edge.negated;
  return denied ? edge.denial : status === "planned" ? edge.plan : edge.relation;
}

function freshLens() {
  return {kinds: new Set(), statuses: new Set(), outlets: new Set(), origins: new Set(), from: "", to: "", undated: true, least: 1, story: ""};
}

function isClear(lens) {
  return !lens.kinds.size && !lens.statuses.size && !lens.outlets.size && !lens.origins.size && !lens.from && !lens.to && lens.undated && lens.least <= 1 && !lens.story;
}

const storyArticles = new Map(data.stories.map((story) => [story.id, new Set(story.articles)]));

function claimPasses(claim, lens, ignored) {
  if (ignored !== "outlets" && lens.outlets.has(claim.outlet)) return false;
  if (ignored !== "origins" && lens.origins.has(claim.origin)) return false;
  if (lens.story && !(storyArticles.get(lens.story) || new Set()).has(claim.article)) return false;
  return ignored === "dates" || dayPasses(claim.day, lens);
}

function dayPasses(day, lens) {
  if (!day) return lens.undated;
  return (!lens.from || day >= lens.from) && (!lens.to || day <= lens.to);
}

// A disagreement stays while two sides that do not say the same are let through.
function differencesUnder(lens, ignored) {
  const kept = new Map();
  data.differences.forEach((difference, at) => {
    const sides = difference.sides.filter((side) => sidePasses(side, lens, ignored));
    const about = nodeById.get(difference.about);
    const shown = !about || ignored === "kinds" || !lens.kinds.has(about.kind);
    if (shown && sides.length > 1 && new Set(sides.map((side) => side.value)).size > 1) kept.set(at, sides);
  });
  return kept;
}

function sidePasses(side, lens, ignored) {
  if (side.claims.length) return side.claims.some((claim) => claimPasses(data.claims[claim], lens, ignored));
  const article = data.articles[side.article];
  return claimPasses({outlet: side.outlet, origin: side.source || side.outlet, article: side.article, day: article.date}, lens, ignored);
}

function look(lens, ignored = "") {
  const passes = data.claims.map((claim) => claimPasses(claim, lens, ignored));
  const differences = differencesUnder(lens, ignored);
  const edges = new Map();
  const nodes = new Set();
  for (const edge of data.edges) {
    const claims = edge.claims.filter((claim) => passes[claim]).map((claim) => data.claims[claim]);
    if (!claims.length && (edge.claims.length || !isClear(lens))) continue;
    const status = statusOf(edge, claims, differences);
    if (ignored !== "statuses" && lens.statuses.has(status)) continue;
    const origins = unique(claims.map((claim) => claim.origin));
    if (ignored !== "least" && origins.length < lens.least && lens.least > 1) continue;
    const ends = [nodeById.get(edge.from), nodeById.get(edge.to)];
    if (ignored !== "kinds" && ends.some((node) => lens.kinds.has(node.kind))) continue;
    edges.set(edge.id, {edge, status, phrase: phraseOf(edge, status, claims), claims, origins, outlets: unique(claims.map((claim) => claim.outlet))});
    nodes.add(edge.from).add(edge.to);
  }
  // Things without any line are not drawn, but found in the panel, the search and the timeline.
  const loose = data.edges.length ? new Set() : nodes;
  for (const node of data.nodes) {
    if (nodes.has(node.id) || edgesOf.get(node.id).length || (ignored !== "kinds" && lens.kinds.has(node.kind))) continue;
    if (node.claims.length ? node.claims.some((claim) => passes[claim]) : isClear(lens)) loose.add(node.id);
  }
  return {lens, passes, edges, nodes, loose, differences};
}

// For each lens, how much each of its choices would show, all other lenses as they are.
function tally(lens) {
  const add = (counts, key) => counts.set(key, (counts.get(key) || 0) + 1);
  const counts = {kinds: new Map(), statuses: new Map(), outlets: new Map(), origins: new Map(), days: new Map()};
  for (const id of look(lens, "kinds").nodes) add(counts.kinds, nodeById.get(id).kind);
  for (const found of look(lens, "statuses").edges.values()) add(counts.statuses, found.status);
  for (const found of look(lens, "outlets").edges.values()) for (const outlet of found.outlets) add(counts.outlets, outlet);
  for (const found of look(lens, "origins").edges.values()) for (const origin of found.origins) add(counts.origins, origin);
  for (const found of look(lens, "dates").edges.values()) for (const day of unique(found.claims.map((claim) => claim.day))) add(counts.days, day);
  return counts;
}
