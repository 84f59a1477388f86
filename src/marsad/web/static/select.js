// Where in the text a selection lies, in code points as everything else counts them: a browser counts UTF-16 units, in which a letter outside the first plane is two.

/** Code points of a text. @param {string} text */
export const points = (text) => [...text].length;

/** The place of a point of the page in the article, or null where it lies in no paragraph of it.
 * @param {Node} node @param {number} offset */
function placeOf(node, offset) {
  const element = node instanceof Element ? node : node.parentElement;
  const block = element?.closest('.text [data-start]');
  if (!block) return null;
  const before = new Range();
  before.setStart(block, 0);
  before.setEnd(node, offset);
  return { at: Number(block.getAttribute('data-start')) + points(before.toString()), part: block.getAttribute('data-in') ?? 'text' };
}

/** What is selected in the article: where, and the words; null where nothing is, or where it runs from the headline into the text. */
export function selected() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0), words = range.toString();
  const from = placeOf(range.startContainer, range.startOffset), to = placeOf(range.endContainer, range.endOffset);
  if (!from || !to || from.part !== to.part) return null;
  const before = points(words) - points(words.trimStart()), after = points(words) - points(words.trimEnd());
  const start = from.at + before, end = to.at - after;
  return start < end ? { start, end, part: from.part, words: words.trim() } : null;
}

/** The last thing that was selected: a click on a button takes the selection away in some browsers. @type {ReturnType<typeof selected>} */
let last = null;

/** Write a span into the fields of a form or a row of one.
 * @param {Element} place @param {NonNullable<ReturnType<typeof selected>>} span */
function write(place, span) {
  const prefix = place.getAttribute('data-prefix') ?? '';
  for (const [name, value] of [['start', span.start], ['end', span.end], ['in', span.part]]) {
    const field = place.querySelector(`[name="${prefix}${name}"]`);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = String(value);
  }
  const text = place.querySelector(`[name="${prefix}text"]`);
  if (text instanceof HTMLInputElement) text.value = span.words;
  const shown = place.querySelector('[data-picked]');
  if (shown instanceof HTMLElement) { shown.textContent = span.words; shown.hidden = false; }
}

document.addEventListener('selectionchange', () => { const now = selected(); if (now) last = now; });
document.addEventListener('toggle', (event) => {
  const place = event.target;
  if (!(place instanceof HTMLDetailsElement) || place.getAttribute('data-selects') !== 'new' || !place.open) return;
  const span = selected() ?? last;
  if (span) { write(place, span); place.querySelector('select[name=event]')?.focus(); } else place.querySelector('input[name=start]')?.focus();
}, true);
document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button[data-take]') : null;
  const place = button?.closest('[data-prefix]');
  const span = selected() ?? last;
  if (place && span) write(place, span);
});
