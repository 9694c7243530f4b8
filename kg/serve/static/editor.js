"use strict";
// YASGUI on our own endpoint, and beside it the named queries with fields for their parameters.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);

// completions that would ask services elsewhere stay off: only variables, and our own prefixes
Yasgui.Yasqe.defaults.autocompleters = ["variables"];
Yasgui.Yasqe.defaults.value = data.first;
Yasgui.Yasr.defaults.prefixes = data.prefixes;
const yasgui = new Yasgui(byId("yasgui"), {
  requestConfig: { endpoint: new URL("/sparql", location.href).href, method: "POST" },
  copyEndpointOnNewTab: true,
  persistenceId: null,
  endpointCatalogueOptions: { getData: () => [] },
});

// A parameter's value as a term: an IRI or prefixed name, a number, a date, else a string, escaped as SPARQL asks.
function term(value) {
  if (/^<[^<>"{}|^`\\\s]*>$/.test(value) || /^-?\d+(\.\d+)?$/.test(value)) return value;
  const prefixed = value.match(/^([a-z]+):[\w.-]*\w$/);
  if (prefixed && data.prefixes[prefixed[1]]) return value;
  const escaped = value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r");
  return '"' + escaped + '"' + (/^\d{4}-\d\d-\d\d$/.test(value) ? "^^xsd:date" : "");
}

function element(name, text) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  return made;
}

function withParameters(one) {
  const given = [...byId("parameters").querySelectorAll("input")].filter((input) => input.value);
  const values = given.map((input) => "  VALUES ?" + input.name + " { " + term(input.value) + " }\n").join("");
  return one.text.replace(/WHERE \{\n/, (start) => start + values);
}

let chosen = null;

function choose(one, button) {
  chosen = one;
  for (const other of byId("named").querySelectorAll("button")) other.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
  byId("given").hidden = false;
  byId("about").textContent = one.about;
  byId("parameters").replaceChildren(...one.parameters.map(([name, meaning]) => {
    const label = element("label", "?" + name + ": " + meaning), input = element("input");
    input.name = name;
    input.addEventListener("input", () => yasgui.getTab().setQuery(withParameters(one)));
    label.append(input);
    return label;
  }));
  yasgui.getTab().setQuery(one.text);
}

byId("given").addEventListener("submit", (event) => {
  event.preventDefault();
  if (chosen) yasgui.getTab().getYasqe().query();
});

for (const one of data.queries) {
  const item = element("li"), button = element("button", one.name);
  button.type = "button";
  button.append(element("small", one.about));
  button.addEventListener("click", () => choose(one, button));
  item.append(button);
  byId("named").append(item);
}
