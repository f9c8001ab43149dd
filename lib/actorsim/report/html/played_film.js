// The film of what has been played so far. The situations are those of the state graph; each step tells what it did.

class PlayedFilm extends Film {
  constructor(graph, moves) {
    super();
    this.graph = graph;
    this.showsAllActors = true;
    this.isOpen = true; // what goes on now goes on until somebody moves
    this.states = [NO_LOCKS];
    this.numbers = new Map(); // of calls by arrival
    this.lockNumbers = new Map();
    this.readCalls();
    let state = graph.states[0];
    for (const move of moves) {
      const step = state.steps[move];
      const next = graph.states[step.to];
      this.addFrame(step, state, next);
      state = next;
    }
    colorChains(this.calls);
    this.findCircle(state);
    this.finish();
  }

  numberText(call) {
    return String(this.numbers.get(call.number) || '');
  }

  actorNumber(name) {
    const found = this.actors.indexOf(name);
    return found >= 0 ? found : this.actors.push(name) - 1;
  }

  readCalls() {
    const chains = [...new Set(this.graph.calls.map((call) => call.chain))].sort(byChainNumber);
    this.calls = this.graph.calls.map((call, number) => {
      const dot = call.target.lastIndexOf('.');
      return newCall(number, {
        label: call.label,
        target: call.target,
        actor: this.actorNumber(call.target.slice(0, dot)),
        method: call.target.slice(dot + 1),
        callerActor: call.caller,
        caller: null,
        root: chains.indexOf(call.chain),
        starter: `a ${call.starter}`,
        oneWay: call.one_way,
        line: 0,
        outcome: undefined,
        id: null,
        limit: 0,
      });
    });
  }

  addFrame(step, before, after) {
    const act = this.graph.acts[step.act];
    const at = this.frames.length + 1;
    const locks = this.readLocks(after, this.states[this.states.length - 1]);
    const events = act.events.map((event) => this.readEvent(event, before, after));
    for (const event of events) {
      if (event.call === null) continue;
      const call = this.calls[event.call];
      if (!this.numbers.has(event.call)) this.numbers.set(event.call, this.numbers.size + 1);
      if (call.start === null) call.caller = this.callerOf(call, before);
    }
    const touched = [];
    this.frames.push({
      mover: act.kind === 'activity' ? 'handler' : act.kind,
      subject: events.length > 0 ? events[0].call : null,
      choice: step.choice,
      time: 0,
      events,
      touched,
    });
    for (const event of events) this.noteEvent(at, event);
    const earlier = this.states[this.states.length - 1];
    locks.forEach((lock, index) => {
      const old = earlier[index] || NO_LOCK_STATE;
      if (lock === old) return;
      touched.push(index);
      for (const number of old.queue.filter((each) => each >= 0 && !lock.queue.includes(each)))
        this.endPiece(this.calls[number], 'waiting', at);
      for (const number of lock.queue.filter((each) => each >= 0 && !old.queue.includes(each)))
        this.beginPiece(this.calls[number], 'waiting', at);
      this.noteLock(at, old.inside, lock.inside);
    });
    this.states.push(locks);
  }

  // Its caller is the call inside the calling actor that is about to wait for it, else the last one of its chain there.
  callerOf(call, before) {
    if (call.callerActor === null) return null;
    const inside = before.locks
      .filter((lock) => lock.actor === call.callerActor)
      .flatMap((lock) => lock.seats.flatMap((seat) => seat.inside));
    const own = inside.filter((number) => number !== null && this.calls[number].root === call.root);
    const waiting = new Set(before.blocked.filter((each) => each.by === 'answer').map((each) => each.call));
    const free = own.filter((number) => !waiting.has(number));
    return free.length > 0 ? free[free.length - 1] : own.length > 0 ? own[own.length - 1] : null;
  }

  readEvent(event, before, after) {
    const read = {what: event.what, call: event.call, depth: event.depth, outcome: event.outcome, abandoned: false};
    if (event.others.length > 0) read.other = event.others[0];
    if (event.what === 'deactivated') read.lock = this.lockNumber(event.actor, 0);
    if (event.what === 'waits') {
      read.reason = 'plain';
      const blocked = after.blocked.find((each) => each.call === event.call);
      read.text = blocked === undefined ? null : blocked.text;
    }
    return read;
  }

  lockNumber(actor, occurrence) {
    const key = `${actor} ${occurrence}`;
    if (!this.lockNumbers.has(key)) {
      this.lockNumbers.set(key, this.locks.length);
      this.locks.push({actor: this.actorNumber(actor), reentrancy: false, limit: 0});
    }
    return this.lockNumbers.get(key);
  }

  // Locks that are not told of are free.
  readLocks(state, earlier) {
    const locks = earlier.map(() => NO_LOCK_STATE);
    const met = new Map();
    for (const lock of state.locks) {
      const occurrence = met.get(lock.actor) || 0;
      met.set(lock.actor, occurrence + 1);
      const index = this.lockNumber(lock.actor, occurrence);
      Object.assign(this.locks[index], {reentrancy: lock.reentrancy, limit: lock.max_depth});
      const front =
        lock.seats.find((seat) => !seat.evicted && seat.inside.length > 0) || (lock.free ? undefined : lock.seats[0]);
      const now = {
        free: lock.free,
        closed: lock.closed,
        id: front === undefined ? null : front.id,
        depth: front === undefined ? 0 : front.depth,
        inside: lock.seats.flatMap((seat) => seat.inside).filter((number) => number !== null),
        queue: lock.seats.flatMap((seat) => seat.waiting).map((number) => (number === null ? -1 : number)),
        immovable: [],
      };
      for (const seat of lock.seats) {
        for (const number of [...seat.inside, ...seat.waiting]) {
          if (number !== null)
            Object.assign(this.calls[number], {id: seat.id, limit: lock.max_depth, reentrancy: lock.reentrancy});
        }
      }
      const old = earlier[index];
      locks[index] = old !== undefined && JSON.stringify(old) === JSON.stringify(now) ? old : now;
    }
    for (let i = 0; i < this.locks.length; ++i) locks[i] ||= NO_LOCK_STATE;
    return locks;
  }

  // Calls that are said to be deadlocked now, from one to whom it waits for.
  findCircle(state) {
    const waits = new Map(state.blocked.map((each) => [each.call, each]));
    const start = state.blocked.find((each) => each.outlook === 'deadlocked');
    if (start === undefined) return;
    for (const blocked of state.blocked) {
      if (blocked.outlook === 'stranded') this.markStuck(this.calls[blocked.call], this.frames.length, 'stranded');
    }
    const circle = this.shortestWayBack(start.call, waits);
    if (circle === null) return;
    this.circles.push({
      calls: circle.map((call) => ({call, forLock: waits.get(call).by === 'lock'})),
      actors: [],
      closed: this.frames.length,
      broken: null,
    });
  }

  shortestWayBack(start, waits) {
    const cameFrom = new Map();
    const queue = [start];
    for (let i = 0; i < queue.length; ++i) {
      const blocked = waits.get(queue[i]);
      if (blocked === undefined) continue;
      for (const next of blocked.others) {
        if (next === start) {
          const circle = [];
          for (let call = queue[i]; call !== undefined; call = cameFrom.get(call)) circle.unshift(call);
          return circle;
        }
        if (cameFrom.has(next)) continue;
        cameFrom.set(next, queue[i]);
        queue.push(next);
      }
    }
    return null;
  }

  locksAt(step) {
    return this.states[step];
  }
}

const NO_LOCKS = [];

function byChainNumber(a, b) {
  const key = (chain) => (chain === null ? [Infinity, 0] : chain.slice(1).split('#').map(Number));
  const [x, y] = [key(a), key(b)];
  return x[0] - y[0] || (x[1] || 0) - (y[1] || 0);
}
