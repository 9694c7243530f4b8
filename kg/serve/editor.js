"use strict";
// Sends the query to /sparql and shows the answer as text: nothing of it is ever read as HTML.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const named = byId("named"), query = byId("query"), status = byId("status"), result = byId("result");

function element(name, text) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  return made;
}

function shorten(term) {
  if (!term) return "";
  if (term.type !== "uri") return term.value;
  for (const [prefix, iri] of Object.entries(data.prefixes)) {
    const local = term.value.slice(iri.length);
    if (term.value.startsWith(iri) && local && !/[/#]/.test(local)) return prefix + ":" + local;
  }
  return term.value;
}

function table(answer) {
  const made = element("table"), head = element("tr");
  answer.head.vars.forEach((name) => head.append(element("th", name)));
  made.append(head);
  for (const row of answer.results.bindings) {
    const line = element("tr");
    answer.head.vars.forEach((name) => line.append(element("td", shorten(row[name]))));
    made.append(line);
  }
  return made;
}

// A parameter's value as a term: an IRI or prefixed name, a number, else a string, escaped as SPARQL asks.
function term(value) {
  if (/^<[^<>"{}|^`\\\s]*>$/.test(value) || /^-?\d+(\.\d+)?$/.test(value)) return value;
  const prefixed = value.match(/^([a-z]+):[\w.-]*\w$/);
  if (prefixed && data.prefixes[prefixed[1]]) return value;
  const escaped = value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r");
  return '"' + escaped + '"' + (/^\d{4}-\d\d-\d\d$/.test(value) ? "^^xsd:date" : "");
}

function show() {
  const one = data.queries.find((each) => each.name === named.value);
  byId("about").textContent = one ? one.about : "";
  byId("parameters").replaceChildren();
  if (!one) return;
  query.value = one.text;
  for (const [name, meaning] of one.parameters) {
    const label = element("label", "?" + name + ": " + meaning), input = element("input");
    input.name = name;
    input.addEventListener("input", () => { query.value = withParameters(one); });
    label.append(element("br"), input);
    byId("parameters").append(label);
  }
}

function withParameters(one) {
  const given = [...byId("parameters").querySelectorAll("input")].filter((input) => input.value);
  const values = given.map((input) => "  BIND (" + term(input.value) + " AS ?" + input.name + ")\n").join("");
  return one.text.replace(/WHERE \{\n/, (start) => start + values);
}

async function ask(event) {
  event.preventDefault();
  status.textContent = "Asking …";
  result.replaceChildren();
  const started = performance.now();
  const answer = await fetch("/sparql", {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.5" },
    body: query.value,
  });
  const body = await answer.text();
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  if (!answer.ok) {
    status.textContent = "";
    result.append(element("pre", body));
    return;
  }
  const isTable = answer.headers.get("Content-Type").startsWith("application/sparql-results+json");
  const parsed = isTable ? JSON.parse(body) : null;
  if (!parsed || parsed.boolean !== undefined) {
    result.append(element("pre", parsed ? (parsed.boolean ? "yes" : "no") : body));
    status.textContent = seconds + " s";
    return;
  }
  result.append(table(parsed));
  const cut = answer.headers.get("X-Truncated") ? " (cut at the limit)" : "";
  status.textContent = parsed.results.bindings.length + " rows" + cut + ", " + seconds + " s";
}

named.addEventListener("change", show);
byId("form").addEventListener("submit", ask);
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) byId("form").requestSubmit();
});
