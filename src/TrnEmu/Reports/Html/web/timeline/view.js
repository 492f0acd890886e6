// Which stretch of time is seen, and where on the screen it lies.

export class View {
  constructor(elapsed, changed) {
    Object.assign(this, { elapsed, changed, from: 0, to: elapsed, label: 116, width: 600 });
  }

  get span() { return this.to - this.from; }

  resize(width) {
    this.width = width;
    this.label = width < 560 ? 82 : 124;
  }

  x(time) { return this.label + (time - this.from) / this.span * (this.width - this.label); }

  at(x) { return this.from + (x - this.label) / (this.width - this.label) * this.span; }

  get perPixel() { return this.span / (this.width - this.label); }

  show(from, to) {
    const span = Math.min(this.elapsed, Math.max(20, to - from));
    this.from = Math.min(Math.max(0, from), this.elapsed - span);
    this.to = this.from + span;
    this.changed();
  }

  zoom(factor, around = (this.from + this.to) / 2) {
    this.show(around - (around - this.from) * factor, around + (this.to - around) * factor);
  }

  pan(share) { this.show(this.from + share * this.span, this.to + share * this.span); }

  all() { this.show(0, this.elapsed); }

  // Moves only as far as it must so that a stretch is seen, and zooms out where it is too long.
  reveal(from, to) {
    if (to - from > this.span) return this.show(from - (to - from) * .1, to + (to - from) * .1);
    if (from < this.from) this.show(from - this.span * .2, from + this.span * .8);
    else if (to > this.to) this.show(to - this.span * .8, to + this.span * .2);
    else this.changed();
  }
}
