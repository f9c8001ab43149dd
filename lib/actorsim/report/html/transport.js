// Play, pause, step, scrub.

class Transport {
  constructor(root, player) {
    this.player = player;
    const button = (name, label, act, extra) =>
      element(
        'button',
        {type: 'button', class: `icon-button ${extra || ''}`, 'aria-label': label, title: label, onclick: act},
        icon(name),
      );
    this.playButton = button('play', 'Play (space)', () => player.toggle(), 'play');
    this.range = element('input', {
      type: 'range',
      class: 'scrub',
      min: 0,
      step: 1,
      'aria-label': 'Step',
      oninput: () => {
        player.pause();
        player.seek(Number(this.range.value));
      },
    });
    this.marks = element('canvas', {class: 'marks', 'aria-hidden': 'true'});
    this.counter = element('output', {class: 'counter', 'aria-live': 'off'});
    this.speed = element(
      'select',
      {
        class: 'speed',
        'aria-label': 'Speed, in steps a second',
        onchange: () => {
          player.speed = Number(this.speed.value);
        },
      },
      SPEEDS.map((speed) => element('option', {value: speed, selected: speed === 1}, `${speed}×`)),
    );
    root.append(
      element(
        'div',
        {class: 'buttons'},
        button(
          'first',
          'To the beginning (home)',
          () => {
            player.pause();
            player.seek(0);
          },
          'ends',
        ),
        button('previous', 'One step back (left arrow)', () => player.move(-1)),
        this.playButton,
        button('next', 'One step on (right arrow)', () => player.move(1)),
        button(
          'last',
          'To the end (end)',
          () => {
            player.pause();
            player.seek(player.length);
          },
          'ends',
        ),
      ),
      element('div', {class: 'track'}, this.marks, this.range),
      this.counter,
      this.speed,
    );
    new ResizeObserver(() => this.drawMarks()).observe(this.marks);
    player.listen(() => this.show());
  }

  setFilm(film) {
    this.film = film;
    this.range.max = film.length;
    this.drawMarks();
    this.show();
  }

  show() {
    const {player} = this;
    this.range.value = player.step;
    this.range.setAttribute('aria-valuetext', `step ${player.step} of ${player.length}`);
    this.counter.textContent = `${player.step.toLocaleString('en')} / ${player.length.toLocaleString('en')}`;
    if (this.wasPlaying === player.playing) return;
    this.wasPlaying = player.playing;
    const label = player.playing ? 'Pause (space)' : 'Play (space)';
    this.playButton.replaceChildren(icon(player.playing ? 'pause' : 'play'));
    this.playButton.setAttribute('aria-label', label);
    this.playButton.title = label;
  }

  // Where somebody has to wait, and where things go wrong.
  drawMarks() {
    if (this.film === undefined) return;
    const {canvas, width, height} = {
      canvas: this.marks,
      width: this.marks.clientWidth,
      height: this.marks.clientHeight,
    };
    const scale = window.devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const pen = canvas.getContext('2d');
    const style = getComputedStyle(canvas);
    const colors = {
      wait: style.getPropertyValue('--waiting'),
      bad: style.getPropertyValue('--bad'),
      deadlock: style.getPropertyValue('--bad'),
    };
    pen.scale(scale, scale);
    for (const [step, kind] of this.film.notable) {
      pen.fillStyle = colors[kind];
      const x = 8 + ((width - 16) * step) / Math.max(1, this.film.length);
      const tall = kind === 'wait' ? height * 0.5 : height;
      pen.fillRect(x - 1, height - tall, kind === 'deadlock' ? 3 : 2, tall);
    }
  }
}
