// The page's data, read once, with the indexes that everything else looks things up in.
const read = (id) => JSON.parse(document.getElementById(id).textContent);


// Columns made rows again (kg/render/pack.py has the other way).
function rowsOf({size, columns}) {
  const rows = Array.from({length: size}, () => ({}));
  for (const [key, column] of Object.entries(columns)) {
    if (Array.isArray(column)) column.forEach((value, i) => (rows[i][key] = value));
    else column.at.forEach((at, i) => (rows[i][key] = column.of[at]));
  }
  return rows;
}

const data = Object.fromEntries(Object.entries(read("data-view")).map(([name, table]) => [name, rowsOf(table)]));
data.nodes = rowsOf(read("data-nodes"));
data.edges = rowsOf(read("data-edges"));

const nodeById = new Map(data.nodes.map((node, rank) => [node.id, Object.assign(node, {rank})]));
const edgeById = new Map(data.edges.map((edge) => [edge.id, edge]));
const edgesOf = new Map(data.nodes.map((node) => [node.id, []]));
const edgesByClaim = data.claims.map(() => []);
for (const edge of data.edges) {
  edgesOf.get(edge.from).push(edge);
  if (edge.to !== edge.from) edgesOf.get(edge.to).push(edge);
  for (const claim of edge.claims) edgesByClaim[claim].push(edge);
}
const differenceById = new Map(data.differences.map((difference) => [difference.id, difference]));
const articleById = new Map(data.articles.map((article, at) => [article.id, at]));
const nodesByClaim = data.claims.map(() => []);
for (const node of data.nodes) for (const claim of node.claims) nodesByClaim[claim].push(node);

// What a claim is filed under: its outlet, who it comes from, and a day: when it happened, else when it was published.
for (const claim of data.claims) {
  const article = data.articles[claim.article];
  claim.outlet = article.outlet;
  claim.origin = data.sayings[claim.saying].origin;
  claim.chain = data.sayings[claim.saying].chain;
  claim.day = claim.date || article.date;
}

const otherEnd = (edge, id) => (edge.from === id ? edge.to : edge.from);
const unique = (items) => [...new Set(items)];
const sorted = (items) => [...items].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ","); // toLocaleString is slow the first time
const count = (number, one, many = `${one}s`) => `${grouped(number)} ${number === 1 ? one : many}`;
