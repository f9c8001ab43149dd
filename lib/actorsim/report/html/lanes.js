// The swim-lanes: a lane for each actor, a bar for each call, time to the right. What is to come lies under a veil, so
// that a step moves one line and draws nothing. Only what can be seen is in the document.

const MARGIN = 300; // pixels drawn beyond what can be seen
const TALL_LANE = 150;
const FLAT_LANE = 38;
const MOST_MARKS = 8;
const SMOOTH_AFTER = 250; // milliseconds without a step: then scrolling may take its time

class Lanes {
  constructor(root, seek) {
    this.root = root;
    this.seek = seek;
    this.film = null;
    this.step = 0;
    this.shown = new Map(); // call number to its group
    this.heads = new Map(); // lane to its head
    this.build();
  }

  build() {
    this.svg = svgElement('svg', {class: 'lanes', 'aria-hidden': 'true'});
    this.back = svgElement('g', {class: 'lane-backs'});
    this.links = svgElement('g', {class: 'links'});
    this.bars = svgElement('g', {class: 'bars'});
    this.svg.append(this.back, this.links, this.bars);
    this.axis = svgElement('svg', {class: 'axis', 'aria-hidden': 'true', height: AXIS_HEIGHT});
    this.veil = element('div', {class: 'veil'});
    this.head = element('div', {class: 'playhead'}, element('span', {class: 'playhead-flag'}));
    this.headList = element('div', {class: 'lane-heads'});
    this.marks = element('div', {class: 'now-marks'});
    this.sheet = element('div', {class: 'sheet'}, this.svg, this.marks, this.veil, this.head, this.axis, this.headList);
    this.root.append(this.sheet);
    // Sizes and places are remembered: to ask for them in the middle of a step would cost a layout each time.
    this.view = {width: 0, height: 0, heads: 0, left: 0, top: 0};
    this.root.addEventListener(
      'scroll',
      () => {
        this.view.left = this.root.scrollLeft;
        this.view.top = this.root.scrollTop;
        this.schedule();
      },
      {passive: true},
    );
    this.svg.addEventListener('click', (event) => this.clicked(event));
    this.svg.addEventListener('pointerover', (event) => this.hovered(event.target.closest('.call')));
    this.svg.addEventListener('pointerleave', () => this.hovered(null));
    this.axis.addEventListener('pointerdown', (event) => this.dragged(event, true));
    this.axis.addEventListener('pointermove', (event) => this.dragged(event, false));
    new ResizeObserver(() => this.resized()).observe(this.root);
  }

  measure() {
    const {view, root} = this;
    view.width = root.clientWidth;
    view.height = root.clientHeight;
    view.heads = this.headList.offsetWidth;
    view.left = root.scrollLeft;
    view.top = root.scrollTop;
  }

  scrollTo(to) {
    if (to.left !== undefined && to.behavior !== 'smooth')
      this.view.left = Math.min(to.left, Math.max(0, this.layout.width - this.view.width));
    if (to.top !== undefined && to.behavior !== 'smooth')
      this.view.top = Math.min(to.top, Math.max(0, this.layout.height - this.view.height));
    this.root.scrollTo(to);
  }

  // ---- layout -------------------------------------------------------------------------------------------------------

  setFilm(film, step) {
    const isNew = film !== this.film;
    this.film = film;
    this.step = step;
    this.layout = new LaneLayout(film);
    this.painter = new CallPainter(this.layout);
    this.placeAll();
    if (isNew) this.scrollTo({left: 0, top: 0, behavior: 'instant'});
    this.showStep(step, true);
  }

  placeAll() {
    this.measure();
    this.layout.placeLanes(this.view);
    this.widenHeads();
    this.measure();
    this.layout.placeSteps(this.view);
    this.redraw();
  }

  // The heads of the lanes are as wide as the longest name, within reason.
  widenHeads() {
    const isNarrow = this.view.width < 700;
    const [least, most] = isNarrow ? [84, 116] : [130, 230];
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = `650 15px ${getComputedStyle(this.root).fontFamily}`;
    const hasFlat = this.layout.lanes.some((lane) => lane.height < FLAT_LANE);
    const longest = this.layout.lanes
      .slice(0, 400)
      .reduce((width, lane) => Math.max(width, pen.measureText(this.film.actors[lane.actor]).width), 0);
    const width = Math.min(most, Math.max(least, Math.ceil(longest) + (hasFlat ? 66 : 32)));
    this.root.style.setProperty('--heads', `${width}px`);
  }

  zoom(factor) {
    this.layout.zoomed = Math.min(30, Math.max(0.05, this.layout.zoomed * factor));
    this.again();
  }

  showTime(on) {
    this.layout.withTime = on;
    this.again();
  }

  // As large as before, but for what has been changed in the layout.
  again() {
    this.layout.placeSteps(this.view);
    this.redraw();
    this.showStep(this.step, true);
  }

  resized() {
    const size = `${this.root.clientWidth} ${this.root.clientHeight}`;
    if (this.film === null || this.root.clientWidth === 0 || size === this.lastSize) return;
    this.lastSize = size;
    this.placeAll();
    this.showStep(this.step, true);
  }

  // ---- drawing ------------------------------------------------------------------------------------------------------

  redraw() {
    for (const group of this.shown.values()) {
      group.bar.remove();
      group.link.remove();
    }
    this.shown.clear();
    this.back.replaceChildren();
    this.headList.replaceChildren();
    this.heads.clear();
    this.seen = null;
    for (const part of [this.svg, this.axis]) part.setAttribute('width', this.layout.width);
    this.svg.setAttribute('height', this.layout.height);
    this.sheet.style.setProperty('width', `${this.layout.width}px`);
    this.sheet.style.setProperty('height', `${this.layout.height}px`);
    this.sheet.style.setProperty('--bar-text', `${this.layout.textSize}px`);
    this.draw();
  }

  schedule() {
    if (this.scheduled) return;
    this.scheduled = true;
    requestAnimationFrame(() => {
      this.scheduled = false;
      if (this.film !== null) this.draw();
    });
  }

  // What can be seen now, if that has changed by enough.
  draw() {
    const left = this.view.left;
    const top = this.view.top;
    const seen = this.seen;
    const isNear = seen !== null && Math.abs(left - seen.left) < MARGIN / 2 && Math.abs(top - seen.top) < MARGIN / 2;
    if (!isNear) {
      this.seen = {left, top};
      this.drawCalls(left - MARGIN, left + this.view.width + MARGIN, top - MARGIN, top + this.view.height + MARGIN);
    }
    this.placeVeil();
  }

  drawCalls(left, right, top, bottom) {
    const first = Math.max(1, this.layout.stepAt(left));
    const last = this.layout.stepAt(right);
    this.drawLanes(top, bottom);
    this.drawAxis(first, last);
    const wanted = new Set();
    for (const call of this.layout.items) {
      if (call.start > last) break;
      if (call.last < first) continue;
      const y = this.layout.rowY(call);
      if (y > bottom || y + 30 < top) continue;
      wanted.add(call.number);
      if (!this.shown.has(call.number)) this.addCall(call);
    }
    for (const [number, group] of this.shown) {
      if (wanted.has(number)) continue;
      group.bar.remove();
      group.link.remove();
      this.shown.delete(number);
    }
  }

  addCall(call) {
    const group = this.painter.paint(call);
    this.bars.append(group.bar);
    this.links.append(group.link);
    this.shown.set(call.number, group);
  }

  drawLanes(top, bottom) {
    const wanted = new Set();
    this.layout.lanes.forEach((lane, index) => {
      if (lane.top > bottom || lane.top + lane.height < top) return;
      wanted.add(index);
      if (this.heads.has(index)) return;
      const back = svgElement('rect', {
        class: index % 2 === 0 ? 'lane even' : 'lane odd',
        x: 0,
        y: lane.top,
        width: this.layout.width,
        height: lane.height,
      });
      const state = element('span', {class: 'lane-lock'});
      const head = element(
        'div',
        {class: `lane-head${lane.height > TALL_LANE ? ' tall' : ''}${lane.height < FLAT_LANE ? ' flat' : ''}`},
        element(
          'div',
          {class: 'lane-label'},
          element('span', {class: 'lane-name', title: this.film.actors[lane.actor]}, this.nameOf(lane.actor)),
          state,
        ),
      );
      head.style.setProperty('top', `${lane.top}px`);
      head.style.setProperty('height', `${lane.height}px`);
      this.back.append(back);
      this.headList.append(head);
      this.heads.set(index, {back, head, state, text: null});
    });
    for (const [index, parts] of this.heads) {
      if (wanted.has(index)) continue;
      parts.back.remove();
      parts.head.remove();
      this.heads.delete(index);
    }
    this.showLocks();
  }

  // Of a name that is too long the id is still there.
  nameOf(actor) {
    const [type, ...rest] = this.film.actors[actor].split('/');
    return [
      element('bdi', {class: 'lane-type'}, type),
      rest.length > 0 ? element('bdi', {class: 'lane-id'}, `/${rest.join('/')}`) : null,
    ];
  }

  drawAxis(first, last) {
    const film = this.film;
    this.axis.replaceChildren(
      svgElement('rect', {class: 'axis-back', x: 0, y: 0, width: this.layout.width, height: AXIS_HEIGHT}),
    );
    const every = Math.max(1, Math.ceil(34 / this.layout.stepWidth));
    let textEnd = -Infinity;
    for (let step = first; step <= last; ++step) {
      const x = this.layout.eventX(step);
      if (step % every === 0 || step === 1) {
        this.axis.append(svgElement('text', {class: 'axis-step', x, y: 14}, String(step)));
      }
      const isNewTime = film.hasTimes && (step === 1 || film.time(step) !== film.time(step - 1));
      if (isNewTime && x > textEnd) {
        const text = durationText(film.time(step));
        this.axis.append(svgElement('text', {class: 'axis-time', x, y: 28}, text));
        textEnd = x + 12 + text.length * 7;
      }
    }
    for (const circle of film.circles) {
      if (circle.closed === null || circle.closed < first || circle.closed > last) continue;
      const x = this.layout.eventX(circle.closed);
      this.axis.append(svgElement('path', {class: 'axis-deadlock', d: `M${x - 5} ${AXIS_HEIGHT - 10}h10l-5 8z`}));
    }
  }

  // ---- the step that is shown ---------------------------------------------------------------------------------------

  showStep(step, isJump) {
    this.step = step;
    const frame = this.film.frame(step);
    const numbers = frame === null ? [] : frame.events.map((event) => event.call);
    if (frame !== null && numbers.length === 0) numbers.push(frame.subject);
    this.follow(
      numbers.find((number) => number !== null),
      isJump,
    );
    this.draw();
    this.showMarks([...new Set(numbers)].filter((number) => number !== null).slice(0, MOST_MARKS));
    this.showLocks();
  }

  // A frame around what this step is about. It lies over the bars: they need not be painted again.
  showMarks(numbers) {
    while (this.marks.children.length < numbers.length) this.marks.append(element('i', {class: 'now-mark'}));
    [...this.marks.children].forEach((mark, index) => {
      mark.hidden = index >= numbers.length;
      if (!mark.hidden) this.placeMark(mark, this.film.calls[numbers[index]]);
    });
  }

  placeMark(mark, call) {
    const {step, layout} = this;
    const piece = call.pieces.findLast((each) => each.from <= step && (each.to === null || each.to >= step));
    const from = piece === undefined ? layout.eventX(call.start) - 9 : layout.eventX(piece.from);
    const to = piece === undefined ? layout.eventX(call.start) + 9 : Math.min(layout.afterX(step), layout.endX(piece));
    mark.style.setProperty('transform', `translate(${from}px, ${layout.rowY(call)}px)`);
    mark.style.setProperty('width', `${Math.max(4, to - from)}px`);
    mark.style.setProperty('height', `${layout.barHeight(call)}px`);
  }

  placeVeil() {
    const x = this.layout.afterX(this.step);
    const from = Math.max(x, this.view.left);
    this.head.style.setProperty('transform', `translateX(${x}px)`);
    this.head.firstChild.textContent = this.step;
    this.veil.style.setProperty('transform', `translateX(${from}px)`);
    // Wider than what is left: while it glides to its place its end must not be seen. The sheet cuts it off.
    this.veil.style.setProperty('width', `${this.view.width + MARGIN}px`);
  }

  // Brings the playhead into view, and the row of the call that moves. Where step follows step in haste, from lane to
  // lane, it stays with the playhead.
  follow(number, isJump) {
    const {view} = this;
    const now = performance.now();
    const isHasty = !isJump && now - (this.followed || 0) < SMOOTH_AFTER;
    this.followed = now;
    const x = this.layout.afterX(this.step);
    const left = view.left + view.heads;
    const right = view.left + view.width;
    const to = {};
    if (x > right - this.layout.stepWidth - 16 || x < left + 8) {
      to.left = Math.max(0, x - view.heads - (right - left) * (x < left ? 0.6 : 0.35));
    }
    if (number !== undefined && number !== null && !isHasty) {
      const y = this.layout.rowY(this.film.calls[number]);
      if (y < view.top + AXIS_HEIGHT || y + 30 > view.top + view.height) to.top = Math.max(0, y - view.height / 2);
    }
    if (to.left === undefined && to.top === undefined) return;
    to.behavior = isJump || isHasty || prefersLessMotion() ? 'instant' : 'smooth';
    this.scrollTo(to);
  }

  // The locks in the heads of the lanes.
  showLocks() {
    const locks = this.film.locksAt(this.step);
    for (const [index, parts] of this.heads) {
      const lane = this.layout.lanes[index];
      const states = this.film.locksOf[lane.actor].map((lock) => [this.film.locks[lock], locks[lock]]);
      const current = states.filter(([, state]) => state !== undefined && !isIdle(state));
      const [lock, state] =
        current.length > 0 ? current[current.length - 1] : [states[0] && states[0][0], NO_LOCK_STATE];
      this.showLock(parts, lock, state);
    }
  }

  showLock(parts, lock, state) {
    const holder = state.inside.length > 0 ? this.film.calls[state.inside[0]] : null;
    const text = [state.free, holder === null ? '' : holder.color, state.depth, state.queue.length].join(' ');
    if (parts.text === text) return;
    parts.text = text;
    const isTaken = !state.free || holder !== null;
    const children = [icon(isTaken ? 'locked' : 'open')];
    if (isTaken && lock !== undefined && lock.reentrancy)
      children.push(element('span', {class: 'lane-depth'}, `${state.depth}/${lock.limit}`));
    if (state.queue.length > 0) children.push(element('span', {class: 'lane-queue'}, `+${state.queue.length}`));
    parts.state.replaceChildren(...children);
    parts.state.className = `lane-lock ${isTaken ? 'taken' : 'is-free'}${holder === null ? '' : ` c${holder.color}`}`;
  }

  // ---- the pointer --------------------------------------------------------------------------------------------------

  placeOf(event) {
    return this.layout.stepAt(event.clientX - this.svg.getBoundingClientRect().left);
  }

  clicked(event) {
    this.seek(this.placeOf(event));
  }

  dragged(event, isBegin) {
    if (isBegin) this.axis.setPointerCapture(event.pointerId);
    if (isBegin || this.axis.hasPointerCapture(event.pointerId)) this.seek(this.placeOf(event));
  }

  hovered(bar) {
    const root = bar === null ? null : this.film.calls[Number(bar.dataset.call)].root;
    if (root === this.hoveredRoot) return;
    this.hoveredRoot = root;
    this.svg.classList.toggle('has-lit', root !== null);
    for (const [number, group] of this.shown) {
      const isLit = root !== null && this.film.calls[number].root === root;
      group.bar.classList.toggle('lit', isLit);
      group.link.classList.toggle('lit', isLit);
    }
  }
}

// Does nobody hold the lock or wait for it?
function isIdle(state) {
  return state.free && state.inside.length === 0 && state.queue.length === 0;
}
