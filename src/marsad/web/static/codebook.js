// Narrows the codebook while somebody types: entries in which every word stands stay, the others are hidden. Without scripts the form asks the server.

const field = document.getElementById('narrow');
const entries = [...document.querySelectorAll('article[data-code]')].map((node) => ({ node, code: node.getAttribute('data-code') ?? '', said: folded(node.textContent ?? '') }));

/** Without letter case and without what Arabic spelling leaves open.
 * @param {string} text */
function folded(text) {
  return text.toLowerCase().replace(/[\u064b-\u0652\u0640]/g, '').replace(/[أإآ]/g, 'ا').replace(/ى/g, 'ي').replace(/ة/g, 'ه');
}

function narrow() {
  if (!(field instanceof HTMLInputElement)) return;
  const words = folded(field.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const one of entries) {
    const fits = words.every((word) => one.said.includes(word));
    found += fits ? 1 : 0;
    one.node.toggleAttribute('hidden', !fits);
    document.querySelector(`li[data-code="${CSS.escape(one.code)}"]`)?.toggleAttribute('hidden', !fits);
  }
  for (const family of document.querySelectorAll('[data-family]')) family.toggleAttribute('hidden', !family.querySelector('[data-code]:not([hidden])'));
  const count = document.querySelector('[data-found]');
  if (count) count.textContent = String(found);
}

field?.addEventListener('input', narrow);
