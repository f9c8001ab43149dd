// The model of a film: what stands in its data, and how everything is after any step. Steps count from 1; step 0 is
// before anything has happened. Nothing here decides what a call may do: it adds up what the data tells.

const CHAIN_COLORS = 8;
const CHECKPOINT_EVERY = 128;

const NO_LOCK_STATE = Object.freeze({
  free: true,
  closed: false,
  id: null,
  depth: 0,
  inside: [],
  queue: [],
  immovable: [],
});

// What films of any origin have in common. A subclass fills `calls`, `locks` and `frames`, and tells locksAt(step).
//
//   calls[]   {number, label, target, actor, method, caller, root, color, starter, oneWay, line, outcome, id, limit, …}
//             and, found out here: start, end (steps), pieces [{kind, from, to}], stuckFrom, stuckKind
//   locks[]   {actor, reentrancy, limit}
//   frames[]  {mover, subject, choice, events, time}; a frame is a step
class Film {
  constructor() {
    this.actors = [];
    this.calls = [];
    this.locks = [];
    this.frames = [];
    this.circles = [];
    this.leftOut = 0;
    this.notable = []; // steps at which something goes wrong or somebody has to wait: [step, kind]
  }

  get length() {
    return this.frames.length;
  }

  // What a call is called for short.
  numberText(call) {
    return String(call.number + 1);
  }

  frame(step) {
    return step < 1 ? null : this.frames[step - 1];
  }

  time(step) {
    return step < 1 ? 0 : this.frames[step - 1].time;
  }

  // What a call does from one step to another: `inside`, `waiting`, `held`, `retrying`.
  beginPiece(call, kind, step) {
    call.pieces.push({kind, from: step, to: null});
  }

  endPiece(call, kind, step) {
    const piece = call.pieces.find((candidate) => candidate.kind === kind && candidate.to === null);
    if (piece !== undefined) piece.to = step;
  }

  noteLock(step, before, after) {
    for (const number of before) {
      if (number >= 0 && !after.includes(number)) this.endPiece(this.calls[number], 'inside', step);
    }
    for (const number of after) {
      if (number >= 0 && !before.includes(number)) this.beginPiece(this.calls[number], 'inside', step);
    }
  }

  noteEvent(step, event) {
    if (event.call === null) return;
    const call = this.calls[event.call];
    if (call.start === null) {
      call.start = step;
      if (call.caller !== null) this.calls[call.caller].callees.push(call.number);
    }
    this.endPiece(call, 'held', step);
    this.endPiece(call, 'retrying', step);
    if (event.what === 'held') this.beginPiece(call, 'held', step);
    if (event.what === 'will-retry') this.beginPiece(call, 'retrying', step);
    if (event.what === 'waits' || event.what === 'held') this.notable.push([step, 'wait']);
    if (event.what === 'answered' || event.what === 'ended-badly') {
      if (call.end === null) call.end = step;
      call.endedBadly = event.what === 'ended-badly';
    }
    if (event.what === 'ended-badly' || event.what === 'overlapped') this.notable.push([step, 'bad']);
    if (event.what === 'stranded' && call.stuckFrom === null) this.markStuck(call, step, 'stranded');
    if (event.what === 'deadlocked' && call.stuckFrom === null) this.markStuck(call, step, 'deadlocked');
  }

  markStuck(call, step, kind) {
    call.stuckFrom = step;
    call.stuckKind = kind;
  }

  // Once all steps are known.
  finish() {
    for (const circle of this.circles) {
      if (circle.closed === null) continue;
      this.notable.push([circle.closed, 'deadlock']);
      for (const hop of circle.calls) {
        const call = this.calls[hop.call];
        if (hop.forLock) this.markStuck(call, circle.closed, 'deadlocked');
      }
    }
    this.hasTimes = this.frames.some((frame) => frame.time > 0);
    this.locksOf = this.actors.map(() => []);
    this.locks.forEach((lock, index) => this.locksOf[lock.actor].push(index));
  }

  isLive(call, step) {
    return call.start !== null && call.start <= step && (call.end === null || step < call.end);
  }

  // What it is doing after a step: `inside`, `waiting`, `held`, `retrying`, or null.
  doing(call, step) {
    const piece = call.pieces.find((each) => each.from <= step && (each.to === null || step < each.to));
    return piece === undefined ? null : piece.kind;
  }

  isClosed(circle, step) {
    return circle.closed !== null && circle.closed <= step && (circle.broken === null || step < circle.broken);
  }

  // Who waits for whom after a step, as [from, to, kind] of the calls in question: `lock` or `reply`.
  waitsOf(call, step, locks) {
    const edges = [];
    if (this.doing(call, step) === 'waiting') {
      for (const lock of this.locksOf[call.actor]) {
        const state = locks[lock] || NO_LOCK_STATE;
        if (!state.queue.includes(call.number)) continue;
        for (const holder of state.inside) {
          if (!state.immovable.includes(holder)) edges.push([call.number, holder, 'lock']);
        }
      }
    }
    for (const number of call.callees) {
      const callee = this.calls[number];
      if (!callee.oneWay && this.isLive(callee, step)) edges.push([call.number, number, 'reply']);
    }
    return edges;
  }
}

// Gives each chain of calls a color, in the order in which the chains begin.
function colorChains(calls) {
  const colors = new Map();
  for (const call of calls) {
    if (!colors.has(call.root)) colors.set(call.root, colors.size % CHAIN_COLORS);
    call.color = colors.get(call.root);
  }
}

function newCall(number, fields) {
  return Object.assign(
    {
      number,
      color: 0,
      callees: [],
      pieces: [],
      start: null,
      end: null,
      endedBadly: false,
      stuckFrom: null,
      stuckKind: null,
    },
    fields,
  );
}

// A film as the report recorded it: see json_film.h.
class RecordedFilm extends Film {
  constructor(data, words) {
    super();
    this.data = data;
    this.actors = data.actors;
    this.ids = data.ids;
    this.leftOut = data.left_out;
    this.ended = data.ended;
    this.locks = data.locks.map(([actor, reentrancy, limit]) => ({actor, reentrancy: reentrancy === 1, limit}));
    const limits = new Map(this.locks.map((lock) => [lock.actor, lock]));
    this.calls = data.calls.map((row, number) => this.readCall(row, number, words, limits));
    colorChains(this.calls);
    this.circles = data.circles
      .map((circle) => ({
        calls: circle.calls.map(([call, forLock]) => ({call, forLock: forLock === 1})),
        actors: circle.actors,
        closed: circle.closed < 0 ? null : circle.closed + 1,
        broken: circle.broken < 0 ? null : circle.broken + 1,
      }))
      .filter((circle) => circle.calls.every((hop) => hop.call < this.calls.length));
    this.readFrames(words);
    this.finish();
  }

  readCall(row, number, words, limits) {
    const [label, actor, method, caller, root, starter, oneWay, line, outcome, id, depth] = row;
    const target = `${this.data.actors[actor]}.${this.data.methods[method]}`;
    const lock = limits.get(actor);
    return newCall(number, {
      label: label < 0 ? target : this.data.labels[label],
      target,
      actor,
      method: this.data.methods[method],
      caller: caller < 0 ? null : caller,
      root,
      starter: words.starters[starter],
      oneWay: oneWay === 1,
      line,
      outcome: words.outcomes[outcome],
      id: id < 0 ? null : this.data.ids[id],
      depth,
      limit: lock === undefined ? 0 : lock.limit,
      reentrancy: lock !== undefined && lock.reentrancy,
    });
  }

  readEvent([what, call, first, second], words) {
    const event = {what: words.whats[what], call: call < 0 ? null : call};
    switch (event.what) {
      case 'entered':
      case 're-entered':
      case 'admitted':
        event.depth = first;
        event.abandoned = second === 1;
        break;
      case 'waits':
        event.reason = words.reasons[first];
        event.other = second < 0 ? null : second;
        break;
      case 'ended-badly':
      case 'will-retry':
        event.outcome = words.outcomes[first];
        break;
      case 'overlapped':
        event.other = first;
        break;
      case 'deactivated':
      case 'moved':
        event.lock = first;
        break;
      default:
        break;
    }
    return event;
  }

  // Adds everything up once; at every checkpoint the locks are kept as they are.
  readFrames(words) {
    const now = [];
    const changed = new Set();
    this.checkpoints = [[]];
    let time = 0;
    this.data.frames.forEach(([mover, subject, choice, events, changes], index) => {
      const step = index + 1;
      time += this.data.times[index];
      const frame = {
        mover: words.movers[mover],
        subject: subject < 0 ? null : subject,
        time,
        choice: choice < 0 ? null : this.data.choices[choice],
        events: events.map((row) => this.readEvent(row, words)),
        touched: changes.map((change) => change[0]),
      };
      this.frames.push(frame);
      for (const event of frame.events) this.noteEvent(step, event);
      for (const change of changes) {
        const lock = change[0];
        if (now[lock] === undefined) now[lock] = {inside: [], queue: []};
        this.noteChange(step, now[lock], change);
        changed.add(lock);
      }
      if (step % CHECKPOINT_EVERY === 0) {
        const kept = this.checkpoints[this.checkpoints.length - 1].slice();
        for (const lock of changed) kept[lock] = {...now[lock], queue: now[lock].queue.slice()};
        changed.clear();
        this.checkpoints.push(kept);
      }
    });
  }

  noteChange(step, state, change) {
    const [, , , , inside, gone = [], come = []] = change;
    const left = gone.map((place) => state.queue[place]);
    for (const number of left) {
      if (number >= 0) this.endPiece(this.calls[number], 'waiting', step);
    }
    changeQueue(state.queue, gone, come);
    for (let i = 1; i < come.length; i += 2) {
      if (come[i] >= 0) this.beginPiece(this.calls[come[i]], 'waiting', step);
    }
    this.noteLock(step, state.inside, inside || []);
    Object.assign(state, this.fixedPart(change));
  }

  fixedPart([, flags, id, depth, inside = [], , , immovable = []]) {
    return {
      free: (flags & 1) !== 0,
      closed: (flags & 2) !== 0,
      id: id < 0 ? null : this.data.ids[id],
      depth,
      inside,
      immovable,
    };
  }

  // The state of every lock after a step, by lock; undefined: nobody has come to it yet. The states do not change.
  locksAt(step) {
    if (this.cache !== undefined && this.cache.step === step) return this.cache.locks;
    const forward = this.cache !== undefined && this.cache.step < step && step - this.cache.step < CHECKPOINT_EVERY;
    const place = Math.floor(step / CHECKPOINT_EVERY);
    const locks = forward ? this.cache.locks.slice() : this.checkpoints[place].slice();
    for (let at = forward ? this.cache.step : place * CHECKPOINT_EVERY; at < step; ++at) {
      for (const change of this.data.frames[at][4]) {
        const before = locks[change[0]] || NO_LOCK_STATE;
        const queue = change.length > 5 ? before.queue.slice() : before.queue;
        if (change.length > 5) changeQueue(queue, change[5], change[6] || []);
        locks[change[0]] = {...this.fixedPart(change), queue};
      }
    }
    this.cache = {step, locks};
    return locks;
  }
}

function changeQueue(queue, gone, come) {
  for (let i = gone.length - 1; i >= 0; --i) queue.splice(gone[i], 1);
  for (let i = 0; i < come.length; i += 2) queue.splice(come[i], 0, come[i + 1]);
}
