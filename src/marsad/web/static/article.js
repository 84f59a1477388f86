// Hovering or focusing a claim lights its words, and hovering words lights their claims. Without this all is still there, and #claim-N leads to the words.
// The words are lit by the highlight registry where a browser has it: nothing is laid out anew then, and no letter changes its shape.

const canHighlight = typeof Highlight === 'function' && 'highlights' in CSS;
/** @type {Element[]} */
let lit = [];

/** @param {Element} element */
const named = (element) => (element.getAttribute('data-claims') ?? '').split(' ').filter(Boolean);

function clear() {
  for (const one of lit.splice(0)) one.classList.remove('lit');
  if (canHighlight) CSS.highlights.delete('lit');
}

/** @param {Event} event */
function light(event) {
  const target = event.target instanceof Element ? event.target.closest('[data-claims]') : null;
  clear();
  if (!target) return;
  const ranges = [];
  for (const id of named(target)) {
    for (const one of document.querySelectorAll(`[data-claims~="${CSS.escape(id)}"]`)) {
      if (canHighlight && one.localName === 'mark') {
        const range = new Range();
        range.selectNodeContents(one);
        ranges.push(range);
      } else {
        one.classList.add('lit');
        lit.push(one);
      }
    }
  }
  if (ranges.length) CSS.highlights.set('lit', new Highlight(...ranges));
}

/** Bring the card of clicked words into view. @param {MouseEvent} event */
function follow(event) {
  const mark = event.target instanceof Element ? event.target.closest('.text mark[data-claims]') : null;
  if (!mark || !getSelection()?.isCollapsed) return;
  document.getElementById(`card-${named(mark)[0]}`)?.scrollIntoView({ block: 'nearest' });
}

document.addEventListener('mouseover', light);
document.addEventListener('focusin', light);
document.addEventListener('click', follow);
const asked = new URLSearchParams(location.search).get('claim');
if (asked && /^[0-9]+$/.test(asked) && !location.hash) document.getElementById(`claim-${asked}`)?.scrollIntoView({ block: 'center' });
document.querySelector('mark.hit')?.scrollIntoView({ block: 'center' });
