// Where things stand that the reader has opened: beside the neighbour they came with, on the nearest free place.
// It follows from the order of opening alone, so that a link brings the same picture back.
const MANY_OPENED = 600; // beyond it, everything stays where the layout put it
const ROOM = {x: 105, y: 74}; // a small shape with its name
const settled = new Set(data.nodes.filter((node) => node.shown).map((node) => node.id));

function settleOpened() {
  if (state.opened.length > MANY_OPENED) return;
  const taken = new Set([...settled]);
  for (const id of state.opened) {
    if (settled.has(id)) continue;
    const near = unique(edgesOf.get(id).map((edge) => otherEnd(edge, id))).filter((other) => other !== id && taken.has(other));
    const anchor = state.opened.findLast((other) => near.includes(other)) || near.sort(byLinks)[0];
    if (anchor) spots.set(id, freeSpot(spots.get(anchor), [...taken].map((other) => spots.get(other))));
    settled.add(id);
    taken.add(id);
  }
}

const byLinks = (a, b) => edgesOf.get(b).length - edgesOf.get(a).length || (a < b ? -1 : 1);

function freeSpot({x, y}, others) {
  for (let reach = 130; reach < 4000; reach += 55) {
    const steps = Math.floor(reach / 18);
    for (let i = 0; i < steps; i++) {
      const angle = (i / steps) * 2 * Math.PI + reach;
      const spot = {x: Math.round(x + reach * Math.cos(angle)), y: Math.round(y + reach * 0.8 * Math.sin(angle))};
      if (!others.some((other) => Math.abs(other.x - spot.x) < ROOM.x && Math.abs(other.y - spot.y) < ROOM.y)) return spot;
    }
  }
  return {x, y};
}
