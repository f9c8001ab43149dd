// The page: which case and which film are open, and who is told when the step changes.

class Page {
  constructor(index) {
    this.index = index;
    this.RecordedFilm = RecordedFilm; // for whoever looks at the page from the console
    this.current = null;
    this.films = new Map(); // by block
    this.graphs = new Map(); // by block
    this.player = new Player();
    this.lanes = new Lanes(byId('stage'), (step) => this.seek(step));
    this.locks = new LockTable(byId('locks'));
    this.waits = new WaitGraph(byId('waits'));
    this.story = new Story(byId('story-tabs'), byId('story-body'), this);
    this.player.listen((step, how) => this.stepped(step, how));
    this.transport = new Transport(byId('transport'), this.player);
    this.game = new Game(byId('game'), this);
    this.caseList = new CaseList(index.cases, (number) => this.openCase(number, 0, 0));
    this.setUpTools();
    document.addEventListener('keydown', (event) => this.keyed(event));
    window.addEventListener('hashchange', () => this.openAddress());
    this.showSum();
    this.openAddress();
  }

  setUpTools() {
    const put = (id, name) => byId(id).append(icon(name));
    put('help-open', 'help');
    put('cases-toggle', 'list');
    put('zoom-in', 'plus');
    put('zoom-out', 'minus');
    put('time-mode', 'clock');
    document.querySelector('.search-icon').append(icon('search'));
    startTheme(() => this.transport.drawMarks());
    byId('help-open').addEventListener('click', openHelp);
    byId('zoom-in').addEventListener('click', () => this.lanes.zoom(1.35));
    byId('zoom-out').addEventListener('click', () => this.lanes.zoom(1 / 1.35));
    byId('time-mode').addEventListener('click', (event) => {
      const on = event.currentTarget.getAttribute('aria-pressed') !== 'true';
      event.currentTarget.setAttribute('aria-pressed', String(on));
      this.lanes.showTime(on);
    });
    byId('cases-toggle').addEventListener('click', () =>
      this.showCases(!document.body.classList.contains('cases-open')),
    );
    byId('game-open').addEventListener('click', () => this.enterGame());
    byId('legend').append(
      ...[
        ['inside', 'inside'],
        ['waiting', 'waits'],
        ['stuck', 'for ever'],
      ].map(([kind, text]) => element('span', {class: `legend-entry legend-${kind}`}, element('i', {}), text)),
    );
  }

  showSum() {
    const {cases, status} = this.index;
    const parts = STATUSES.map((each) => [each, cases.filter((entry) => entry.status === each).length]).filter(
      ([, count]) => count > 0,
    );
    byId('sum').append(
      ...parts.map(([each, count]) => element('span', {class: `sum-part ${each}`}, `${count} ${STATUS_WORDS[each]}`)),
    );
    document.body.classList.toggle('one-case', cases.length < 2);
    document.documentElement.dataset.status = status;
  }

  showCases(on) {
    document.body.classList.toggle('cases-open', on);
    byId('cases-toggle').setAttribute('aria-expanded', String(on));
    if (on) byId('search').focus({preventScroll: true});
  }

  // ---- which case, which film ---------------------------------------------------------------------------------------

  // #case=2&film=1&step=5: all counted from 1, but the step before the first is 0.
  openAddress() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const number = (name, most) => Math.min(Math.max(1, Number(wanted.get(name)) || 1), Math.max(1, most)) - 1;
    const {cases} = this.index;
    if (cases.length === 0) {
      this.showNothing('There is no case in this report.');
      return;
    }
    const firstBad = cases.findIndex((entry) => entry.status === 'fail');
    const which = wanted.has('case') ? number('case', cases.length) : Math.max(0, firstBad);
    const film = number('film', cases[which].films.length);
    const step = Math.max(0, Number(wanted.get('step')) || 0);
    if (which === this.current && film === this.film && !this.inGame) this.player.seek(step);
    else this.openCase(which, film, step);
  }

  writeAddress() {
    const address = `#case=${this.current + 1}&film=${this.film + 1}&step=${this.player.step}`;
    if (location.hash === address) return;
    try {
      history.replaceState(null, '', address);
    } catch {
      /* some browsers allow that only so often */
    }
  }

  openCase(which, film, step) {
    const entry = this.index.cases[which];
    this.current = which;
    this.showCases(false);
    this.caseList.mark(which);
    byId('case-title').textContent = entry.name || entry.file;
    document.title = `${entry.name || entry.file} · actorsim`;
    byId('case-file').replaceChildren(element('bdi', {}, entry.file), ...this.problemsOf(entry));
    byId('case-badges').replaceChildren(...this.badgesOf(entry));
    byId('films').replaceChildren(
      ...(entry.films.length < 2
        ? []
        : entry.films.map((each, index) =>
            element(
              'button',
              {
                type: 'button',
                class: 'film',
                onclick: () => this.openFilm(index, 0),
                title: each.note,
              },
              icon('film'),
              each.title,
              element('span', {class: `verdict-dot ${each.verdict === 'ok' ? 'good' : 'bad'}`, title: each.verdict}),
            ),
          )),
    );
    this.graph = this.graphOf(entry);
    byId('game-open').hidden = this.graph === null;
    const openable = entry.films.findIndex((each) => each.block !== null);
    if (openable < 0) this.showNothing('This case was not run, so there is no film of it.');
    else this.openFilm(entry.films[film] !== undefined && entry.films[film].block !== null ? film : openable, step);
  }

  problemsOf(entry) {
    return this.index.diagnostics
      .filter((each) => each.file === entry.file)
      .slice(0, 3)
      .map((each) =>
        element(
          'span',
          {class: `diagnostic ${each.severity}`, title: each.help},
          `${each.line > 0 ? `line ${each.line}: ` : ''}${each.message}`,
        ),
      );
  }

  badgesOf(entry) {
    const badges = [];
    if (entry.verdict !== '')
      badges.push(element('span', {class: `verdict ${entry.verdict === 'ok' ? 'good' : 'bad'}`}, entry.verdict));
    badges.push(
      element(
        'span',
        {class: `badge status ${entry.status}`},
        `${statusMark(entry.status)} ${STATUS_WORDS[entry.status]}`,
      ),
    );
    if (entry.dapr !== '')
      badges.push(
        element('span', {class: 'badge'}, entry.dapr === 'docs' ? 'Dapr’s documentation' : `Dapr ${entry.dapr}`),
      );
    if (entry.setting !== '') badges.push(element('span', {class: 'badge'}, entry.setting));
    for (const axis of entry.axes) {
      if (!axis.startsWith('dapr=')) badges.push(element('span', {class: 'badge axis'}, axis));
    }
    return badges;
  }

  showNothing(text) {
    byId('workspace').hidden = true;
    byId('nothing').hidden = false;
    byId('nothing').textContent = text;
    this.player.load(0, 0);
  }

  filmOf(block) {
    if (!this.films.has(block)) {
      if (this.films.size > 6) this.films.clear();
      this.films.set(block, new RecordedFilm(readBlock(block), this.index.words));
    }
    return this.films.get(block);
  }

  graphOf(entry) {
    if (entry.graph === null) return null;
    if (!this.graphs.has(entry.graph)) this.graphs.set(entry.graph, new StateGraph(readBlock(entry.graph)));
    return this.graphs.get(entry.graph);
  }

  openFilm(which, step) {
    const entry = this.index.cases[this.current];
    const facts = entry.films[which];
    this.film = which;
    this.setGameMode(false);
    byId('workspace').hidden = false;
    byId('nothing').hidden = true;
    [...byId('films').children].forEach((button, index) =>
      button.setAttribute('aria-pressed', String(index === which)),
    );
    const film = this.filmOf(facts.block);
    this.shownFilm = film;
    byId('time-mode').hidden = !film.hasTimes;
    this.lanes.setFilm(film, Math.min(step, film.length));
    this.transport.setFilm(film);
    this.story.setViews(this.viewsOf(entry, facts, film));
    this.player.load(film.length, step);
  }

  viewsOf(entry, facts, film) {
    const {phrases} = this.index;
    const views = [
      {name: 'step', title: 'This step', view: new StepView(film, facts, phrases)},
      {name: 'steps', title: 'All steps', view: new StepList(film, phrases, (step) => this.seek(step))},
    ];
    const source = readBlock(entry.source);
    if (source !== null) views.push({name: 'source', title: 'Scenario', view: new SourceView(film, source)});
    if (entry.expectations.length > 0) {
      const failed = entry.expectations.filter((each) => each.status !== 'pass').length;
      views.push({
        name: 'expected',
        title: failed > 0 ? `Expected (${failed} ✗)` : 'Expected',
        view: new ExpectationView(entry, (which) => this.openFilm(which, Infinity)),
      });
    }
    if (this.graph !== null || entry.facts.length > 0) {
      views.push({
        name: 'orders',
        title: 'All orders',
        view: new OrdersView(entry.facts, this.graph, film, facts.schedule !== ''),
      });
    }
    return views;
  }

  // ---- the step -----------------------------------------------------------------------------------------------------

  seek(step) {
    if (this.inGame) return;
    this.player.pause();
    this.player.seek(step);
  }

  stepped(step, how) {
    if (how === 'state' || this.shownFilm === undefined || this.inGame || this.player.length === 0) return;
    this.lanes.showStep(step, how === 'jump');
    this.locks.show(this.shownFilm, step);
    this.waits.show(this.shownFilm, step);
    this.story.show(step, how);
    clearTimeout(this.addressTimer);
    this.addressTimer = setTimeout(() => this.writeAddress(), 300);
  }

  moveToNotable(by) {
    const steps = this.shownFilm.notable.map(([step]) => step).sort((a, b) => a - b);
    const here = this.player.step;
    const next = by > 0 ? steps.find((step) => step > here) : steps.reverse().find((step) => step < here);
    if (next !== undefined) this.seek(next);
  }

  // ---- the game -----------------------------------------------------------------------------------------------------

  setGameMode(on) {
    this.inGame = on;
    document.body.classList.toggle('in-game', on);
    byId('game').hidden = !on;
    byId('story').hidden = on;
    byId('transport').hidden = on;
    byId('game-open').replaceChildren(icon(on ? 'film' : 'hand'), on ? 'Back to the film' : 'Be the scheduler');
  }

  enterGame() {
    if (this.graph === null) return;
    if (this.inGame) {
      this.leaveGame();
      return;
    }
    this.player.pause();
    this.setGameMode(true);
    this.game.open(this.graph, this.index.phrases);
  }

  leaveGame() {
    this.openFilm(this.film, this.player.step);
  }

  // For the game: whatever it has come to is shown like a film.
  showFilm(film, step) {
    byId('time-mode').hidden = true;
    this.lanes.setFilm(film, step);
    this.locks.show(film, step);
    this.waits.show(film, step);
  }

  // ---- the keyboard -------------------------------------------------------------------------------------------------

  keyed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || byId('help').open) return;
    const isTyping = event.target.closest('input:not([type=range]), select, textarea') !== null;
    if (isTyping) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    const presses = event.target.closest('button, a, summary') !== null && (event.key === ' ' || event.key === 'Enter');
    if (presses) return;
    if (this.act(event)) event.preventDefault();
  }

  act(event) {
    if (this.inGame && this.game.keyed(event)) return true;
    const always = {
      '?': openHelp,
      t: () => switchTheme(() => this.transport.drawMarks()),
      g: () => this.enterGame(),
      '/': () => {
        if (document.body.classList.contains('one-case')) return;
        this.showCases(true);
        byId('search').focus();
      },
      '+': () => this.lanes.zoom(1.35),
      '=': () => this.lanes.zoom(1.35),
      '-': () => this.lanes.zoom(1 / 1.35),
      ArrowUp: () => this.openCase(this.caseList.beside(this.current, -1), 0, 0),
      ArrowDown: () => this.openCase(this.caseList.beside(this.current, 1), 0, 0),
    };
    const inFilm = {
      ' ': () => this.player.toggle(),
      ArrowRight: () => this.player.move(event.shiftKey ? 10 : 1),
      ArrowLeft: () => this.player.move(event.shiftKey ? -10 : -1),
      Home: () => this.seek(0),
      End: () => this.seek(this.player.length),
      n: () => this.moveToNotable(1),
      p: () => this.moveToNotable(-1),
    };
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const run = always[key] || (this.inGame ? undefined : inFilm[key]);
    if (run === undefined) return false;
    run();
    return true;
  }
}

document.addEventListener('DOMContentLoaded', () => {
  window.actorsim = new Page(readBlock('index'));
});
