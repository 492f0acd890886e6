// A memory at a moment: bytes to the right, partitions downwards, a box for each tensor that is in use.

import { pen } from "../dom.js";
import { colours } from "../theme.js";
import { bytes } from "../format.js";

const LEFT = 34, TOP = 18, BOTTOM = 18;

export function drawMap(canvas, memory, tensors, moment, chosen, height) {
  const context = pen(canvas, height), c = colours(), width = canvas.clientWidth - LEFT - 2, tall = height - TOP - BOTTOM;
  const x = byte => LEFT + byte / memory.size * width, y = partition => TOP + partition / memory.partitions * tall;
  context.fillStyle = c.track;
  context.fillRect(LEFT, TOP, width, tall);
  drawScale(context, memory, c, x, y, height);
  context.textAlign = "left";
  const live = tensors.filter(t => t.first <= moment && t.last >= moment);
  for (const t of live) {
    const left = x(t.byte), top = y(t.partition), wide = Math.max(1.5, x(t.byte + t.row) - left - .7), high = Math.max(1.5, y(t.partition + t.partitions) - top - .7);
    context.globalAlpha = chosen && chosen !== t ? .45 : .85;
    context.fillStyle = c.kinds[t.family % c.kinds.length];
    context.fillRect(left, top, wide, high);
    context.globalAlpha = 1;
    if (t === chosen) {
      context.strokeStyle = c.select;
      context.lineWidth = 2;
      context.strokeRect(left, top, wide, high);
    }
    context.save();
    context.beginPath();
    context.rect(left, top, wide, high);
    context.clip();
    context.fillStyle = c.on;
    const text = t.name.slice(0, 60);
    if (wide > context.measureText(text).width + 8 && high > 15) context.fillText(text, left + 4, top + high / 2);
    else if (high > context.measureText(text).width + 10 && wide > 13) {
      context.translate(left + wide / 2, top + high - 5);
      context.rotate(-Math.PI / 2);
      context.fillText(text, 0, 0);
    }
    context.restore();
  }
  return { live, at: (px, py) => live.findLast(t => px >= x(t.byte) - 1 && px <= x(t.byte + t.row) + 1 && py >= y(t.partition) && py <= y(t.partition + t.partitions)) };
}

function drawScale(context, memory, c, x, y, height) {
  context.fillStyle = c.soft;
  context.strokeStyle = c.line;
  context.textAlign = "right";
  for (const partition of [0, 32, 64, 96]) context.fillText(partition, LEFT - 6, y(partition) + 6);
  context.textAlign = "center";
  for (let i = 0; i <= memory.parts; i++) {
    const byte = memory.size * i / memory.parts, text = memory.label ? memory.label(i) : bytes(byte);
    context.beginPath();
    context.moveTo(Math.round(x(byte)) + .5, TOP);
    context.lineTo(Math.round(x(byte)) + .5, height - BOTTOM);
    context.stroke();
    const shift = memory.label ? (x(memory.size / memory.parts) - x(0)) / 2 : i === 0 ? 6 : i === memory.parts ? -18 : 0;
    if (i < memory.parts || !memory.label) context.fillText(text, x(byte) + shift, height - 8);
  }
}
