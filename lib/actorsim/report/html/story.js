// What there is to read beside the film: this step in words, all steps, what was expected, the scenario's text, all
// orders of its steps.

const LIST_ROW_HEIGHT = 30;

class Story {
  constructor(tabs, body, page) {
    this.tabs = tabs;
    this.body = body;
    this.page = page;
    this.views = new Map();
    this.current = null;
  }

  // entries: {name, title, view}, the views with show(step, how).
  setViews(entries) {
    const wanted = this.current;
    this.views = new Map(entries.map((entry) => [entry.name, entry]));
    this.tabs.replaceChildren(
      ...entries.map((entry) =>
        element(
          'button',
          {
            type: 'button',
            role: 'tab',
            id: `tab-${entry.name}`,
            'aria-controls': 'story-body',
            class: 'tab',
            onclick: () => this.open(entry.name),
            onkeydown: (event) => this.keyed(event, entry.name),
          },
          entry.title,
        ),
      ),
    );
    this.body.setAttribute('role', 'tabpanel');
    this.open(wanted);
  }

  keyed(event, name) {
    const by = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (by === undefined) return;
    const names = [...this.views.keys()];
    const next = names[(names.indexOf(name) + by + names.length) % names.length];
    this.open(next);
    byId(`tab-${next}`).focus();
    event.preventDefault();
    event.stopPropagation();
  }

  open(wanted) {
    const name = this.views.has(wanted) ? wanted : [...this.views.keys()][0];
    this.current = name;
    for (const tab of this.tabs.children) {
      const isOpen = tab.id === `tab-${name}`;
      tab.setAttribute('aria-selected', String(isOpen));
      tab.tabIndex = isOpen ? 0 : -1;
    }
    this.body.setAttribute('aria-labelledby', `tab-${name}`);
    this.body.replaceChildren(this.views.get(name).view.root);
    this.body.scrollTop = 0;
    this.show(this.page.player.step, 'jump');
  }

  show(step, how) {
    const entry = this.views.get(this.current);
    if (entry !== undefined) entry.view.show(step, how);
  }
}

// ---- this step ------------------------------------------------------------------------------------------------------

class StepView {
  constructor(film, facts, phrases) {
    this.film = film;
    this.facts = facts; // of the film: verdict, headline, why, fix, command
    this.phrases = phrases;
    this.root = element('div', {class: 'telling'});
    this.spoken = element('p', {class: 'hidden', 'aria-live': 'polite'});
  }

  show(step, how) {
    const film = this.film;
    const parts = [this.heading(step)];
    if (step === film.length) parts.push(this.ending());
    const frame = film.frame(step);
    if (frame === null) parts.push(this.told({say: [this.phrases.start.say], why: [this.phrases.start.why]}, 'start'));
    else if (frame.events.length === 0) parts.push(this.told(tellNothing(film, frame, this.phrases), 'nothing'));
    else
      for (const event of frame.events) parts.push(this.told(tellEvent(film, frame, event, this.phrases), event.what));
    for (const circle of film.circles) {
      if (circle.closed === step) {
        parts.push(
          element(
            'div',
            {class: 'told deadlock'},
            element('p', {class: 'say'}, this.phrases.circle.say),
            circleElement(film, circle, this.phrases),
          ),
        );
      }
    }
    this.root.replaceChildren(...parts, this.spoken);
    this.spoken.textContent = how === 'play' ? '' : stepLine(film, step, this.phrases);
  }

  heading(step) {
    const film = this.film;
    const frame = film.frame(step);
    return element(
      'p',
      {class: 'step-heading'},
      element('b', {}, step === 0 ? 'Before the first step' : `Step ${step.toLocaleString('en')}`),
      step === 0 ? null : element('span', {}, `of ${film.length.toLocaleString('en')}`),
      film.hasTimes ? element('span', {}, `at ${durationText(film.time(step))}`) : null,
      frame !== null && frame.choice !== null
        ? element('span', {class: 'choice', title: 'who moves, as in a schedule'}, frame.choice)
        : null,
    );
  }

  told({say, why}, what) {
    return element(
      'div',
      {class: `told ${what}`},
      element('p', {class: 'say'}, say),
      why.length > 0 && why[0] !== '' ? element('p', {class: 'why'}, why) : null,
    );
  }

  ending() {
    const {verdict, headline, why, fix, command} = this.facts;
    const isWell = verdict === 'ok';
    return element(
      'div',
      {class: `ending ${isWell ? 'well' : 'bad'}`},
      element(
        'p',
        {class: 'ending-title'},
        element('b', {class: `verdict ${isWell ? 'good' : 'bad'}`}, verdict),
        ' ',
        asSentence(headline),
      ),
      this.film.leftOut > 0
        ? element('p', {class: 'why'}, `The film ends here; ${plural(this.film.leftOut, 'step')} more are left out.`)
        : null,
      why.length > 0
        ? element(
            'div',
            {class: 'reason'},
            element('h3', {}, 'Why'),
            why.map((text) => element('p', {}, asSentence(text))),
          )
        : null,
      fix.length > 0
        ? element(
            'div',
            {class: 'reason'},
            element('h3', {}, 'What would help'),
            element(
              'ul',
              {},
              fix.map((text) => element('li', {}, asSentence(text))),
            ),
          )
        : null,
      command !== ''
        ? element(
            'div',
            {class: 'reason'},
            element('h3', {}, 'Run it again'),
            element('code', {class: 'command'}, command),
          )
        : null,
    );
  }
}

// ---- all steps ------------------------------------------------------------------------------------------------------

// A long list of which only what can be seen is in the document.
class StepList {
  constructor(film, phrases, seek) {
    this.film = film;
    this.phrases = phrases;
    this.seek = seek;
    this.list = element('ol', {class: 'step-list'});
    this.root = element(
      'div',
      {class: 'step-scroll', tabindex: 0, role: 'group', 'aria-label': 'All steps'},
      this.list,
    );
    this.list.style.setProperty('height', `${(film.length + 1) * LIST_ROW_HEIGHT}px`);
    this.root.addEventListener('scroll', () => this.draw(), {passive: true});
    this.step = 0;
  }

  show(step) {
    this.step = step;
    const top = step * LIST_ROW_HEIGHT;
    const height = this.root.clientHeight;
    if (top < this.root.scrollTop || top + LIST_ROW_HEIGHT > this.root.scrollTop + height) {
      this.root.scrollTop = Math.max(0, top - height / 2);
    }
    this.draw();
  }

  draw() {
    const first = Math.max(0, Math.floor(this.root.scrollTop / LIST_ROW_HEIGHT) - 4);
    const last = Math.min(this.film.length, first + Math.ceil((this.root.clientHeight || 400) / LIST_ROW_HEIGHT) + 8);
    const rows = [];
    for (let step = first; step <= last; ++step) {
      const button = element(
        'button',
        {
          type: 'button',
          tabindex: -1,
          class: 'step-row',
          onclick: () => this.seek(step),
          'aria-current': step === this.step ? 'step' : null,
        },
        element('span', {class: 'step-number'}, String(step)),
        stepLine(this.film, step, this.phrases),
      );
      const row = element('li', {}, button);
      row.style.setProperty('top', `${step * LIST_ROW_HEIGHT}px`);
      rows.push(row);
    }
    this.list.replaceChildren(...rows);
  }
}

// ---- the scenario's text --------------------------------------------------------------------------------------------

class SourceView {
  constructor(film, lines) {
    this.film = film;
    this.rows = lines.map((line, index) =>
      element('li', {value: index + 1}, element('code', {}, line === '' ? ' ' : line)),
    );
    this.root = element('ol', {class: 'source', tabindex: 0, 'aria-label': 'The text of the scenario'}, this.rows);
    this.marked = [];
  }

  show(step) {
    const frame = this.film.frame(step);
    for (const row of this.marked) row.classList.remove('here');
    const calls = frame === null ? [] : [...frame.events.map((event) => event.call), frame.subject];
    const lines = calls.filter((number) => number !== null).map((number) => this.film.calls[number].line);
    this.marked = [...new Set(lines)].map((line) => this.rows[line - 1]).filter((row) => row !== undefined);
    for (const row of this.marked) row.classList.add('here');
    if (this.marked.length > 0) keepInView(this.marked[0]);
  }
}

// Scrolls the nearest box that scrolls, and not the page.
function keepInView(node) {
  const box = node.closest('.story-body');
  if (box === null) return;
  const inner = node.getBoundingClientRect();
  const outer = box.getBoundingClientRect();
  if (inner.top < outer.top + 24 || inner.bottom > outer.bottom - 24) {
    box.scrollTop += inner.top - outer.top - outer.height / 3;
  }
}

// ---- what was expected ----------------------------------------------------------------------------------------------

class ExpectationView {
  constructor(entry, openFilm) {
    this.root = element(
      'ul',
      {class: 'expectations'},
      entry.expectations.map((expectation) => {
        const isPassed = expectation.status === 'pass';
        return element(
          'li',
          {class: expectation.status},
          element('span', {class: 'mark', 'aria-hidden': 'true'}, statusMark(expectation.status)),
          element('span', {class: 'hidden'}, isPassed ? 'holds: ' : 'does not hold: '),
          element('code', {}, expectation.text),
          isPassed ? null : element('span', {class: 'got'}, ` came out: ${expectation.got}`),
          isPassed || entry.films.length < 2
            ? null
            : element('button', {type: 'button', class: 'link', onclick: () => openFilm(expectation.film)}, 'show how'),
        );
      }),
    );
  }

  show() {}
}

function statusMark(status) {
  return {pass: '✓', fail: '✗', inconclusive: '?', error: '!', skipped: '–'}[status] || '';
}
