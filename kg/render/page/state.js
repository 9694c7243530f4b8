// All that the reader has chosen, in one place, and its deep link: the address after "#".
// pick is "n:ID", "e:ID", "d:ID" (a disagreement), "c:CLAIM" (a claim's span), "p:FROM>TO" (a path), or "".
const state = {view: "graph", pick: "", article: "", lens: freshLens(), opened: [], theme: "", labels: true, keys: true, sort: "", story: "", camera: ""};

const listed = (items) => [...items].map(encodeURIComponent).join(",");
const unlisted = (text) => text.split(",").filter(Boolean).map(decodeURIComponent);

function toHash() {
  const {lens} = state;
  const parts = {
    view: state.view === "graph" ? "" : state.view, pick: state.pick, article: state.view === "article" ? state.article : "", story: lens.story,
    hide: listed([...lens.kinds].map((kind) => `k:${kind}`).concat([...lens.statuses].map((status) => `s:${status}`))),
    outlets: listed(lens.outlets), origins: listed(lens.origins), from: lens.from, to: lens.to, undated: lens.undated ? "" : "no",
    least: lens.least > 1 ? String(lens.least) : "", open: listed(state.opened), theme: state.theme, labels: state.labels ? "" : "no", keys: state.keys ? "" : "no", sort: state.sort,
    line: state.story, at: state.camera,
  };
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parts)) if (value) query.set(key, value);
  return query.toString();
}

function fromHash(hash) {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  const get = (key) => query.get(key) || "";
  const hidden = unlisted(get("hide"));
  const lens = freshLens();
  for (const item of hidden) (item.startsWith("k:") ? lens.kinds : lens.statuses).add(item.slice(2));
  lens.outlets = new Set(unlisted(get("outlets")));
  lens.origins = new Set(unlisted(get("origins")));
  Object.assign(lens, {from: get("from"), to: get("to"), undated: get("undated") !== "no", least: Math.max(1, Number(get("least")) || 1), story: storyArticles.has(get("story")) ? get("story") : ""});
  const view = ["graph", "timeline", "table", "article"].includes(get("view")) ? get("view") : "graph";
  Object.assign(state, {view, pick: get("pick"), article: get("article"), lens, opened: unlisted(get("open")).filter((id) => nodeById.has(id)),
    theme: ["dark", "light"].includes(get("theme")) ? get("theme") : "", labels: get("labels") !== "no", keys: get("keys") !== "no", sort: get("sort"), story: get("line"), camera: get("at")});
  if (state.view === "article" && !articleById.has(state.article)) state.view = "graph";
}

let written = null;

// A frame without an origin may not change its address: then there is simply no deep link.
function writeHash() {
  const hash = toHash();
  if (hash === written) return;
  written = hash;
  try {
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  } catch {
    written = null;
  }
}
