// What every page does: carry the form token, go by keys, copy the address, tell what happened.
// Keys are bound to where they are on the keyboard (`event.code`), so that they work under an Arabic layout too; a button names its own key with
// `data-key="KeyA"`, and the list of keys (?) is made of those buttons, so that the two cannot differ.

const token = document.querySelector('meta[name=marsad-token]')?.getAttribute('content') ?? '';
document.addEventListener('htmx:config:request', (event) => {
  const request = event.detail?.ctx?.request ?? event.detail;
  if (request?.headers) request.headers['X-Marsad-Token'] = token;
});

/** Say something to everybody: it is shown, and read out.
 * @param {string} text */
export function tell(text) {
  const place = document.getElementById('told');
  if (!place) return;
  place.textContent = text;
  clearTimeout(Number(place.dataset.timer));
  place.dataset.timer = String(setTimeout(() => { place.textContent = ''; }, 6000));
}

/** Whether somebody is writing there.
 * @param {EventTarget | null} target */
export function isWriting(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox],[type=radio],[type=range]), textarea, select'));
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector('dialog[open]')) return;
  if (event.code === 'Escape' && isWriting(event.target)) { /** @type {HTMLElement} */ (event.target).blur(); return; }
  if (isWriting(event.target)) return;
  if (event.code === 'Slash' && event.shiftKey) { event.preventDefault(); showKeys(); return; }
  if (event.code === 'Slash') { event.preventDefault(); document.getElementById('find')?.focus(); return; }
  const code = (event.shiftKey ? 'Shift+' : '') + event.code;
  const button = [...document.querySelectorAll('[data-key]')].find((one) => one.getAttribute('data-key') === code && one.checkVisibility());
  if (!(button instanceof HTMLElement) || document.querySelector('.htmx-request')) return;
  event.preventDefault();
  button.matches('input, select, textarea') ? button.focus() : button.click();
}

function showKeys() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('keys'));
  const list = dialog.querySelector('dl');
  if (!list) return;
  list.replaceChildren();
  for (const one of document.querySelectorAll('[data-key]')) {
    const term = document.createElement('dt'), what = document.createElement('dd'), key = document.createElement('kbd');
    key.textContent = (one.getAttribute('data-key') ?? '').replace('Key', '').replace('Digit', '');
    term.append(key);
    what.textContent = one.getAttribute('aria-label') ?? one.querySelector('.says')?.textContent ?? one.textContent?.trim() ?? '';
    list.append(term, what);
  }
  dialog.showModal();
}

// On a narrow screen the row of pages scrolls: where one is must be seen.
const rooms = document.querySelector('.rooms'), room = rooms?.querySelector('[aria-current]');
if (rooms && room) {
  const inner = room.getBoundingClientRect(), outer = rooms.getBoundingClientRect();
  if (inner.right > outer.right || inner.left < outer.left) rooms.scrollLeft += (inner.left + inner.right - outer.left - outer.right) / 2;
}

document.addEventListener('keydown', onKey);
document.addEventListener('click', async (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-copy-address]') : null;
  if (!button) return;
  await navigator.clipboard.writeText(location.href);
  tell(button.getAttribute('data-told') ?? button.textContent ?? '');
});
