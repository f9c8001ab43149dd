// Where everything stands in the lanes: a lane for each actor, a row of it for each call, a column for each step.

const AXIS_HEIGHT = 34;
const EVENT_PLACE = 0.35; // of a step's column: where things happen; left of it is before, right of it after
const AFTER_PLACE = 0.9; // of a step's column: where the playhead stands once the step has been taken
const WIDEST_STEP = 150;
const NARROWEST_STEP = 2;
const ROW_HEIGHT_OF_FEW = 27;
const MOST_STRETCHED = 1.7;
const LEAST_STRETCHED = 0.74;
const LEAST_ROWS = 1.25; // of a lane: there is room for its name

// Where calls are many, their bars are thin.
function rowHeightFor(rows) {
  if (rows <= 10) return ROW_HEIGHT_OF_FEW;
  if (rows <= 30) return 16;
  return rows <= 120 ? 9 : 5;
}

// view: {width, height, heads}, the pixels that can be seen, and those that the heads of the lanes take of the width.
// Calls get a `row` of their lane, and `last`, the step that they are there before.
class LaneLayout {
  constructor(film) {
    this.film = film;
    this.zoomed = 1;
    this.withTime = false;
  }

  lastStep(call) {
    let last = call.end === null ? call.start + 1 : call.end;
    for (const piece of call.pieces) last = Math.max(last, piece.to === null ? this.film.length + 1 : piece.to);
    return Math.max(last, call.start + 1);
  }

  // Calls take the first row of their lane that is free from their start to their end.
  placeLanes(view) {
    const film = this.film;
    this.lanes = [];
    this.laneOf = new Map();
    if (film.showsAllActors) {
      for (const actor of new Set(film.calls.map((call) => call.actor))) this.addLane(actor);
    }
    this.items = film.calls
      .filter((call) => call.start !== null)
      .sort((a, b) => a.start - b.start || a.number - b.number);
    for (const call of this.items) {
      if (!this.laneOf.has(call.actor)) this.addLane(call.actor);
      const lane = this.laneAt(call);
      let row = lane.freeFrom.findIndex((from) => from <= call.start);
      if (row < 0) row = lane.freeFrom.length;
      call.last = this.lastStep(call);
      lane.freeFrom[row] = call.last;
      call.row = row;
    }
    this.stretchRows(view);
    let top = AXIS_HEIGHT;
    for (const lane of this.lanes) {
      lane.top = top;
      lane.height = Math.max(lane.freeFrom.length, LEAST_ROWS) * lane.rowHeight + 2 * this.padding;
      top += lane.height;
    }
    this.height = Math.max(top, view.height);
  }

  addLane(actor) {
    this.laneOf.set(actor, this.lanes.length);
    this.lanes.push({actor, freeFrom: []});
  }

  // Few rows take the room that there is.
  stretchRows(view) {
    const rows = this.lanes.reduce((sum, lane) => sum + Math.max(lane.freeFrom.length, LEAST_ROWS), 0);
    this.padding = this.lanes.length > 6 ? 4 : 8;
    const room = view.height - AXIS_HEIGHT - 2 * this.padding * this.lanes.length - 10;
    const stretch = Math.min(MOST_STRETCHED, Math.max(LEAST_STRETCHED, room / (rows * ROW_HEIGHT_OF_FEW)));
    for (const lane of this.lanes) lane.rowHeight = Math.floor(rowHeightFor(lane.freeFrom.length) * stretch);
    this.textSize = Math.min(15.5, Math.max(11, 12.5 * stretch));
  }

  placeSteps(view) {
    const film = this.film;
    const room = Math.max(200, view.width - view.heads - 48);
    const fitting = Math.min(92, Math.max(30, room / Math.max(film.length, 1)));
    this.stepWidth = Math.min(WIDEST_STEP, Math.max(NARROWEST_STEP, fitting * this.zoomed));
    const total = film.time(film.length);
    const scale = this.withTime && total > 0 ? Math.max(room, film.length * this.stepWidth) / total : 0;
    this.lefts = new Float64Array(film.length + 2);
    let x = view.heads + 16;
    for (let step = 1; step <= film.length; ++step) {
      x += (film.time(step) - film.time(step - 1)) * scale;
      this.lefts[step] = x;
      x += this.stepWidth;
    }
    this.lefts[film.length + 1] = x;
    this.lefts[0] = view.heads + 16;
    this.width = Math.max(x + 40, view.width - 1);
  }

  eventX(step) {
    if (step > this.film.length) return this.film.isOpen ? this.afterX(this.film.length) : this.width;
    return this.lefts[step] + this.stepWidth * EVENT_PLACE;
  }

  // Where the playhead stands once a step has been taken.
  afterX(step) {
    return step < 1 ? this.lefts[0] : this.lefts[step] + this.stepWidth * AFTER_PLACE;
  }

  // The last step whose column begins at x or left of it.
  stepAt(x) {
    let low = 0;
    let high = this.film.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.lefts[middle] <= x) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  rowY(call) {
    const lane = this.laneAt(call);
    return lane.top + this.padding + call.row * lane.rowHeight;
  }

  laneAt(call) {
    return this.lanes[this.laneOf.get(call.actor)];
  }

  // Of the call's bar.
  barHeight(call) {
    const {rowHeight} = this.laneAt(call);
    return rowHeight - (rowHeight > 12 ? 4 : 1);
  }

  // Where a piece of a call ends; what goes on goes to the end.
  endX(piece) {
    return this.eventX(piece.to === null ? this.film.length + 1 : piece.to);
  }
}
