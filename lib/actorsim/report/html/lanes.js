// The swim-lanes: a lane for each actor, a bar for each call, time to the right. What is to come lies under a veil, so
// that a step moves one line and draws nothing. Only what can be seen is in the document.

const AXIS_HEIGHT = 34;
const EVENT_PLACE = 0.35;  // of a step's column: where things happen; left of it is before, right of it after
const MARGIN = 300;        // pixels drawn beyond what can be seen
const WIDEST_STEP = 150;
const NARROWEST_STEP = 5;

const ROW_HEIGHT_OF_FEW = 27;
const MOST_STRETCHED = 1.7;
const LEAST_STRETCHED = 0.74;
const TALL_LANE = 150;
const FLAT_LANE = 38;

// Where calls are many, their bars are thin.
function rowHeightFor(rows) {
  if (rows <= 10) return ROW_HEIGHT_OF_FEW;
  if (rows <= 30) return 16;
  return rows <= 120 ? 9 : 5;
}

class Lanes {
  constructor(root, seek) {
    this.root = root;
    this.seek = seek;
    this.film = null;
    this.step = 0;
    this.shown = new Map();  // call number to its group
    this.marked = [];
    this.heads = new Map();  // lane to its head
    this.withTime = false;
    this.zoomed = 1;
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
    this.sheet = element('div', {class: 'sheet'}, this.svg, this.veil, this.head, this.axis, this.headList);
    this.root.append(this.sheet);
    this.root.addEventListener('scroll', () => this.schedule(), {passive: true});
    this.svg.addEventListener('click', (event) => this.clicked(event));
    this.svg.addEventListener('pointerover', (event) => this.hovered(event.target.closest('.call')));
    this.svg.addEventListener('pointerleave', () => this.hovered(null));
    this.axis.addEventListener('pointerdown', (event) => this.dragged(event, true));
    this.axis.addEventListener('pointermove', (event) => this.dragged(event, false));
    new ResizeObserver(() => this.resized()).observe(this.root);
  }

  get headWidth() {
    return this.headList.offsetWidth;
  }

  // ---- layout -------------------------------------------------------------------------------------------------------

  setFilm(film, step) {
    const isNew = film !== this.film;
    this.film = film;
    this.step = step;
    if (isNew) this.zoomed = 1;
    this.placeLanes();
    this.widenHeads();
    this.placeSteps();
    this.redraw();
    if (isNew) this.root.scrollTo(0, 0);
    this.showStep(step, true);
  }

  lastStep(call) {
    let last = call.end === null ? call.start + 1 : call.end;
    for (const piece of call.pieces) last = Math.max(last, piece.to === null ? this.film.length + 1 : piece.to);
    return Math.max(last, call.start + 1);
  }

  // Calls take the first row of their lane that is free from their start to their end.
  placeLanes() {
    const film = this.film;
    this.lanes = [];
    this.laneOf = new Map();
    if (film.showsAllActors) {
      for (const actor of new Set(film.calls.map((call) => call.actor))) this.addLane(actor);
    }
    this.items = film.calls.filter((call) => call.start !== null).sort((a, b) => a.start - b.start || a.number - b.number);
    for (const call of this.items) {
      if (!this.laneOf.has(call.actor)) this.addLane(call.actor);
      const lane = this.lanes[this.laneOf.get(call.actor)];
      let row = lane.freeFrom.findIndex((from) => from <= call.start);
      if (row < 0) row = lane.freeFrom.length;
      call.last = this.lastStep(call);
      lane.freeFrom[row] = call.last;
      call.row = row;
    }
    this.stretchRows();
    let top = AXIS_HEIGHT;
    for (const lane of this.lanes) {
      lane.top = top;
      lane.height = Math.max(lane.freeFrom.length, 1.25) * lane.rowHeight + 2 * this.padding;
      top += lane.height;
    }
    this.height = Math.max(top, this.root.clientHeight);
  }

  // The heads of the lanes are as wide as the longest name, within reason.
  widenHeads() {
    const isNarrow = this.root.clientWidth < 700;
    const [least, most] = isNarrow ? [84, 116] : [130, 230];
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = `650 15px ${getComputedStyle(this.root).fontFamily}`;
    const hasFlat = this.lanes.some((lane) => lane.height < FLAT_LANE);
    const longest = this.lanes.slice(0, 400).reduce((width, lane) => Math.max(width, pen.measureText(this.film.actors[lane.actor]).width), 0);
    const width = Math.min(most, Math.max(least, Math.ceil(longest) + (hasFlat ? 66 : 32)));
    this.root.style.setProperty('--heads', `${width}px`);
  }

  addLane(actor) {
    this.laneOf.set(actor, this.lanes.length);
    this.lanes.push({actor, freeFrom: []});
  }

  // Few rows take the room that there is.
  stretchRows() {
    const rows = this.lanes.reduce((sum, lane) => sum + Math.max(lane.freeFrom.length, 1.25), 0);
    this.padding = this.lanes.length > 6 ? 4 : 8;
    const room = this.root.clientHeight - AXIS_HEIGHT - 2 * this.padding * this.lanes.length - 10;
    const stretch = Math.min(MOST_STRETCHED, Math.max(LEAST_STRETCHED, room / (rows * ROW_HEIGHT_OF_FEW)));
    for (const lane of this.lanes) lane.rowHeight = Math.floor(rowHeightFor(lane.freeFrom.length) * stretch);
    this.sheet.style.setProperty('--bar-text', `${Math.min(15.5, Math.max(11, 12.5 * stretch))}px`);
  }

  placeSteps() {
    const film = this.film;
    const room = Math.max(200, this.root.clientWidth - this.headWidth - 48);
    const fitting = Math.min(92, Math.max(30, room / Math.max(film.length, 1)));
    this.stepWidth = Math.min(WIDEST_STEP, Math.max(NARROWEST_STEP, fitting * this.zoomed));
    const total = film.time(film.length);
    const scale = this.withTime && total > 0 ? Math.max(room, film.length * this.stepWidth) / total : 0;
    this.lefts = new Float64Array(film.length + 2);
    let x = this.headWidth + 16;
    for (let step = 1; step <= film.length; ++step) {
      x += (film.time(step) - film.time(step - 1)) * scale;
      this.lefts[step] = x;
      x += this.stepWidth;
    }
    this.lefts[film.length + 1] = x;
    this.lefts[0] = this.headWidth + 16;
    this.width = Math.max(x + 40, this.root.clientWidth - 1);
  }

  eventX(step) {
    if (step > this.film.length) return this.film.isOpen ? this.afterX(this.film.length) : this.width;
    return this.lefts[step] + this.stepWidth * EVENT_PLACE;
  }

  // Where the playhead stands once a step has been taken.
  afterX(step) {
    return step < 1 ? this.lefts[0] : this.lefts[step] + this.stepWidth * 0.9;
  }

  // The last step whose column begins at x or left of it.
  stepAt(x) {
    let low = 0;
    let high = this.film.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.lefts[middle] <= x) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  rowY(call) {
    const lane = this.lanes[this.laneOf.get(call.actor)];
    return lane.top + this.padding + call.row * lane.rowHeight;
  }

  zoom(factor) {
    this.zoomed = Math.min(30, Math.max(0.05, this.zoomed * factor));
    this.again();
  }

  showTime(on) {
    this.withTime = on;
    this.again();
  }

  again() {
    this.placeSteps();
    this.redraw();
    this.showStep(this.step, true);
  }

  resized() {
    const size = `${this.root.clientWidth} ${this.root.clientHeight}`;
    if (this.film === null || this.root.clientWidth === 0 || size === this.lastSize) return;
    this.lastSize = size;
    this.placeLanes();
    this.widenHeads();
    this.again();
  }

  // ---- drawing ------------------------------------------------------------------------------------------------------

  redraw() {
    for (const group of this.shown.values()) {
      group.bar.remove();
      group.link.remove();
    }
    this.shown.clear();
    this.marked = [];
    this.back.replaceChildren();
    this.headList.replaceChildren();
    this.heads.clear();
    this.seen = null;
    for (const part of [this.svg, this.axis]) part.setAttribute('width', this.width);
    this.svg.setAttribute('height', this.height);
    this.sheet.style.setProperty('width', `${this.width}px`);
    this.sheet.style.setProperty('height', `${this.height}px`);
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
    const left = this.root.scrollLeft;
    const top = this.root.scrollTop;
    const seen = this.seen;
    const isNear = seen !== null && Math.abs(left - seen.left) < MARGIN / 2 && Math.abs(top - seen.top) < MARGIN / 2;
    if (!isNear) {
      this.seen = {left, top};
      this.drawCalls(left - MARGIN, left + this.root.clientWidth + MARGIN, top - MARGIN, top + this.root.clientHeight + MARGIN);
    }
    this.placeVeil();
  }

  drawCalls(left, right, top, bottom) {
    const first = Math.max(1, this.stepAt(left));
    const last = this.stepAt(right);
    this.drawLanes(top, bottom);
    this.drawAxis(first, last);
    const wanted = new Set();
    for (const call of this.items) {
      if (call.start > last) break;
      if (call.last < first) continue;
      const y = this.rowY(call);
      if (y > bottom || y + 30 < top) continue;
      wanted.add(call.number);
      if (!this.shown.has(call.number)) this.drawCall(call);
    }
    for (const [number, group] of this.shown) {
      if (wanted.has(number)) continue;
      group.bar.remove();
      group.link.remove();
      this.shown.delete(number);
    }
  }

  drawLanes(top, bottom) {
    const wanted = new Set();
    this.lanes.forEach((lane, index) => {
      if (lane.top > bottom || lane.top + lane.height < top) return;
      wanted.add(index);
      if (this.heads.has(index)) return;
      const back = svgElement('rect', {class: index % 2 === 0 ? 'lane even' : 'lane odd', x: 0, y: lane.top,
                                       width: this.width, height: lane.height});
      const state = element('span', {class: 'lane-lock'});
      const head = element('div', {class: `lane-head${lane.height > TALL_LANE ? ' tall' : ''}${lane.height < FLAT_LANE ? ' flat' : ''}`},
                           element('div', {class: 'lane-label'},
                                   element('span', {class: 'lane-name', title: this.film.actors[lane.actor]},
                                           this.nameOf(lane.actor)), state));
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
    return [element('bdi', {class: 'lane-type'}, type), rest.length > 0 ? element('bdi', {class: 'lane-id'}, `/${rest.join('/')}`) : null];
  }

  drawAxis(first, last) {
    const film = this.film;
    this.axis.replaceChildren(svgElement('rect', {class: 'axis-back', x: 0, y: 0, width: this.width, height: AXIS_HEIGHT}));
    const every = Math.max(1, Math.ceil(34 / this.stepWidth));
    let textEnd = -Infinity;
    for (let step = first; step <= last; ++step) {
      const x = this.eventX(step);
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
      const x = this.eventX(circle.closed);
      this.axis.append(svgElement('path', {class: 'axis-deadlock', d: `M${x - 5} ${AXIS_HEIGHT - 10}h10l-5 8z`}));
    }
  }

  drawCall(call) {
    const lane = this.lanes[this.laneOf.get(call.actor)];
    const y = this.rowY(call);
    const height = lane.rowHeight - (lane.rowHeight > 12 ? 4 : 1);
    const isThin = lane.rowHeight <= 12;
    const bar = svgElement('g', {class: `call c${call.color}${isThin ? ' thin' : ''}`, 'data-call': call.number});
    bar.append(svgElement('title', {}, this.titleOf(call)));
    const start = this.eventX(call.start);
    for (const piece of call.pieces) this.drawPiece(bar, call, piece, y, height);
    if (call.pieces.length === 0) bar.append(this.cross(start, y + height / 2));
    const firstPiece = call.pieces[0];
    if (firstPiece !== undefined && height > 10) {
      const end = firstPiece.to === null || call.pieces.length > 1 ? this.eventX(call.last) : this.eventX(firstPiece.to);
      this.drawLabel(bar, call, start, end, y, height);
    }
    if (call.endedBadly && call.pieces.length > 0) bar.append(this.cross(this.eventX(call.end), y + height / 2));
    const link = svgElement('g', {class: `link c${call.color}${isThin ? ' thin' : ''}`});
    this.drawLinks(link, call, y, height);
    this.bars.append(bar);
    this.links.append(link);
    this.shown.set(call.number, {bar, link});
  }

  drawPiece(bar, call, piece, y, height) {
    const from = this.eventX(piece.from);
    const to = this.eventX(piece.to === null ? this.film.length + 1 : piece.to);
    const stuck = call.stuckFrom !== null && piece.kind === 'waiting' && (piece.to === null || piece.to > call.stuckFrom)
      ? Math.max(from, this.eventX(call.stuckFrom)) : null;
    const add = (x1, x2, kind) => {
      if (x2 - x1 < 0.5) return;
      bar.append(svgElement('rect', {class: `piece ${kind}`, x: x1, y, width: x2 - x1, height, rx: Math.min(6, height / 2)}));
    };
    const isAfterEnd = call.end !== null && piece.from >= call.end;
    const kind = isAfterEnd ? `${piece.kind} abandoned` : piece.kind;
    if (stuck === null) add(from, to, kind);
    else {
      add(from, stuck, kind);
      add(stuck, to, 'stuck');
    }
  }

  drawLabel(bar, call, start, end, y, height) {
    const room = end - start - 12;
    const number = this.film.numberText(call);
    if (room < 14 + number.length * 6) return;
    const letters = Math.floor((room - 12 - number.length * 8) / 8.2);
    let name = call.label === call.target ? call.method : call.label;
    if (name.length > letters) name = letters >= 3 ? `${name.slice(0, letters - 1)}…` : '';
    const isWaiting = call.pieces[0].kind !== 'inside';
    bar.append(svgElement('text', {class: isWaiting ? 'bar-text on-waiting' : 'bar-text', x: start + 8, y: y + height / 2},
                          svgElement('tspan', {class: 'bar-number'}, number),
                          svgElement('tspan', {dx: 5}, name)));
  }

  cross(x, y) {
    return svgElement('path', {class: 'cross', d: `M${x - 5} ${y - 5}l10 10M${x + 5} ${y - 5}l-10 10`});
  }

  // From the caller's bar to the call, and back with the answer.
  drawLinks(link, call, y, height) {
    const x = this.eventX(call.start);
    const middle = y + height / 2;
    if (call.caller === null) {
      link.append(svgElement('path', {class: 'from-outside', d: `M${x - 16} ${middle}h11`}),
                  svgElement('path', {class: 'tip', d: `M${x - 6} ${middle - 4}l6 4l-6 4z`}));
      return;
    }
    const caller = this.film.calls[call.caller];
    if (caller.start === null) return;
    const callerLane = this.lanes[this.laneOf.get(caller.actor)];
    const callerY = this.rowY(caller);
    const callerHeight = callerLane.rowHeight - (callerLane.rowHeight > 12 ? 4 : 1);
    const isBelow = middle > callerY + callerHeight / 2;
    const from = isBelow ? callerY + callerHeight : callerY;
    const to = isBelow ? y : y + height;
    const tip = isBelow ? -5 : 5;
    link.append(svgElement('path', {class: call.oneWay ? 'sends' : 'calls', d: `M${x} ${from}V${to + tip}`}),
                svgElement('path', {class: 'tip', d: `M${x - 4} ${to + tip}h8l-4 ${-tip}z`}));
    if (call.end === null || call.oneWay || call.pieces.length === 0) return;
    const back = this.eventX(call.end);
    link.append(svgElement('path', {class: 'answer', d: `M${back} ${to}V${from}`}));
  }

  titleOf(call) {
    const lines = [`call ${this.film.numberText(call)}: ${call.label}`, call.outcome];
    if (call.label !== call.target) lines[0] += ` (${call.target})`;
    if (call.id !== null) lines.push(`reentrancy id ${call.id}`);
    if (call.line > 0) lines.push(`line ${call.line}`);
    return lines.filter((line) => line !== undefined).join('\n');
  }

  // ---- the step that is shown ---------------------------------------------------------------------------------------

  showStep(step, isJump) {
    this.step = step;
    const frame = this.film.frame(step);
    for (const bar of this.marked) bar.classList.remove('is-now');
    this.marked = [];
    const numbers = frame === null ? [] : frame.events.map((event) => event.call);
    if (frame !== null && numbers.length === 0) numbers.push(frame.subject);
    this.follow(numbers.find((number) => number !== null), isJump);
    this.draw();
    for (const number of new Set(numbers)) {
      const group = this.shown.get(number);
      if (group === undefined) continue;
      group.bar.classList.add('is-now');
      this.marked.push(group.bar);
    }
    this.showLocks();
  }

  placeVeil() {
    const x = this.afterX(this.step);
    const from = Math.max(x, this.root.scrollLeft);
    this.head.style.setProperty('transform', `translateX(${x}px)`);
    this.head.firstChild.textContent = this.step;
    this.veil.style.setProperty('transform', `translateX(${from}px)`);
    this.veil.style.setProperty('width', `${Math.max(0, Math.min(this.width - from, this.root.clientWidth + MARGIN))}px`);
  }

  // Brings the playhead, and the row of the call that moves, into view.
  follow(number, isJump) {
    const x = this.afterX(this.step);
    const left = this.root.scrollLeft + this.headWidth;
    const right = this.root.scrollLeft + this.root.clientWidth;
    const to = {};
    if (x > right - this.stepWidth - 16 || x < left + 8) {
      to.left = Math.max(0, x - this.headWidth - (right - left) * (x < left ? 0.6 : 0.35));
    }
    if (number !== undefined) {
      const y = this.rowY(this.film.calls[number]);
      const top = this.root.scrollTop;
      if (y < top + AXIS_HEIGHT || y + 30 > top + this.root.clientHeight) to.top = Math.max(0, y - this.root.clientHeight / 2);
    }
    if (to.left === undefined && to.top === undefined) return;
    to.behavior = isJump || prefersLessMotion() ? 'instant' : 'smooth';
    this.root.scrollTo(to);
  }

  // The locks in the heads of the lanes.
  showLocks() {
    const locks = this.film.locksAt(this.step);
    for (const [index, parts] of this.heads) {
      const lane = this.lanes[index];
      const states = this.film.locksOf[lane.actor].map((lock) => [this.film.locks[lock], locks[lock]]);
      const current = states.filter(([, state]) => state !== undefined && !isIdle(state));
      const [lock, state] = current.length > 0 ? current[current.length - 1] : [states[0] && states[0][0], NO_LOCK_STATE];
      this.showLock(parts, lock, state);
    }
  }

  showLock(parts, lock, state) {
    const holder = state.inside.length > 0 ? this.film.calls[state.inside[0]] : null;
    const text = `${state.free}|${holder === null ? '' : holder.color}|${state.depth}|${state.queue.length}|${state.id}`;
    if (parts.text === text) return;
    parts.text = text;
    const isTaken = !state.free || holder !== null;
    const children = [icon(isTaken ? 'locked' : 'open')];
    if (isTaken && lock !== undefined && lock.reentrancy) children.push(element('span', {class: 'lane-depth'}, `${state.depth}/${lock.limit}`));
    if (state.queue.length > 0) children.push(element('span', {class: 'lane-queue'}, `+${state.queue.length}`));
    parts.state.replaceChildren(...children);
    parts.state.className = `lane-lock ${isTaken ? 'taken' : 'is-free'}${holder === null ? '' : ` c${holder.color}`}`;
  }

  // ---- the pointer --------------------------------------------------------------------------------------------------

  placeOf(event) {
    return this.stepAt(event.clientX - this.svg.getBoundingClientRect().left);
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
