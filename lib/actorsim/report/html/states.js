// The graph of all situations of a small scenario: steps go to the right, each line is a step that can be taken.

const STATE_GAP_X = 46;
const WIDEST_STATE_GAP_X = 110;
const STATE_GAP_Y = 26;
const STATE_GAP_Y_OF_MANY = 20;
const MANY_IN_A_COLUMN = 10;

// The graph of the data, with what stands in lists put back in its place.
class StateGraph {
  constructor(data) {
    this.calls = data.calls;
    this.acts = data.acts;
    this.states = data.states.map((state, index) => ({
      ...state,
      index,
      blocked: state.blocked.map((place) => data.blocked[place]),
      locks: state.locks.map((place) => data.locks[place]),
      prospects: data.prospects[state.prospects],
    }));
  }

  // ok: can end well and badly; safe: can only end well; doomed: cannot end well any more.
  outlookOf(state) {
    if (state.end) return state.verdict === 'ok' ? 'end-well' : 'end-bad';
    const verdicts = Object.keys(state.prospects);
    if (!verdicts.includes('ok')) return 'doomed';
    return verdicts.length === 1 ? 'safe' : 'open';
  }

  has(verdict) {
    return this.states[0].prospects[verdict] !== undefined;
  }

  // The states that a film goes through, as far as its steps are steps of this graph; [0, …]. The steps of a schedule
  // are named exactly; of a plain run only the chains are known, so that two steps that do the same end the way.
  pathOf(film, isSchedule) {
    const path = [0];
    for (const frame of film.frames) {
      const state = this.states[path[path.length - 1]];
      const isMeant = isSchedule
        ? (step) => step.choice === frame.choice
        : (step) => chainOf(step.choice) === chainOf(frame.choice || '');
      const fitting = state.steps.filter(
        (step) => isMeant(step) && this.tellsTheSame(film, frame, this.acts[step.act]),
      );
      if (fitting.length !== 1) break;
      path.push(fitting[0].to);
    }
    return path;
  }

  tellsTheSame(film, frame, act) {
    const events = frame.events.filter((event) => event.call !== null);
    const others = act.events.filter((event) => event.call !== null);
    return (
      events.length === others.length &&
      events.every(
        (event, i) =>
          event.what === others[i].what && film.calls[event.call].label === this.calls[others[i].call].label,
      )
    );
  }
}

// `t1/2` is a step of `t1`.
function chainOf(choice) {
  return choice.split('/')[0];
}

class StatePicture {
  // pick: called with the state that was clicked; may be missing.
  constructor(graph, pick) {
    this.graph = graph;
    this.pick = pick;
    this.place();
    this.svg = svgElement('svg', {
      class: 'states',
      role: 'img',
      viewBox: `0 0 ${this.width} ${this.height}`,
      'aria-label': this.description(),
    });
    this.lines = svgElement('g', {class: 'state-lines'});
    this.dots = svgElement('g', {class: 'state-dots'});
    this.svg.append(this.lines, this.dots);
    this.svg.style.setProperty('width', `${this.width * 1.4}px`);
    this.svg.style.setProperty('min-height', `${this.height * 0.5}px`);
    this.draw();
    this.info = element('p', {class: 'panel-note state-info'});
    this.scroll = element('div', {class: 'state-scroll'}, this.svg);
    this.root = element('div', {class: 'state-picture'}, this.scroll, this.legend(), this.info);
  }

  description() {
    const ends = this.graph.states.filter((state) => state.end);
    const bad = ends.filter((state) => state.verdict !== 'ok').length;
    return `All situations: ${this.graph.states.length}, of which ${ends.length} are ends, ${bad} of them bad.`;
  }

  legend() {
    const entry = (kind, text) =>
      element(
        'span',
        {class: 'legend-entry'},
        svgElement('svg', {viewBox: '-9 -9 18 18', class: 'states-key', 'aria-hidden': 'true'}, this.mark(kind)),
        text,
      );
    const present = new Set(this.graph.states.map((state) => this.graph.outlookOf(state)));
    return element(
      'p',
      {class: 'state-legend'},
      [
        ['open', 'good and bad ends ahead'],
        ['safe', 'only good ones'],
        ['doomed', 'only bad ones'],
        ['end-well', 'a good end'],
        ['end-bad', 'a bad end'],
      ]
        .filter(([kind]) => present.has(kind))
        .map(([kind, text]) => entry(kind, text)),
    );
  }

  // Columns by level; within a column near to those that lead there.
  place() {
    const {states} = this.graph;
    const levels = [];
    for (const state of states) (levels[state.level] ||= []).push(state.index);
    const before = states.map(() => []);
    for (const state of states) {
      for (const step of state.steps) before[step.to].push(state.index);
    }
    const order = new Map();
    const number = (level) => level.forEach((index, i) => order.set(index, i - (level.length - 1) / 2));
    const mean = (list, fallback) =>
      list.length === 0 ? fallback : list.reduce((sum, each) => sum + order.get(each), 0) / list.length;
    levels.forEach(number);
    for (let round = 0; round < 6; ++round) {
      const isForward = round % 2 === 0;
      for (const level of isForward ? levels : levels.slice().reverse()) {
        const weights = new Map(
          level.map((index) => [
            index,
            mean(
              isForward
                ? before[index].filter((each) => states[each].level < states[index].level)
                : states[index].steps.map((step) => step.to).filter((each) => states[each].level > states[index].level),
              order.get(index),
            ),
          ]),
        );
        level.sort((a, b) => weights.get(a) - weights.get(b) || a - b);
        number(level);
      }
    }
    const tallest = Math.max(...levels.map((level) => level.length));
    const gap = tallest > MANY_IN_A_COLUMN ? STATE_GAP_Y_OF_MANY : STATE_GAP_Y;
    this.height = tallest * gap + 24;
    const wide = Math.min(WIDEST_STATE_GAP_X, Math.max(STATE_GAP_X, (this.height * 1.4) / levels.length));
    this.width = levels.length * wide + 24;
    this.places = states.map((state) => ({
      x: 30 + state.level * wide,
      y: this.height / 2 + order.get(state.index) * gap,
    }));
  }

  mark(kind) {
    if (kind === 'end-bad')
      return svgElement(
        'g',
        {class: `state ${kind}`},
        svgElement('rect', {x: -7, y: -7, width: 14, height: 14, rx: 2}),
        svgElement('path', {d: 'M-3 -3l6 6M3 -3l-6 6'}),
      );
    if (kind === 'end-well')
      return svgElement(
        'g',
        {class: `state ${kind}`},
        svgElement('circle', {r: 7.5}),
        svgElement('path', {d: 'M-3 0l2 3 4-5'}),
      );
    return svgElement('g', {class: `state ${kind}`}, svgElement('circle', {r: 5.5}));
  }

  draw() {
    this.lineOf = new Map();
    const colors = new Map();
    for (const state of this.graph.states) {
      for (const step of state.steps) {
        const chain = chainOf(step.choice);
        if (!colors.has(chain)) colors.set(chain, colors.size % CHAIN_COLORS);
      }
    }
    for (const state of this.graph.states) {
      const from = this.places[state.index];
      for (const step of state.steps) {
        const to = this.places[step.to];
        const middle = (from.x + to.x) / 2;
        const line = svgElement('path', {
          class: `state-line c${colors.get(chainOf(step.choice))}`,
          d: `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`,
        });
        this.lines.append(line);
        this.lineOf.set(`${state.index}>${step.to}`, line);
      }
    }
    this.dotOf = this.graph.states.map((state) => {
      const dot = this.mark(this.graph.outlookOf(state));
      const {x, y} = this.places[state.index];
      dot.setAttribute('transform', `translate(${x} ${y})`);
      dot.append(svgElement('title', {}, this.titleOf(state)));
      dot.addEventListener('click', () => {
        if (this.pick) this.pick(state.index);
        else this.tell(state);
      });
      this.dots.append(dot);
      return dot;
    });
  }

  titleOf(state) {
    const lines = [state.level === 0 ? 'the beginning' : `after ${plural(state.level, 'step')} or more`];
    if (state.end) lines.push(`the end: ${state.verdict}`);
    for (const lock of state.locks) lines.push(`${lock.actor}: ${lock.text}`);
    return lines.join('\n');
  }

  tell(state) {
    this.info.textContent = this.titleOf(state).replaceAll('\n', ' · ');
  }

  // path: the states gone through, the last is the present one; rest: those that come.
  show(path, isKnown) {
    for (const node of this.marked || []) node.classList.remove('on-path', 'here');
    this.marked = [];
    const add = (node, name) => {
      if (node === undefined) return;
      node.classList.add(name);
      this.marked.push(node);
    };
    path.forEach((state, i) => {
      add(this.dotOf[state], 'on-path');
      if (i > 0) add(this.lineOf.get(`${path[i - 1]}>${state}`), 'on-path');
    });
    const here = path[path.length - 1];
    if (isKnown) {
      add(this.dotOf[here], 'here');
      this.center(here);
    }
  }

  center(state) {
    const box = this.scroll;
    const scale = this.svg.getBoundingClientRect().width / this.width || 1;
    const x = this.places[state].x * scale;
    const y = this.places[state].y * scale;
    if (x < box.scrollLeft + 30 || x > box.scrollLeft + box.clientWidth - 60) box.scrollLeft = x - box.clientWidth / 2;
    if (y < box.scrollTop + 20 || y > box.scrollTop + box.clientHeight - 20) box.scrollTop = y - box.clientHeight / 2;
  }
}

// All orders of a case, as a view beside its film.
class OrdersView {
  // isSchedule: the film is that of a schedule.
  constructor(facts, graph, film, isSchedule) {
    this.picture = graph === null ? null : new StatePicture(graph, null);
    this.path = graph === null ? [] : graph.pathOf(film, isSchedule);
    this.length = film.length;
    this.root = element(
      'div',
      {class: 'orders'},
      facts.map((fact) => element('p', {class: 'say'}, fact)),
      this.picture === null
        ? element(
            'p',
            {class: 'panel-note'},
            'There is no picture of it: either no step leaves a choice, or there are too many situations.',
          )
        : this.picture.root,
    );
  }

  show(step) {
    if (this.picture === null) return;
    const known = Math.min(step, this.path.length - 1);
    // The end, where what is stuck is said, is no step of anybody.
    const isKnown = known === step || (step === this.length && known === step - 1);
    this.picture.show(this.path.slice(0, known + 1), isKnown);
  }
}
