// Review with a keyboard: after each exchange the words of the claim come to the middle of the text and what was done is said. While a decision is being stored further
// keys are not taken, and that is said too: none is lost in silence.
import { isWriting, tell } from './frame.js';

const work = /** @type {HTMLElement} */ (document.getElementById('work'));
let busy = false;

/** Bring the words of the claim into the middle of the text. */
function centre() {
  const words = document.getElementById('claim-1');
  const passage = words?.closest('.passage');
  if (!words || !passage) return;
  const inner = words.getBoundingClientRect(), outer = passage.getBoundingClientRect();
  if (passage.scrollHeight > passage.clientHeight) passage.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
}

/** What the new work area is about. */
function arrived() {
  centre();
  const said = work.querySelector('[data-tell]')?.getAttribute('data-tell');
  if (said) tell(said);
  const problem = document.getElementById('problem');
  const field = work.querySelector('.wrong');
  if (problem) (field ?? problem).scrollIntoView({ block: 'nearest' });
  if (!work.contains(document.activeElement) || document.activeElement === document.body) work.focus({ preventScroll: true });
  const editing = work.querySelector('form[data-editing]');
  const first = editing?.querySelector('select, input:not([type=hidden])');
  if (first instanceof HTMLElement) first.focus({ preventScroll: true });
}

/** @param {KeyboardEvent} event */
function guard(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  const code = (event.shiftKey ? 'Shift+' : '') + event.code;
  const button = work.querySelector(`[data-key="${CSS.escape(code)}"]`);
  if (!button) return;
  if (busy) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) tell(work.dataset.busy ?? '');
  }
}

/** A request of the work area begins. @param {Event} event */
function begins(event) {
  const source = event.target instanceof Element ? event.target : null;
  if (source && work.contains(source) && source.matches('form, a')) busy = true;
}

document.addEventListener('keydown', guard, true);
work.addEventListener('submit', begins);
work.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[hx-get]') : null;
  if (link && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey) busy = true;
}, true);
document.addEventListener('htmx:finally:request', () => { busy = false; });
document.addEventListener('htmx:after:swap', (event) => { if (event.target === work || event.target === document || event.target === document.body) arrived(); });
document.addEventListener('toggle', (event) => {
  const place = event.target;
  if (place instanceof HTMLDetailsElement && 'reject' in place.dataset && place.open) place.scrollIntoView({ block: 'nearest' });
}, true);
centre();
