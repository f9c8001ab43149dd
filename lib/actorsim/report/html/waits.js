// The wait-for graph after a step: a row for each chain of calls, its nested calls to the right. A line to the right
// waits for an answer; a line to another row, or back, waits for a lock.

const NODE_WIDTH = 126;
const NODE_HEIGHT = 42;
const COLUMN_WIDTH = 172;
const ROW_HEIGHT = 86;
const ROW_HEIGHT_OF_MANY = 62;
const MOST_SHOWN_OF_A_QUEUE = 5;
const MOST_NODES = 16;
const LOOKED_THROUGH_WHOLE = 400; // calls; of longer films only what is near the step is looked at

class WaitGraph {
  constructor(root) {
    this.edges = svgElement('g', {class: 'wait-edges'});
    this.nodes = svgElement('g', {class: 'wait-nodes'});
    this.svg = svgElement('svg', {class: 'wait-svg', 'aria-hidden': 'true'}, this.edges, this.nodes);
    this.words = element('ul', {class: 'hidden'});
    this.note = element('p', {class: 'panel-note'});
    this.banner = element('p', {class: 'banner', hidden: true}, 'A circle: nobody on it can go on.');
    root.append(this.banner, element('div', {class: 'wait-scroll'}, this.svg), this.note, this.words);
    this.shown = new Map();
  }

  show(film, step) {
    if (film !== this.film) {
      this.film = film;
      this.shown.clear();
      this.nodes.replaceChildren();
    }
    const {numbers, edges, isCut} = this.collect(film, step);
    const onCircle = this.onCircle(film, step);
    const places = this.place(film, numbers, step);
    this.drawNodes(film, step, numbers, places, onCircle);
    this.drawEdges(film, edges, places, onCircle);
    this.banner.hidden = onCircle.pairs.size === 0;
    this.showNote(edges.length === 0, isCut);
    this.words.replaceChildren(...edges.map((edge) => element('li', {}, waitText(film, edge))));
  }

  showNote(isEmpty, isCut) {
    const text = isCut ? 'Only what is near this step is drawn.' : '';
    const key = `${isEmpty}${text}`;
    if (key === this.noted) return;
    this.noted = key;
    const line = (kind) => element('span', {class: `edge-key ${kind}`});
    this.note.replaceChildren(
      ...(isEmpty
        ? ['Nobody waits for anybody.']
        : [line('reply'), 'for an answer', line('lock'), 'for a lock', ` ${text}`]),
    );
  }

  // The calls that wait or are waited for; where they are many, those near the step.
  collect(film, step) {
    const locks = film.locksAt(step);
    const frame = film.frame(step);
    this.leftOut = false;
    const near = film.circles
      .filter((circle) => film.isClosed(circle, step))
      .flatMap((circle) => circle.calls.map((hop) => hop.call));
    if (frame !== null) near.push(...frame.events.map((event) => event.call), frame.subject);
    if (film.calls.length <= LOOKED_THROUGH_WHOLE) {
      near.push(
        ...film.calls
          .filter((call) => film.isLive(call, step) && !this.isFarBack(film, call, step, locks))
          .map((call) => call.number),
      );
    }
    const seen = new Set(near.filter((number) => number !== null));
    const queue = [...seen];
    const edges = [];
    const used = new Set();
    let isCut = false;
    for (let i = 0; i < queue.length; ++i) {
      const call = film.calls[queue[i]];
      for (const edge of film.waitsOf(call, step, locks)) {
        const fresh = (used.has(edge[0]) ? 0 : 1) + (used.has(edge[1]) ? 0 : 1);
        if (used.size + fresh > MOST_NODES) {
          isCut = true;
          continue;
        }
        edges.push(edge);
        used.add(edge[0]).add(edge[1]);
      }
      for (const number of this.neighbours(film, call, step, locks)) {
        if (seen.has(number) || seen.size > 4 * MOST_NODES) continue;
        seen.add(number);
        queue.push(number);
      }
    }
    return {numbers: [...used].sort((a, b) => a - b), edges, isCut: isCut || this.leftOut};
  }

  // Of a long queue only the first are drawn.
  isFarBack(film, call, step, locks) {
    const isFar = film.locksOf[call.actor].some(
      (lock) => locks[lock] !== undefined && locks[lock].queue.indexOf(call.number) >= MOST_SHOWN_OF_A_QUEUE,
    );
    this.leftOut ||= isFar;
    return isFar;
  }

  neighbours(film, call, step, locks) {
    const found = film.waitsOf(call, step, locks).map((edge) => edge[1]);
    if (call.caller !== null && !call.oneWay && film.isLive(call, step)) found.push(call.caller);
    for (const lock of film.locksOf[call.actor]) {
      const state = locks[lock];
      if (state === undefined || !state.inside.includes(call.number)) continue;
      found.push(...state.queue.slice(0, MOST_SHOWN_OF_A_QUEUE).filter((number) => number >= 0));
      this.leftOut ||= state.queue.length > MOST_SHOWN_OF_A_QUEUE;
    }
    return found;
  }

  onCircle(film, step) {
    const calls = new Set();
    const pairs = new Set();
    for (const circle of film.circles) {
      if (!film.isClosed(circle, step)) continue;
      circle.calls.forEach((hop, index) => {
        calls.add(hop.call);
        pairs.add(`${hop.call}>${circle.calls[(index + 1) % circle.calls.length].call}`);
      });
    }
    return {calls, pairs};
  }

  // Rows by chain; the first nested call stands in its caller's row, every other one in a row of its own. A first call
  // that waits stands to the right of those that are in.
  place(film, numbers, step) {
    const shown = new Set(numbers);
    const depths = new Map();
    const depthOf = (number) => {
      if (!depths.has(number)) {
        const caller = film.calls[number].caller;
        const isAtTheDoor = caller === null && film.doing(film.calls[number], step) === 'waiting';
        depths.set(number, caller === null ? Number(isAtTheDoor) : depthOf(caller) + 1);
      }
      return depths.get(number);
    };
    numbers.forEach(depthOf);
    const columns = [...new Set(numbers.map((number) => depths.get(number)))].sort((a, b) => a - b);
    const places = new Map();
    const taken = new Set();
    let rows = 0;
    const put = (number, row) => {
      places.set(number, {x: columns.indexOf(depths.get(number)), y: row});
      let next = row;
      for (const callee of film.calls[number].callees.filter((each) => shown.has(each) && !places.has(each))) {
        if (next !== row || taken.has(`${row},${callee}`)) next = rows++;
        put(callee, next);
        next = -1;
      }
    };
    const byChain = numbers
      .slice()
      .sort((a, b) => film.calls[a].root - film.calls[b].root || depths.get(a) - depths.get(b) || a - b);
    for (const number of byChain) {
      if (!places.has(number)) put(number, rows++);
    }
    const rowHeight = rows > 5 ? ROW_HEIGHT_OF_MANY : ROW_HEIGHT;
    this.size = {
      width: Math.max(1, columns.length) * COLUMN_WIDTH - (COLUMN_WIDTH - NODE_WIDTH) + 24,
      height: rows * rowHeight + 8,
    };
    for (const place of places.values()) {
      place.x = 12 + place.x * COLUMN_WIDTH;
      place.y = 14 + place.y * rowHeight;
    }
    return places;
  }

  drawNodes(film, step, numbers, places, onCircle) {
    const wanted = new Set(numbers);
    for (const [number, node] of this.shown) {
      if (wanted.has(number)) continue;
      node.remove();
      this.shown.delete(number);
    }
    const {width, height} = this.size;
    this.svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.svg.style.setProperty('max-width', `${width * 1.3}px`);
    this.svg.style.setProperty('min-width', `${width * 0.6}px`);
    this.svg.toggleAttribute('hidden', numbers.length === 0);
    for (const number of numbers) {
      if (!this.shown.has(number)) {
        const node = this.makeNode(film, film.calls[number]);
        this.shown.set(number, node);
        this.nodes.append(node);
      }
      const node = this.shown.get(number);
      const place = places.get(number);
      const state = film.doing(film.calls[number], step) || 'inside';
      node.style.setProperty('transform', `translate(${place.x}px, ${place.y}px)`);
      node.setAttribute(
        'class',
        `wait-node c${film.calls[number].color} ${state}${onCircle.calls.has(number) ? ' stuck' : ''}`,
      );
    }
  }

  makeNode(film, call) {
    const fit = (text, letters) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);
    const number = film.numberText(call);
    return svgElement(
      'g',
      {class: 'wait-node'},
      svgElement('title', {}, `call ${number}: ${call.label}`),
      svgElement('rect', {width: NODE_WIDTH, height: NODE_HEIGHT, rx: 9}),
      svgElement(
        'text',
        {class: 'node-name', x: 10, y: 17},
        svgElement('tspan', {class: 'bar-number'}, number),
        svgElement('tspan', {dx: 5}, fit(call.label === call.target ? call.method : call.label, 13)),
      ),
      svgElement('text', {class: 'node-actor', x: 10, y: 33}, fit(film.actors[call.actor], 17)),
    );
  }

  drawEdges(film, edges, places, onCircle) {
    this.edges.replaceChildren();
    const drawn = [];
    for (const [from, to, kind] of edges) {
      const isStuck = onCircle.pairs.has(`${from}>${to}`);
      const shape = edgeShape(places.get(from), places.get(to), film.calls[from].caller === null);
      const group = svgElement(
        'g',
        {class: `wait-edge ${kind}${isStuck ? ' stuck' : ''}`},
        svgElement('path', {class: 'edge-line', d: shape.path}),
        svgElement('path', {class: 'edge-tip', d: shape.tip}),
      );
      drawn.push([isStuck, group]);
    }
    drawn.sort((a, b) => a[0] - b[0]);
    this.edges.append(...drawn.map((entry) => entry[1]));
  }
}

// For who hears the page.
function waitText(film, [from, to, kind]) {
  const caller = film.calls[from];
  const [who, whom] = [caller, film.calls[to]].map((call) => `call ${film.numberText(call)}`);
  if (kind === 'reply') return `${who} waits for the answer of ${whom}`;
  return `${who} waits for the lock of ${film.actors[caller.actor]}, held by ${whom}`;
}

// A line from one box to another: straight to the right within a row, an arc below it within a row to the left; from
// one at the door along its row, then up or down; a curve to any other row.
function edgeShape(from, to, isAtTheDoor) {
  const a = {x: from.x + NODE_WIDTH / 2, y: from.y + NODE_HEIGHT / 2};
  const b = {x: to.x + NODE_WIDTH / 2, y: to.y + NODE_HEIGHT / 2};
  if (from.y === to.y && from.x < to.x) {
    const start = from.x + NODE_WIDTH;
    return {path: `M${start} ${a.y}H${to.x - 7}`, tip: tipAt(to.x - 1, b.y, 1, 0)};
  }
  if (from.y === to.y) {
    const y = from.y + NODE_HEIGHT;
    const start = a.x - 14;
    const end = b.x + 14;
    return {path: `M${start} ${y}C${start} ${y + 26} ${end} ${y + 26} ${end} ${y + 7}`, tip: tipAt(end, y + 1, 0, -1)};
  }
  if (isAtTheDoor && to.x < from.x) {
    const isAbove = to.y < from.y;
    const end = isAbove ? to.y + NODE_HEIGHT : to.y;
    const away = isAbove ? 8 : -8;
    return {
      path: `M${from.x} ${a.y}H${b.x + 12}Q${b.x} ${a.y} ${b.x} ${a.y - 1.5 * away}V${end + away}`,
      tip: tipAt(b.x, end + away / 8, 0, -Math.sign(away)),
    };
  }
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = Math.hypot(dx, dy);
  const bend = dx === 0 ? 34 : 14;
  const middle = {x: (a.x + b.x) / 2 - (dy / length) * bend, y: (a.y + b.y) / 2 + (dx / length) * bend};
  const start = boxBorder(a, middle, 0);
  const end = boxBorder(b, middle, 6);
  const toEnd = {x: end.x - middle.x, y: end.y - middle.y};
  const size = Math.hypot(toEnd.x, toEnd.y);
  return {
    path: `M${start.x} ${start.y}Q${middle.x} ${middle.y} ${end.x} ${end.y}`,
    tip: tipAt(end.x + (toEnd.x / size) * 6, end.y + (toEnd.y / size) * 6, toEnd.x / size, toEnd.y / size),
  };
}

// Where the line from a box's middle to a point leaves the box, and a bit.
function boxBorder(center, point, extra) {
  const dx = point.x - center.x;
  const dy = point.y - center.y;
  const scale = Math.min(
    dx === 0 ? Infinity : NODE_WIDTH / 2 / Math.abs(dx),
    dy === 0 ? Infinity : NODE_HEIGHT / 2 / Math.abs(dy),
  );
  const more = extra / Math.hypot(dx, dy);
  return {x: center.x + dx * (scale + more), y: center.y + dy * (scale + more)};
}

function tipAt(x, y, dx, dy) {
  const back = {x: x - dx * 9, y: y - dy * 9};
  return `M${x} ${y}L${back.x - dy * 4.5} ${back.y + dx * 4.5}L${back.x + dy * 4.5} ${back.y - dx * 4.5}z`;
}
