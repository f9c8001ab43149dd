// The lock table: who holds each lock, under which id and how deep, and who waits for it in which order.

const ALL_LOCKS_UP_TO = 8; // fewer are all shown, also the free ones, so that the table stands still
const MOST_LOCK_ROWS = 40;
const MOST_QUEUE_CHIPS = 12;

class LockTable {
  constructor(root) {
    this.body = element('tbody', {role: 'rowgroup'});
    this.note = element('p', {class: 'panel-note'});
    this.table = element(
      'table',
      {class: 'lock-table', role: 'table'},
      element('caption', {class: 'hidden'}, 'The locks after this step'),
      element(
        'thead',
        {class: 'hidden', role: 'rowgroup'},
        element(
          'tr',
          {role: 'row'},
          ['Lock', 'Id', 'Depth', 'Held by', 'Queue'].map((title) =>
            element('th', {scope: 'col', role: 'columnheader'}, title),
          ),
        ),
      ),
      this.body,
    );
    root.append(this.table, this.note);
    this.rows = new Map();
  }

  show(film, step) {
    if (film !== this.film) {
      this.film = film;
      this.rows.clear();
    }
    const locks = film.locksAt(step);
    const frame = film.frame(step);
    const touched = new Set(frame === null ? [] : frame.touched);
    const wanted = this.choose(locks, touched);
    const rows = wanted.map((lock) => this.rowOf(lock, locks[lock] || NO_LOCK_STATE, touched.has(lock)));
    this.showRows(rows);
    this.showNote(locks, wanted.length);
  }

  // A row that stays is not touched: most do, and to put them in again would lay all of them out again.
  showRows(rows) {
    const wanted = new Set(rows);
    for (const row of [...this.body.children]) if (!wanted.has(row)) row.remove();
    let next = this.body.firstElementChild;
    for (const row of rows) {
      if (row === next) next = next.nextElementSibling;
      else this.body.insertBefore(row, next);
    }
  }

  choose(locks, touched) {
    const all = this.film.locks.map((_, index) => index);
    if (all.length <= ALL_LOCKS_UP_TO) return all;
    const busy = all.filter((lock) => touched.has(lock) || (locks[lock] !== undefined && !isIdle(locks[lock])));
    if (busy.length <= MOST_LOCK_ROWS) return busy;
    return [...busy.filter((lock) => touched.has(lock)), ...busy.filter((lock) => !touched.has(lock))]
      .slice(0, MOST_LOCK_ROWS)
      .sort((a, b) => a - b);
  }

  showNote(locks, shown) {
    const busy = locks.reduce((count, state) => count + (state !== undefined && !isIdle(state) ? 1 : 0), 0);
    let text = '';
    if (this.film.locks.length === 0) text = 'No actor has been called yet.';
    else if (busy > shown) text = `${busy - shown} more locks are taken.`;
    else if (shown < this.film.locks.length) text = `${plural(this.film.locks.length - shown, 'other lock')} free.`;
    if (this.note.textContent !== text) this.note.textContent = text;
  }

  rowOf(lock, state, isTouched) {
    let kept = this.rows.get(lock);
    if (kept === undefined || kept.state !== state) {
      const row = this.makeRow(this.film.locks[lock], state);
      if (kept !== undefined) kept.row.replaceWith(row);
      kept = {row, state};
      this.rows.set(lock, kept);
    }
    kept.row.classList.toggle('touched', isTouched);
    return kept.row;
  }

  makeRow(lock, state) {
    const film = this.film;
    const isFree = isIdle(state);
    const holders = state.inside.map((number) => callChip(film, number));
    if (holders.length === 0) holders.push(element('span', {class: 'faint'}, holderWord(state)));
    const isOn = lock.reentrancy;
    const id = isFree || state.id === null ? null : idChip(state.id);
    const depth = isOn && !isFree ? `${state.depth}/${lock.limit}` : '';
    const cell = (kind, title, ...content) =>
      element('td', {class: kind, role: 'cell', 'data-title': title}, ...content);
    return element(
      'tr',
      {class: isFree ? 'free' : 'taken', role: 'row'},
      element(
        'th',
        {scope: 'row', role: 'rowheader'},
        icon(isFree ? 'open' : 'locked'),
        actorName(film, lock.actor),
        state.closed ? element('span', {class: 'tag'}, 'closed') : null,
      ),
      cell('lock-id', 'id', id),
      cell('lock-depth', 'depth', depth),
      cell('lock-holder', 'held by', element('div', {class: 'chips'}, holders)),
      cell('lock-queue', 'queue', this.makeQueue(state)),
    );
  }

  makeQueue(state) {
    if (state.queue.length === 0) return null;
    const shown = state.queue.slice(0, MOST_QUEUE_CHIPS);
    const rest = state.queue.length - shown.length;
    return element(
      'ol',
      {class: 'queue'},
      shown.map((number) => element('li', {}, callChip(this.film, number < 0 ? null : number, shown.length > 2))),
      rest > 0 ? element('li', {class: 'faint'}, `and ${rest} more`) : null,
    );
  }
}

function holderWord(state) {
  if (state.free) return state.queue.length > 0 ? 'free, to be handed over' : 'free';
  return 'locked, nobody inside';
}
