// Be the scheduler: whoever reads the page chooses which of the steps that can be taken is taken next.

class Game {
  // page: showFilm(film, step), leaveGame()
  constructor(root, page) {
    this.root = root;
    this.page = page;
  }

  open(graph, phrases) {
    this.graph = graph;
    this.phrases = phrases;
    this.canBeBad = Object.keys(graph.states[0].prospects).some((verdict) => verdict !== 'ok');
    this.worst = ['deadlock', 'overlap', 'stranded', 'closed', 'exceeded', 'timeout', 'failed'].find((verdict) =>
      graph.has(verdict),
    );
    this.goal = this.worst === undefined ? 'ok' : this.worst;
    this.picture = new StatePicture(graph, null);
    this.restart();
  }

  restart() {
    this.moves = [];
    this.hints = 0;
    this.hinted = null;
    this.celebrated = false;
    this.show();
  }

  get state() {
    let state = this.graph.states[0];
    for (const move of this.moves) state = this.graph.states[state.steps[move].to];
    return state;
  }

  get path() {
    const path = [0];
    for (const move of this.moves) path.push(this.graph.states[path[path.length - 1]].steps[move].to);
    return path;
  }

  choose(move) {
    if (move >= this.state.steps.length || this.isOver(this.state)) return;
    this.moves.push(move);
    this.hinted = null;
    this.show();
  }

  undo() {
    if (this.moves.length === 0) return;
    this.moves.pop();
    this.hinted = null;
    this.celebrated = false;
    this.show();
  }

  setGoal(goal) {
    this.goal = goal;
    this.restart();
  }

  hint() {
    const prospect = this.state.prospects[this.goal];
    this.hints += 1;
    this.hinted = prospect === undefined || prospect.step === null ? 'none' : prospect.step;
    this.show();
  }

  // It is over where nothing can move, and as soon as the goal is certain.
  isOver(state) {
    return state.end || (this.goal !== 'ok' && state.verdict === this.goal);
  }

  // ---- showing ------------------------------------------------------------------------------------------------------

  show() {
    const {state} = this;
    this.film = new PlayedFilm(this.graph, this.moves);
    this.page.showFilm(this.film, this.film.length);
    const isOver = this.isOver(state);
    this.root.replaceChildren(
      this.heading(),
      element(
        'div',
        {class: 'game-columns'},
        element(
          'div',
          {class: 'game-main'},
          isOver ? [this.result(state), this.happened()] : [this.happened(), this.choices(state), this.blocked(state)],
        ),
        element('div', {class: 'game-map'}, element('h3', {}, 'Where you are'), this.odds(state), this.picture.root),
      ),
    );
    this.picture.show(this.path, true);
    if (isOver) this.celebrate(state);
  }

  heading() {
    const goals =
      this.worst === undefined
        ? []
        : [[this.worst, this.worst === 'deadlock' ? 'Cause a deadlock' : `Make it end with: ${this.worst}`]];
    if (this.graph.has('ok')) goals.push(['ok', 'Bring everybody home']);
    return element(
      'div',
      {class: 'game-head'},
      element('h2', {class: 'game-title'}, icon('hand'), 'You are the scheduler'),
      element(
        'div',
        {class: 'goals', role: 'group', 'aria-label': 'Your goal'},
        goals.map(([goal, text]) =>
          element(
            'button',
            {
              type: 'button',
              class: `goal ${goal === 'ok' ? 'good' : 'bad'}`,
              'aria-pressed': String(goal === this.goal),
              onclick: () => this.setGoal(goal),
            },
            text,
          ),
        ),
      ),
      element(
        'div',
        {class: 'game-tools'},
        this.tool('bulb', 'Hint', 'h', () => this.hint(), this.isOver(this.state)),
        this.tool('undo', 'Undo', 'u', () => this.undo(), this.moves.length === 0),
        this.tool('again', 'Restart', 'r', () => this.restart(), this.moves.length === 0),
      ),
    );
  }

  tool(name, text, key, act, isOff) {
    return element(
      'button',
      {type: 'button', class: 'tool', onclick: act, disabled: isOff, title: `${text} (${key})`},
      icon(name),
      text,
    );
  }

  // What the last step did.
  happened() {
    if (this.moves.length === 0) {
      return element(
        'p',
        {class: 'game-intro'},
        'Nobody has moved yet. All of these can happen next; in real life it is chance that decides. Here it is you.',
      );
    }
    const frame = this.film.frame(this.film.length);
    const told =
      frame.events.length > 0
        ? frame.events.map((event) => this.tell(frame, event))
        : [element('p', {class: 'say'}, this.graph.acts[this.lastAct()].text)];
    return element(
      'div',
      {class: 'game-happened', 'aria-live': 'polite'},
      element('p', {class: 'step-heading'}, element('b', {}, `Step ${this.moves.length}`)),
      told,
    );
  }

  tell(frame, event) {
    const {say, why} = tellEvent(this.film, frame, event, this.phrases);
    const reason = event.text ? [asSentence(event.text)] : why;
    return element(
      'div',
      {class: `told ${event.what}`},
      element('p', {class: 'say'}, say),
      reason.length > 0 && reason[0] !== '' ? element('p', {class: 'why'}, reason) : null,
    );
  }

  lastAct() {
    const before = this.graph.states[this.path[this.path.length - 2]];
    return before.steps[this.moves[this.moves.length - 1]].act;
  }

  choices(state) {
    return element(
      'div',
      {class: 'choices'},
      element('h3', {}, 'Who moves next?'),
      this.hinted === 'none' ? element('p', {class: 'hint-text'}, this.tooLate()) : null,
      element(
        'ol',
        {class: 'choice-list'},
        state.steps.map((step, index) => {
          const act = this.graph.acts[step.act];
          const isHinted = this.hinted === index;
          const color = this.colorOf(act, step);
          return element(
            'li',
            {},
            element(
              'button',
              {
                type: 'button',
                class: `choose c${color}${isHinted ? ' hinted' : ''}`,
                onclick: () => this.choose(index),
              },
              element('kbd', {}, String(index + 1)),
              element('span', {class: 'choose-text'}, this.intention(act)),
              element('span', {class: 'choice'}, step.choice),
              isHinted ? element('span', {class: 'hint-text'}, icon('bulb'), this.hintText(state)) : null,
            ),
          );
        }),
      ),
    );
  }

  colorOf(act, step) {
    const event = act.events.find((each) => each.call !== null);
    if (event !== undefined) return this.film.calls[event.call].color;
    const call = this.film.calls.find((each) => this.graph.calls[each.number].chain === chainOf(step.choice));
    return call === undefined ? 0 : call.color;
  }

  // What it is about to do, without what will come of it.
  intention(act) {
    const name = (number) => element('bdi', {class: 'chip-name'}, this.graph.calls[number].label);
    const arrival = act.events.find((event) => ['entered', 're-entered', 'waits', 'held'].includes(event.what));
    const isFirst = arrival !== undefined && act.events[0] === arrival;
    if (isFirst) {
      const call = this.graph.calls[arrival.call];
      return [
        upperFirst(call.caller === null ? `a ${call.starter}` : call.caller),
        ' ',
        act.kind === 'retry' ? 'calls again: ' : call.one_way ? 'sends to ' : 'calls ',
        name(arrival.call),
      ];
    }
    const first = act.events[0];
    if (act.kind === 'timeout') return ['The time of ', element('bdi', {}, act.subject || ''), ' is over'];
    if (act.kind === 'grant') return ['The free lock is handed to ', first === undefined ? 'nobody' : name(first.call)];
    if (first === undefined) return [act.text];
    if (first.what === 'answered') return [name(first.call), ' ends and answers'];
    if (first.what === 'ended-badly' || first.what === 'will-retry') {
      return act.kind === 'activity' && act.subject === this.graph.calls[first.call].label
        ? [name(first.call), ' goes on']
        : ['Somebody calls ', name(first.call)];
    }
    return [act.text];
  }

  hintText(state) {
    const {steps} = state.prospects[this.goal];
    const left = steps === 1 ? 'one step' : `${steps} steps`;
    return this.goal === 'ok' ? `this way everybody gets home: ${left} to go` : `this way it goes wrong: ${left} to go`;
  }

  tooLate() {
    return this.goal === 'ok'
      ? 'It is too late: from here no order ends well. Undo a step or two.'
      : `It is too late: from here no order ends with ${this.goal}. Undo a step or two.`;
  }

  blocked(state) {
    const cannot = state.blocked.filter((each) => each.by !== 'answer');
    const waiting = state.blocked.filter((each) => each.by === 'answer');
    if (cannot.length + waiting.length === 0) return null;
    return element(
      'div',
      {class: 'blocked'},
      cannot.length === 0 ? null : element('h3', {}, 'Who cannot move, and why'),
      element(
        'ul',
        {},
        cannot.map((each) =>
          element('li', {class: each.outlook}, icon('locked'), element('span', {}, asSentence(each.text))),
        ),
      ),
      waiting.length === 0
        ? null
        : element(
            'details',
            {},
            element('summary', {}, `${plural(waiting.length, 'call')} waiting for an answer`),
            element(
              'ul',
              {},
              waiting.map((each) => element('li', {}, element('span', {}, asSentence(each.text)))),
            ),
          ),
    );
  }

  // How the orders that are left end.
  odds(state) {
    const entries = Object.entries(state.prospects).filter(([, prospect]) => prospect.orders !== 0);
    const isCounted = entries.every(([, prospect]) => prospect.orders !== null);
    const total = entries.reduce((sum, [, prospect]) => sum + (prospect.orders || 0), 0);
    if (!isCounted || total === 0) return null;
    const bar = element(
      'div',
      {class: 'odds-bar', 'aria-hidden': 'true'},
      entries.map(([verdict, prospect]) => {
        const part = element('span', {class: verdict === 'ok' ? 'good' : 'bad'});
        part.style.setProperty('flex-grow', prospect.orders / total);
        return part;
      }),
    );
    const text = entries.map(([verdict, prospect]) => `${prospect.orders.toLocaleString('en')} ${verdict}`).join(', ');
    return element('div', {class: 'odds'}, bar, element('p', {class: 'panel-note'}, `Orders left from here: ${text}.`));
  }

  result(state) {
    const isWon = state.verdict === this.goal;
    const steps = this.moves.length;
    const least = this.graph.states[0].prospects[this.goal].steps;
    const isShortest = this.goal !== 'ok' && steps === least;
    const stuck = state.blocked.filter((each) => each.outlook === 'deadlocked' || each.outlook === 'stranded');
    const title = isWon ? this.wonTitle() : `It ended with ${state.verdict}, which is not what you were after.`;
    return element(
      'div',
      {class: `result ${isWon ? 'won' : 'lost'}`, role: 'status'},
      element('p', {class: 'result-title'}, title),
      element(
        'p',
        {class: 'say'},
        `${plural(steps, 'step')}${this.hints > 0 ? `, ${plural(this.hints, 'hint')}` : ''}.` +
          (isWon && isShortest
            ? ' There is no shorter way.'
            : isWon && this.goal !== 'ok'
              ? ` The shortest way takes ${least}.`
              : ''),
      ),
      stuck.length === 0 || this.film.circles.length > 0
        ? null
        : element(
            'div',
            {class: 'reason'},
            element('h3', {}, 'Why they cannot move'),
            element(
              'ul',
              {},
              stuck.map((each) => element('li', {}, asSentence(each.text))),
            ),
          ),
      this.film.circles.map((circle) =>
        element(
          'div',
          {class: 'told deadlock'},
          element('p', {class: 'say'}, 'They wait in a circle:'),
          circleElement(this.film, circle, this.phrases),
        ),
      ),
      isWon ? this.moral() : null,
      element(
        'div',
        {class: 'result-tools'},
        element('button', {type: 'button', class: 'tool', onclick: () => this.undo()}, icon('undo'), 'Take it back'),
        element('button', {type: 'button', class: 'tool', onclick: () => this.restart()}, icon('again'), 'Play again'),
      ),
    );
  }

  wonTitle() {
    if (this.goal === 'ok') return 'Everybody is home!';
    return this.goal === 'deadlock' ? 'Deadlock! You have found it.' : `There it is: ${this.goal}.`;
  }

  moral() {
    const bad = this.graph.states[0].prospects[this.worst];
    if (this.goal !== 'ok' && !this.graph.has('ok'))
      return element(
        'p',
        {class: 'why'},
        'And so it is in every order: whatever you had chosen, it would have come to this.',
      );
    if (this.goal !== 'ok')
      return element(
        'p',
        {class: 'why'},
        'Nobody plans this. It takes nothing but an unlucky order, and sooner or later that order comes.',
      );
    if (bad === undefined)
      return element(
        'p',
        {class: 'why'},
        'And so it is in every order: whatever you had chosen, it would have ended well.',
      );
    return element('p', {class: 'why'}, 'This time. Other orders of the same steps end badly: luck is no lock.');
  }

  celebrate(state) {
    if (this.celebrated) return;
    this.celebrated = true;
    this.root.scrollTop = 0;
    if (isOneColumn()) this.root.querySelector('.result').scrollIntoView({block: 'nearest', behavior: 'instant'});
    if (state.verdict !== this.goal || prefersLessMotion()) return;
    const pieces = element('div', {class: 'confetti', 'aria-hidden': 'true'});
    for (let i = 0; i < 36; ++i) {
      const piece = element('i', {class: `c${i % CHAIN_COLORS}`});
      piece.style.setProperty('--x', `${(i * 53) % 100}%`);
      piece.style.setProperty('--turn', `${((i * 137) % 720) - 360}deg`);
      piece.style.setProperty('--delay', `${(i * 71) % 500}ms`);
      pieces.append(piece);
    }
    this.root.append(pieces);
    setTimeout(() => pieces.remove(), 3200);
  }

  keyed(event) {
    const number = Number(event.key);
    if (number >= 1 && number <= 9) this.choose(number - 1);
    else if (event.key === 'h') this.hint();
    else if (event.key === 'u' || event.key === 'Backspace') this.undo();
    else if (event.key === 'r') this.restart();
    else if (event.key === 'Escape') this.page.leaveGame();
    else return false;
    return true;
  }
}
