// The one clock of the page: which step is shown, and whether it goes on by itself. Whoever shows something listens.

const SPEEDS = [0.5, 1, 2, 5, 15, 60]; // steps a second

class Player {
  constructor() {
    this.length = 0;
    this.step = 0;
    this.speed = 1;
    this.playing = false;
    this.listeners = [];
    this.tick = this.tick.bind(this);
  }

  listen(listener) {
    this.listeners.push(listener);
  }

  // how: `jump` (from anywhere), `step` (one on or back), `play`, `state` (only whether it plays).
  tell(how) {
    for (const listener of this.listeners) listener(this.step, how);
  }

  load(length, step) {
    this.pause();
    this.length = length;
    this.step = Math.min(Math.max(step, 0), length);
    this.tell('jump');
  }

  seek(step) {
    const to = Math.min(Math.max(Math.round(step), 0), this.length);
    if (to === this.step) return;
    const how = Math.abs(to - this.step) === 1 ? 'step' : 'jump';
    this.step = to;
    this.tell(how);
  }

  move(by) {
    this.pause();
    this.seek(this.step + by);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    if (this.playing || this.length === 0) return;
    this.playing = true;
    if (this.step >= this.length) {
      this.step = 0;
      this.tell('jump');
    }
    this.since = null;
    this.tell('state');
    requestAnimationFrame(this.tick);
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.tell('state');
  }

  tick(now) {
    if (!this.playing) return;
    if (this.since === null) this.since = now - 700 / this.speed; // the first step comes soon
    const due = Math.floor(((now - this.since) / 1000) * this.speed);
    if (due > 0) {
      this.since += (due / this.speed) * 1000;
      this.step = Math.min(this.length, this.step + due);
      this.tell('play');
      if (this.step >= this.length) {
        this.pause();
        return;
      }
    }
    requestAnimationFrame(this.tick);
  }
}
