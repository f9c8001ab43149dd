// Words for what happens. The sentences are the report's; here their marks become names, in the color of their chain.

// A call as it is named everywhere on the page: its number, as in the other reports, and its label.
function callChip(film, number, isShort) {
  if (number === null || film.calls[number] === undefined) return element('span', {class: 'chip plain'}, 'the close');
  const call = film.calls[number];
  return element(
    'span',
    {class: `chip c${call.color}`, title: call.label},
    element('span', {class: 'chip-number'}, film.numberText(call)),
    isShort ? null : element('bdi', {class: 'chip-name'}, call.label),
  );
}

// May be broken after the type.
function actorName(film, actor) {
  const [type, ...rest] = film.actors[actor].split('/');
  return element('bdi', {class: 'actor'}, type, rest.length > 0 ? ['/', element('wbr'), rest.join('/')] : null);
}

function idChip(id) {
  return element('bdi', {class: 'id'}, id === '' ? '""' : id);
}

// The sentence of a phrase, as a list of texts and elements; `slots` make what stands for each mark.
function sentence(text, slots) {
  const parts = [];
  for (const part of text.split(/(\{[a-z]+\})/)) {
    const slot = part.startsWith('{') ? slots[part.slice(1, -1)] : () => part;
    const piece = slot === undefined ? '' : slot();
    if (piece !== '') parts.push(piece);
  }
  if (typeof parts[0] === 'string') parts[0] = parts[0].charAt(0).toUpperCase() + parts[0].slice(1);
  return parts;
}

// Which phrase tells an event.
function phraseOf(event, call) {
  switch (event.what) {
    case 'entered':
      return call.id === null ? 'entered' : 'entered.id';
    case 'waits':
      return `waits.${event.reason}`;
    case 'admitted':
      return event.abandoned ? 'admitted.abandoned' : 'admitted';
    case 'answered':
      return call.oneWay ? 'answered.send' : 'answered';
    case 'ended-badly':
      return `ended-badly.${event.outcome}`;
    default:
      return event.what;
  }
}

function verbOf(frame, call, phrases) {
  if (frame.mover === 'retry') return phrases['verb-again'].say;
  return phrases[call.oneWay ? 'verb-send' : 'verb-call'].say;
}

// {say, why}: what an event was and why, as lists of texts and elements.
function tellEvent(film, frame, event, phrases) {
  if (event.call === null) {
    const phrase = phrases[event.what];
    return {say: sentence(phrase.say, {actor: () => actorName(film, film.locks[event.lock].actor)}), why: []};
  }
  const call = film.calls[event.call];
  const phrase = phrases[phraseOf(event, call)] || phrases[event.what];
  const slots = {
    from: () => (call.caller === null ? call.starter : callChip(film, call.caller)),
    calls: () => verbOf(frame, call, phrases),
    call: () => callChip(film, event.call),
    actor: () => actorName(film, call.actor),
    other: () => (event.other === null || event.other === undefined ? '' : callChip(film, event.other)),
    depth: () => element('b', {}, String(event.depth)),
    limit: () => element('b', {}, String(call.limit)),
    id: () => (call.id === null ? '' : idChip(call.id)),
    outcome: () => element('b', {class: 'word'}, event.outcome || ''),
  };
  return {say: sentence(phrase.say, slots), why: sentence(phrase.why, slots)};
}

// A frame in which nothing happened that anybody outside could notice.
function tellNothing(film, frame, phrases) {
  const isOfDeletion = frame.mover === 'handler' && frame.subject === null;
  const phrase = phrases[`nothing.${frame.mover}${isOfDeletion ? '-of-deletion' : ''}`];
  return {say: sentence(phrase.say, {call: () => callChip(film, frame.subject)}), why: []};
}

// The circle of a deadlock: call — waits for … → call — … → the first again.
function circleElement(film, circle, phrases) {
  const list = element('ol', {class: 'circle'});
  circle.calls.forEach((hop, index) => {
    const next = circle.calls[(index + 1) % circle.calls.length];
    const phrase = phrases[hop.forLock ? 'circle.lock' : 'circle.reply'];
    list.append(
      element(
        'li',
        {class: hop.forLock ? 'for-lock' : 'for-reply'},
        callChip(film, hop.call),
        ' ',
        ...sentence(phrase.say, {actor: () => actorName(film, film.calls[hop.call].actor)}).map(lowerFirst),
        ' ',
        callChip(film, next.call, true),
      ),
    );
  });
  return list;
}

function upperFirst(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// With a capital, unless it begins with a name, and with a full stop.
function asSentence(text) {
  const isName = /^(t\d|\S*[/.])/.test(text);
  return `${isName ? text : upperFirst(text)}${/[.!?…]$/.test(text) ? '' : '.'}`;
}

function lowerFirst(part) {
  return typeof part === 'string' ? part.charAt(0).toLowerCase() + part.slice(1) : part;
}

// One line for lists of steps and for who hears the page: plain text.
function stepLine(film, step, phrases) {
  if (step < 1) return phrases.start.say;
  const frame = film.frame(step);
  const told =
    frame.events.length > 0
      ? frame.events.map((event) => tellEvent(film, frame, event, phrases))
      : [tellNothing(film, frame, phrases)];
  return told.map((one) => one.say.map(plainText).join('')).join(' ');
}

function plainText(part) {
  if (typeof part === 'string') return part;
  if (!part.classList.contains('chip')) return part.textContent;
  const number = part.querySelector('.chip-number');
  const name = part.querySelector('.chip-name');
  return number === null
    ? part.textContent
    : `call ${number.textContent}${name === null ? '' : ` (${name.textContent})`}`;
}
