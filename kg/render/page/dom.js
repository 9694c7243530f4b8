// Elements are made here and nowhere else; text only ever becomes text.
const $ = (id) => document.getElementById(id);

function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// A name from an article: kept apart, so that its writing direction turns nothing around it.
const name = (text, cls = null) => el("bdi", {class: cls}, text);
const button = (attributes, ...children) => el("button", {type: "button", ...attributes}, ...children);
const chip = (text, cls = "") => el("span", {class: `chip ${cls}`}, text);

// Only http(s) addresses become links.
function outward(url, ...children) {
  if (!/^https?:\/\//i.test(url)) return null;
  return el("a", {href: url, target: "_blank", rel: "noopener noreferrer"}, ...children);
}

// New content for a box. What had the focus keeps it (by its id), or the box itself takes it: it is never lost.
function refill(box, ...children) {
  const active = document.activeElement;
  const inside = box !== active && box.contains(active);
  box.replaceChildren(...children.flat().filter(Boolean));
  if (!inside) return;
  const again = active.id && document.getElementById(active.id);
  (again && !again.disabled ? again : box).focus({preventScroll: true});
}

function tell(message) {
  $("told").textContent = message;
}

function save(fileName, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], {type}));
  const link = el("a", {href: url, download: fileName});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
