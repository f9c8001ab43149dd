'use strict';
// Making elements. Whatever a scenario names gets into the page here, and only as text.

// element('p', {class: 'note', onclick: f}, 'text', child): attributes, listeners (on…), then children; null is left
// out.
function element(name, attributes, ...children) {
  return fillElement(document.createElement(name), attributes, children);
}

function svgElement(name, attributes, ...children) {
  return fillElement(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function fillElement(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function byId(id) {
  return document.getElementById(id);
}

// A block of data of this page; null where there is none.
function readBlock(id) {
  const block = id === null ? null : byId(id);
  return block === null ? null : JSON.parse(block.textContent);
}

function plural(count, noun) {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

// 1_500_000 becomes `1.5ms`, as the other reports write durations.
function durationText(nanoseconds) {
  const units = [
    [3_600e9, 'h'],
    [60e9, 'm'],
    [1e9, 's'],
    [1e6, 'ms'],
    [1e3, 'µs'],
    [1, 'ns'],
  ];
  if (nanoseconds === 0) return '0s';
  if (nanoseconds >= 60e9) {
    let text = '';
    let rest = nanoseconds;
    for (const [size, unit] of units.slice(0, 2)) {
      const whole = Math.floor(rest / size);
      if (whole > 0) text += whole + unit;
      rest -= whole * size;
    }
    const seconds = Number((rest / 1e9).toFixed(9));
    return seconds > 0 ? `${text}${seconds}s` : text;
  }
  const [size, unit] = units.find((entry) => nanoseconds >= entry[0]);
  return Number((nanoseconds / size).toFixed(6)) + unit;
}

// Does one thing stand below the other? (layout.css)
function isOneColumn() {
  return window.innerWidth <= 900;
}

const LESS_MOTION = window.matchMedia('(prefers-reduced-motion: reduce)');

function prefersLessMotion() {
  return LESS_MOTION.matches;
}

// Icons: strokes on a 24 by 24 grid.
const ICONS = {
  play: 'M7 4.5v15l12-7.5z',
  pause: 'M8 5v14M16 5v14',
  next: 'M6 5l8 7-8 7zM18 5v14',
  previous: 'M18 5l-8 7 8 7zM6 5v14',
  first: 'M19 6l-7 6 7 6M12 6l-7 6 7 6',
  last: 'M5 6l7 6-7 6M12 6l7 6-7 6',
  sun:
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2' +
    'M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  help: 'M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.01',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5',
  list: 'M4 6h16M4 12h16M4 18h10',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2',
  locked: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  open: 'M6 11h12v9H6zM8.5 11V7a3.5 3.5 0 0 1 6.8-1.2',
  hand:
    'M9 12V5.5a1.5 1.5 0 0 1 3 0V11M12 11V4.5a1.5 1.5 0 0 1 3 0V11M15 11V6.5a1.5 1.5 0 0 1 3 0V14a7 7 0 0 1-7 7' +
    'c-3 0-4.6-1.6-6-4l-2-3.5c-.6-1.1.8-2.2 1.8-1.4L9 14',
  undo: 'M9 7L4 12l5 5M4 12h10a5 5 0 0 1 0 10h-2',
  again: 'M4 12a8 8 0 1 0 3-6.200M4 4v5h5',
  bulb: 'M9 18h6M10 21h4M12 3a6 6 0 0 0-3.500 10.900c.7.6 1 1.200 1 2.100h5c0-.9.3-1.500 1-2.100A6 6 0 0 0 12 3z',
  close: 'M6 6l12 12M18 6L6 18',
  film: 'M4 5h16v14H4zM8 5v14M16 5v14M4 12h16',
};

function icon(name) {
  return svgElement(
    'svg',
    {viewBox: '0 0 24 24', class: `icon icon-${name}`, 'aria-hidden': 'true', focusable: 'false'},
    svgElement('path', {d: ICONS[name]}),
  );
}
