// The list of cases: by file, searched by words, shown by status.

const STATUSES = ['pass', 'fail', 'inconclusive', 'error', 'skipped'];
const STATUS_WORDS = {
  pass: 'passed',
  fail: 'failed',
  inconclusive: 'inconclusive',
  error: 'not run',
  skipped: 'skipped',
};

class CaseList {
  constructor(cases, open) {
    this.cases = cases;
    this.openCase = open;
    this.hidden = new Set(); // statuses
    this.query = '';
    this.texts = cases.map((entry) =>
      [entry.name, entry.file, entry.verdict, entry.dapr, entry.setting, entry.headline, ...entry.axes]
        .join(' ')
        .toLowerCase(),
    );
    this.makeFilters();
    this.makeList();
    byId('search').addEventListener('input', (event) => {
      this.query = event.target.value;
      this.update();
    });
  }

  makeFilters() {
    const count = (status) => this.cases.filter((entry) => entry.status === status).length;
    const present = STATUSES.filter((status) => count(status) > 0);
    byId('filters').replaceChildren(
      ...(present.length < 2 ? [] : present).map((status) =>
        element(
          'button',
          {
            type: 'button',
            class: `filter ${status}`,
            'aria-pressed': 'true',
            onclick: (event) => this.toggle(status, event.currentTarget),
          },
          element('span', {class: 'mark', 'aria-hidden': 'true'}, statusMark(status)),
          `${count(status)} ${STATUS_WORDS[status]}`,
        ),
      ),
    );
  }

  makeList() {
    this.items = [];
    this.groups = [];
    const list = byId('case-list');
    let file = null;
    let group = null;
    this.cases.forEach((entry, index) => {
      if (entry.file !== file) {
        file = entry.file;
        group = {
          node: element(
            'section',
            {class: 'case-group'},
            element('h2', {class: 'case-group-title', title: file}, element('bdi', {}, file)),
            element('ul', {}),
          ),
          items: [],
        };
        this.groups.push(group);
        list.append(group.node);
      }
      const tags = [entry.verdict, ...entry.axes].filter((tag) => tag !== '');
      const link = element(
        'a',
        {
          class: `case-link ${entry.status}`,
          href: `#case=${index + 1}`,
          onclick: (event) => {
            event.preventDefault();
            this.openCase(index);
          },
        },
        element('span', {class: 'mark', 'aria-hidden': 'true'}, statusMark(entry.status)),
        element(
          'span',
          {class: 'case-text'},
          element(
            'span',
            {class: 'case-name'},
            element('span', {class: 'hidden'}, `${STATUS_WORDS[entry.status]}: `),
            entry.name || 'not run',
          ),
          element(
            'span',
            {class: 'case-tags'},
            tags.map((tag) => element('span', {class: 'case-tag'}, tag)),
          ),
        ),
      );
      const item = element('li', {}, link);
      group.node.lastChild.append(item);
      group.items.push(index);
      this.items.push({item, link, group});
    });
  }

  toggle(status, button) {
    if (this.hidden.has(status)) this.hidden.delete(status);
    else this.hidden.add(status);
    button.setAttribute('aria-pressed', String(!this.hidden.has(status)));
    this.update();
  }

  isWanted(index) {
    const words = this.query
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    return !this.hidden.has(this.cases[index].status) && words.every((word) => this.texts[index].includes(word));
  }

  update() {
    let shown = 0;
    this.items.forEach((entry, index) => {
      const isWanted = this.isWanted(index);
      entry.item.hidden = !isWanted;
      shown += isWanted ? 1 : 0;
    });
    for (const group of this.groups) group.node.hidden = group.items.every((index) => this.items[index].item.hidden);
    byId('case-none').hidden = shown > 0;
  }

  mark(current) {
    this.items.forEach((entry, index) => {
      if (index === current) entry.link.setAttribute('aria-current', 'page');
      else entry.link.removeAttribute('aria-current');
    });
    if (this.items[current] !== undefined) this.items[current].link.scrollIntoView({block: 'nearest'});
  }

  // The next case that is shown, in either direction.
  beside(current, by) {
    for (let index = current + by; index >= 0 && index < this.items.length; index += by) {
      if (!this.items[index].item.hidden) return index;
    }
    return current;
  }
}
