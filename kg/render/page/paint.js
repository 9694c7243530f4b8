// Shapes and labels on the canvas, over the lines that vis-network draws. Coordinates are the network's.
const paths = new Map(Object.entries(KINDS).map(([kind, look]) => [kind, {shape: new Path2D(look.shape), glyph: new Path2D(look.glyph)}]));

// One by one; many small ones as plain dots, those of a colour at once.
const DOTS = 1000;

function paintNodes(ctx, items, scale) {
  const dots = items.length > DOTS ? items.filter((item) => item.size * scale < 9 && !item.picked && !item.hovered) : [];
  const byLook = new Map();
  for (const item of dots) {
    const key = `${item.colour} ${item.faint}`;
    byLook.has(key) ? byLook.get(key).push(item) : byLook.set(key, [item]);
  }
  for (const alike of byLook.values()) paintDots(ctx, alike);
  const asDots = new Set(dots);
  for (const item of items) if (!asDots.has(item)) paintNode(ctx, item);
}

function paintDots(ctx, items) {
  const path = new Path2D();
  for (const {x, y, size} of items) {
    path.moveTo(x + size * 0.8, y);
    path.arc(x, y, size * 0.8, 0, 2 * Math.PI);
  }
  ctx.save();
  ctx.globalAlpha = items[0].faint ? 0.16 : 1;
  ctx.fillStyle = items[0].colour;
  ctx.fill(path);
  ctx.restore();
}

function paintNode(ctx, item) {
  const path = paths.get(item.kind) || paths.get("other");
  ctx.save();
  ctx.globalAlpha = item.faint ? 0.16 : 1;
  ctx.translate(item.x, item.y);
  ctx.scale(item.size, item.size);
  ctx.lineJoin = "round";
  if (item.picked || item.hovered) {
    ctx.strokeStyle = looks.accent;
    ctx.lineWidth = (item.picked ? 13 : 9) / item.size;
    ctx.stroke(path.shape);
  }
  ctx.strokeStyle = looks.page;
  ctx.lineWidth = (item.picked ? 6 : 4) / item.size;
  ctx.stroke(path.shape);
  ctx.fillStyle = item.colour;
  ctx.fill(path.shape);
  ctx.fillStyle = looks.glyph;
  ctx.fill(path.glyph, "evenodd");
  ctx.restore();
  if (item.contested && !item.faint) paintBadge(ctx, item.x + item.size * 0.72, item.y - item.size * 0.72, "!", looks.disputed);
  if (item.more && !item.faint) paintBadge(ctx, item.x + item.size * 0.78, item.y + item.size * 0.7, `+${item.more > 99 ? "99" : item.more}`, looks.muted);
}

function paintBadge(ctx, x, y, text, colour) {
  ctx.save();
  ctx.font = `700 9px ${looks.font}`;
  const half = text.length > 1 ? 3.5 + text.length * 3 : 6.5;
  ctx.beginPath();
  ctx.roundRect(x - half, y - 6.5, half * 2, 13, 6.5);
  ctx.fillStyle = colour;
  ctx.strokeStyle = looks.page;
  ctx.lineWidth = 2;
  ctx.stroke();
  ctx.fill();
  ctx.fillStyle = looks.page;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(text, x, y + 0.5);
  ctx.restore();
}

function paintLabels(ctx, {font, names, said}, picked) {
  ctx.save();
  ctx.lineJoin = "round";
  ctx.textBaseline = "middle";
  ctx.strokeStyle = looks.page;
  ctx.textAlign = "center";
  ctx.font = `500 ${font * EDGE_FONT}px ${looks.font}`;
  ctx.lineWidth = font * 0.42;
  for (const label of said) {
    ctx.save();
    ctx.translate(label.x, label.y);
    ctx.rotate(label.angle);
    ctx.fillStyle = label.status === "disputed" || label.status === "denied" ? looks.disputed : looks.muted;
    ctx.strokeText(label.text, 0, 0);
    ctx.fillText(label.text, 0, 0);
    ctx.restore();
  }
  for (const {leader} of names) if (leader) paintLeader(ctx, leader, font);
  ctx.strokeStyle = looks.page;
  ctx.lineWidth = font * 0.3;
  ctx.fillStyle = looks.ink;
  for (const label of names) {
    ctx.font = `${picked.has(label.id) ? 700 : label.strong ? 600 : 500} ${font}px ${looks.font}`;
    ctx.textAlign = label.align;
    const x = label.align === "center" ? (label.left + label.right) / 2 : label.align === "left" ? label.left : label.right;
    label.lines.forEach((line, i) => {
      const y = label.top + font * LINE_HEIGHT * (i + 0.5);
      ctx.strokeText(line, x, y);
      ctx.fillText(line, x, y);
    });
  }
  ctx.restore();
}

// From a shape to its name, where that had to stand apart.
function paintLeader(ctx, {x, y, tx, ty}, font) {
  for (const [colour, width] of [[looks.page, 0.3], [looks.ink, 0.09]]) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = font * width;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(tx, ty);
    ctx.stroke();
  }
}
