// The bar of a call in its lane, and the lines to its caller.

class CallPainter {
  constructor(layout) {
    this.layout = layout;
    this.film = layout.film;
  }

  // {bar, link}: two groups, for two layers.
  paint(call) {
    const {layout} = this;
    const y = layout.rowY(call);
    const height = layout.barHeight(call);
    const isThin = height <= 12;
    const bar = svgElement('g', {class: `call c${call.color}${isThin ? ' thin' : ''}`, 'data-call': call.number});
    bar.append(svgElement('title', {}, this.titleOf(call)));
    const start = layout.eventX(call.start);
    for (const piece of call.pieces) this.drawPiece(bar, call, piece, y, height);
    if (call.pieces.length === 0) bar.append(this.cross(start, y + height / 2));
    const firstPiece = call.pieces[0];
    if (firstPiece !== undefined && height > 10) {
      const end = call.pieces.length > 1 ? layout.eventX(call.last) : layout.endX(firstPiece);
      this.drawLabel(bar, call, start, end, y, height);
    }
    if (call.endedBadly && call.pieces.length > 0) bar.append(this.cross(layout.eventX(call.end), y + height / 2));
    const link = svgElement('g', {class: `link c${call.color}${isThin ? ' thin' : ''}`});
    this.drawLinks(link, call, y, height);
    return {bar, link};
  }

  drawPiece(bar, call, piece, y, height) {
    const {layout} = this;
    const from = layout.eventX(piece.from);
    const to = layout.endX(piece);
    const stuck =
      call.stuckFrom !== null && piece.kind === 'waiting' && (piece.to === null || piece.to > call.stuckFrom)
        ? Math.max(from, layout.eventX(call.stuckFrom))
        : null;
    const add = (x1, x2, kind) => {
      if (x2 - x1 < 0.5) return;
      bar.append(
        svgElement('rect', {class: `piece ${kind}`, x: x1, y, width: x2 - x1, height, rx: Math.min(6, height / 2)}),
      );
    };
    const isAfterEnd = call.end !== null && piece.from >= call.end;
    const kind = isAfterEnd ? `${piece.kind} abandoned` : piece.kind;
    if (stuck === null) add(from, to, kind);
    else {
      add(from, stuck, kind);
      add(stuck, to, 'stuck');
    }
  }

  drawLabel(bar, call, start, end, y, height) {
    const room = end - start - 12;
    const number = this.film.numberText(call);
    if (room < 14 + number.length * 6) return;
    const letters = Math.floor((room - 12 - number.length * 8) / 8.2);
    let name = call.label === call.target ? call.method : call.label;
    if (name.length > letters) name = letters >= 3 ? `${name.slice(0, letters - 1)}…` : '';
    const isWaiting = call.pieces[0].kind !== 'inside';
    bar.append(
      svgElement(
        'text',
        {class: isWaiting ? 'bar-text on-waiting' : 'bar-text', x: start + 8, y: y + height / 2},
        svgElement('tspan', {class: 'bar-number'}, number),
        svgElement('tspan', {dx: 5}, name),
      ),
    );
  }

  cross(x, y) {
    return svgElement('path', {class: 'cross', d: `M${x - 5} ${y - 5}l10 10M${x + 5} ${y - 5}l-10 10`});
  }

  // From the caller's bar to the call, and back with the answer.
  drawLinks(link, call, y, height) {
    const {layout} = this;
    const x = layout.eventX(call.start);
    const middle = y + height / 2;
    if (call.caller === null) {
      link.append(
        svgElement('path', {class: 'from-outside', d: `M${x - 16} ${middle}h11`}),
        svgElement('path', {class: 'tip', d: `M${x - 6} ${middle - 4}l6 4l-6 4z`}),
      );
      return;
    }
    const caller = this.film.calls[call.caller];
    if (caller.start === null) return;
    const callerY = layout.rowY(caller);
    const callerHeight = layout.barHeight(caller);
    const isBelow = middle > callerY + callerHeight / 2;
    const from = isBelow ? callerY + callerHeight : callerY;
    const to = isBelow ? y : y + height;
    const tip = isBelow ? -5 : 5;
    link.append(
      svgElement('path', {class: call.oneWay ? 'sends' : 'calls', d: `M${x} ${from}V${to + tip}`}),
      svgElement('path', {class: 'tip', d: `M${x - 4} ${to + tip}h8l-4 ${-tip}z`}),
    );
    if (call.end === null || call.oneWay || call.pieces.length === 0) return;
    const back = layout.eventX(call.end);
    link.append(svgElement('path', {class: 'answer', d: `M${back} ${to}V${from}`}));
  }

  titleOf(call) {
    const lines = [`call ${this.film.numberText(call)}: ${call.label}`, call.outcome];
    if (call.label !== call.target) lines[0] += ` (${call.target})`;
    if (call.id !== null) lines.push(`reentrancy id ${call.id}`);
    if (call.line > 0) lines.push(`line ${call.line}`);
    return lines.filter((line) => line !== undefined).join('\n');
  }
}
