// The timeline: days are chosen by dragging over the bars, by two sliders, or by two dates; single days by steps, or played one after another.

const HEIGHT_OF_BARS = 84;
const WIDTH = 1000;
const PLAY_MS = 900;

/** @typedef {{since: string, until: string, day: string}} Days */

/** @param {string} id */
const by = (id) => document.getElementById(id);

/** @param {string} id */
const valueOf = (id) => /** @type {HTMLInputElement | null} */ (by(id))?.value ?? '';

export class Timeline {
  /**
   * @param {Days} days what the address says
   * @param {(days: Days) => void} changed is told when somebody chooses others
   * @param {(day: string, step: 1 | -1) => string} next the next day on which there is anything
   */
  constructor(days, changed, next) {
    this.days = days;
    this.changed = changed;
    this.next = next;
    this.timer = 0;
    this.svg = /** @type {SVGSVGElement | null} */ (document.querySelector('#bars'));
    this.bars = [...document.querySelectorAll('#bars .bar')].map((one) => ({ first: one.getAttribute('data-first') ?? '', last: one.getAttribute('data-last') ?? '' }));
    for (const hidden of document.querySelectorAll('.timeline-steps, .ranges')) hidden.removeAttribute('hidden');
    this.listen();
    this.show();
  }

  listen() {
    this.svg?.addEventListener('pointerdown', (event) => this.drag(event));
    for (const id of ['range-first', 'range-last']) by(id)?.addEventListener('input', () => this.fromRanges(id));
    for (const id of ['since', 'until']) by(id)?.addEventListener('change', () => this.fromDates());
    by('day')?.addEventListener('change', () => this.set({ since: '', until: '', day: valueOf('day') }));
    by('day-back')?.addEventListener('click', () => this.step(-1));
    by('day-next')?.addEventListener('click', () => this.step(1));
    by('day-play')?.addEventListener('click', () => this.play());
    by('days-all')?.addEventListener('click', (event) => { event.preventDefault(); this.stop(); this.set({ since: '', until: '', day: '' }); });
  }

  /** @param {Partial<Days>} days */
  set(days) {
    this.days = { ...this.days, ...days };
    this.show();
    this.changed(this.days);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    const svg = this.svg;
    if (!svg || !this.bars.length || event.button > 0) return;
    event.preventDefault();
    this.stop();
    const begun = this.barAt(event);
    svg.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ one) => this.preview(begun, this.barAt(one));
    const end = (/** @type {PointerEvent} */ one) => {
      svg.removeEventListener('pointermove', move);
      this.choose(begun, this.barAt(one));
    };
    this.preview(begun, begun);
    svg.addEventListener('pointermove', move);
    svg.addEventListener('pointerup', end, { once: true });
  }

  /** @param {PointerEvent} event */
  barAt(event) {
    const place = /** @type {SVGSVGElement} */ (this.svg).getBoundingClientRect();
    const share = (event.clientX - place.left) / place.width;
    return Math.min(this.bars.length - 1, Math.max(0, Math.floor(share * this.bars.length)));
  }

  /** @param {number} one @param {number} other */
  choose(one, other) {
    const low = Math.min(one, other), high = Math.max(one, other);
    const whole = low === 0 && high === this.bars.length - 1;
    this.set(whole ? { since: '', until: '', day: '' } : { since: this.bars[low].first, until: this.bars[high].last, day: '' });
  }

  /** @param {string} moved */
  fromRanges(moved) {
    const first = /** @type {HTMLInputElement} */ (by('range-first')), last = /** @type {HTMLInputElement} */ (by('range-last'));
    if (first.valueAsNumber > last.valueAsNumber) (moved === 'range-first' ? last : first).value = (moved === 'range-first' ? first : last).value;
    this.choose(first.valueAsNumber, last.valueAsNumber);
  }

  fromDates() {
    const since = valueOf('since'), until = valueOf('until');
    if (since && until && since > until) return;
    this.set({ since, until, day: '' });
  }

  /** @param {1 | -1} step */
  step(step) {
    const day = this.next(this.days.day, step);
    if (!day) this.stop();
    else this.set({ day });
  }

  /** Play day by day; who asked the system for less motion goes a day at a time. */
  play() {
    if (this.timer) { this.stop(); return; }
    this.step(1);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    this.timer = window.setInterval(() => this.step(1), PLAY_MS);
    this.playing(true);
  }

  stop() {
    window.clearInterval(this.timer);
    this.timer = 0;
    this.playing(false);
  }

  /** @param {boolean} is */
  playing(is) {
    const button = by('day-play');
    button?.setAttribute('aria-pressed', String(is));
    button?.setAttribute('aria-label', (is ? button.dataset.stop : button.dataset.play) ?? '');
  }

  /** Show the chosen days on the bars, the sliders, the dates and the links. */
  show() {
    const { since, until, day } = this.days;
    const low = since ? this.bars.findIndex((one) => one.last >= since) : 0;
    const high = until ? this.bars.findLastIndex((one) => one.first <= until) : this.bars.length - 1;
    this.preview(low < 0 ? this.bars.length : low, high);
    const values = { since, until, day, 'range-first': String(Math.max(0, low)), 'range-last': String(Math.max(0, high)) };
    for (const [id, value] of Object.entries(values)) {
      const field = /** @type {HTMLInputElement | null} */ (by(id));
      if (field) field.value = value;
    }
    for (const id of ['range-first', 'range-last']) {
      const bar = this.bars[Number(/** @type {HTMLInputElement | null} */ (by(id))?.value ?? 0)];
      if (bar) by(id)?.setAttribute('aria-valuetext', bar.first === bar.last ? bar.first : `${bar.first} – ${bar.last}`);
    }
    const shown = by('day-shown');
    if (shown) shown.textContent = day;
    by('days-all')?.toggleAttribute('hidden', !since && !until && !day);
    const zoom = by('span-zoom');
    zoom?.toggleAttribute('hidden', !since || !until);
    this.mark(day);
  }

  /** Shade what is not chosen.
   * @param {number} one @param {number} other */
  preview(one, other) {
    const step = WIDTH / Math.max(1, this.bars.length), low = Math.min(one, other), high = Math.max(one, other);
    by('shade-before')?.setAttribute('width', String(low * step));
    by('shade-after')?.setAttribute('x', String((high + 1) * step));
    by('shade-after')?.setAttribute('width', String(Math.max(0, WIDTH - (high + 1) * step)));
  }

  /** @param {string} day */
  mark(day) {
    const at = day ? this.bars.findIndex((one) => one.first <= day && day <= one.last) : -1;
    const mark = by('day-mark');
    mark?.setAttribute('x', String(at < 0 ? -10 : ((at + 0.5) * WIDTH) / this.bars.length - 1));
    mark?.setAttribute('height', String(HEIGHT_OF_BARS));
  }
}
