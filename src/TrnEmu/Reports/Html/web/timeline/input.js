// Pointer, wheel, pinch and keys. The wheel zooms once the timeline has the focus, or with Ctrl; else the page scrolls.

const MOVED = 4;

export function listen(canvas, view, actions) {
  const pointers = new Map();
  let drag = null, pinch = null;
  const place = event => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  canvas.addEventListener("pointerdown", event => {
    pointers.set(event.pointerId, place(event));
    canvas.setPointerCapture(event.pointerId);
    if (pointers.size === 2) {
      drag = null;
      pinch = spread();
    } else drag = { x: place(event).x, from: view.from, to: view.to, moved: false };
  });
  canvas.addEventListener("pointermove", event => {
    if (pointers.has(event.pointerId)) pointers.set(event.pointerId, place(event));
    if (pinch && pointers.size === 2) return pinched();
    if (!drag) return actions.hover(place(event), event);
    const by = (place(event).x - drag.x) / (view.width - view.label) * (drag.to - drag.from);
    drag.moved ||= Math.abs(place(event).x - drag.x) > MOVED;
    actions.leave();
    if (drag.moved) view.show(drag.from - by, drag.to - by);
  });
  const up = event => {
    if (drag && !drag.moved && event.type === "pointerup") actions.click(place(event));
    pointers.delete(event.pointerId);
    drag = null;
    if (pointers.size < 2) pinch = null;
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", () => actions.leave());
  canvas.addEventListener("dblclick", () => actions.fit());

  function spread() {
    const [a, b] = [...pointers.values()];
    return { wide: Math.max(20, Math.abs(a.x - b.x)), from: view.from, to: view.to, at: view.at((a.x + b.x) / 2) };
  }

  function pinched() {
    const now = spread(), span = (pinch.to - pinch.from) * pinch.wide / now.wide;
    const [a, b] = [...pointers.values()], share = ((a.x + b.x) / 2 - view.label) / (view.width - view.label);
    view.show(pinch.at - span * share, pinch.at + span * (1 - share));
  }

  canvas.addEventListener("wheel", event => {
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    if (!sideways && !event.ctrlKey && document.activeElement !== canvas) return;
    event.preventDefault();
    if (sideways) view.pan((event.deltaX || event.deltaY) / view.width);
    else view.zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * .004), view.at(place(event).x));
  }, { passive: false });

  canvas.addEventListener("keydown", event => {
    const action = event.ctrlKey || event.metaKey || event.altKey ? null : actions.keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
