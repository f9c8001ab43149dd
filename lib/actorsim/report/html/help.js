// The keys, and how to read the page.

const KEYS = [
  ['Space', 'play, pause'],
  ['← →', 'one step back, on'],
  ['Shift ← →', 'ten steps'],
  ['Home End', 'the beginning, the end'],
  ['N P', 'the next, the previous moment at which somebody has to wait or something goes wrong'],
  ['↑ ↓', 'the previous, the next case'],
  ['/', 'search'],
  ['+ −', 'larger, smaller lanes'],
  ['T', 'light or dark'],
  ['G', 'be the scheduler'],
  ['?', 'this help'],
];
const GAME_KEYS = [
  ['1 … 9', 'who moves next'],
  ['H', 'hint'],
  ['U', 'undo'],
  ['R', 'restart'],
  ['Esc', 'back to the film'],
];

function fillHelp(dialog) {
  const keys = (list) =>
    element(
      'dl',
      {class: 'keys'},
      list.map(([key, text]) =>
        element(
          'div',
          {},
          element(
            'dt',
            {},
            key.split(' ').map((one) => element('kbd', {}, one)),
          ),
          element('dd', {}, text),
        ),
      ),
    );
  const bar = (kind) => {
    const sample = svgElement(
      'svg',
      {class: 'lanes sample', viewBox: '0 0 46 18', 'aria-hidden': 'true'},
      svgElement(
        'g',
        {class: 'call c0'},
        svgElement('rect', {class: `piece ${kind}`, x: 1, y: 1, width: 44, height: 16, rx: 5}),
      ),
    );
    return element('dt', {}, sample);
  };
  dialog.append(
    element(
      'div',
      {class: 'help-head'},
      element('h2', {}, 'How to read and to drive this page'),
      element(
        'button',
        {type: 'button', class: 'icon-button', 'aria-label': 'Close', onclick: () => dialog.close()},
        icon('close'),
      ),
    ),
    element(
      'div',
      {class: 'help-columns'},
      element(
        'section',
        {},
        element('h3', {}, 'Keys'),
        keys(KEYS),
        element('h3', {}, 'As the scheduler'),
        keys(GAME_KEYS),
      ),
      element(
        'section',
        {},
        element('h3', {}, 'The lanes'),
        element(
          'p',
          {},
          'Each actor has a lane, each call a bar in it, from its arrival to its end. Calls of one chain, a first ' +
            'call and all that it causes, have one color.',
        ),
        element(
          'dl',
          {class: 'bars-key'},
          element('div', {}, bar('inside'), element('dd', {}, 'inside: it has its turn')),
          element('div', {}, bar('waiting'), element('dd', {}, 'waits for the lock')),
          element('div', {}, bar('stuck'), element('dd', {}, 'will wait for ever')),
          element('div', {}, bar('held'), element('dd', {}, 'held back, or waits to be tried again')),
        ),
        element('p', {}, 'Lines down and up are calls and their answers. What lies under the veil is still to come.'),
        element('h3', {}, 'The locks'),
        element(
          'p',
          {},
          'An actor takes one turn at a time: its lock is held by a call, under a reentrancy id if there is one. ' +
            'With reentrancy on, calls with the same id come in as well, one deeper each; everybody else queues.',
        ),
        element('h3', {}, 'Who waits for whom'),
        element('p', {}, 'Where the lines close a circle, nobody on it can ever go on: a deadlock.'),
      ),
    ),
  );
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
}

function openHelp() {
  const dialog = byId('help');
  if (dialog.children.length === 0) fillHelp(dialog);
  if (!dialog.open) dialog.showModal();
}
