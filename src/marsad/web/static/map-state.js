// What is chosen on the map's page, and how it stands in the address and in the links that keep it.

export const place = /** @type {HTMLElement} */ (document.getElementById('map'));
export const words = JSON.parse(place.dataset.words ?? '{}');
/** @type {Record<string, [string, number]>} */
export const precisions = JSON.parse(place.dataset.precisions ?? '{}');
export const isControl = place.dataset.layer === 'control';
const VIEW = ['since', 'until', 'day', 'status', 'z', 'lat', 'lon', 'box'];

export const asked = new URLSearchParams(location.search);
/** What is chosen; the map itself knows what is in view. */
export const state = {
  days: { since: asked.get('since') ?? '', until: asked.get('until') ?? '', day: asked.get('day') || (isControl ? place.dataset.day ?? '' : '') },
  statuses: new Set(asked.getAll('status').flatMap((one) => one.split(','))),
  /** @type {any} */ map: null,
  /** @type {import('./map-points.js').Points | null} */ points: null,
  /** @type {import('./map-control.js').Control | null} */ control: null,
  /** @type {number | null} */ chosen: null,
  rings: '',
  failed: false,
};

export const choice = () => ({ ...state.days, statuses: state.statuses });

/** The query of what is chosen and in view, put into another one.
 * @param {URLSearchParams} query @param {boolean} asBox whether what is in view is told as a box, as lists take it */
export function withView(query, asBox) {
  for (const name of VIEW) query.delete(name);
  for (const [name, value] of Object.entries(state.days)) if (value) query.set(name, value);
  for (const one of state.statuses) query.append('status', one);
  if (!state.map) return query;
  if (asBox) query.set('box', boxInView());
  else {
    const middle = state.map.getCenter();
    query.set('z', state.map.getZoom().toFixed(2));
    query.set('lat', middle.lat.toFixed(4));
    query.set('lon', middle.lng.toFixed(4));
  }
  return query;
}

function boxInView() {
  const bounds = state.map.getBounds();
  const sides = [Math.max(-180, bounds.getWest()), Math.max(-90, bounds.getSouth()), Math.min(180, bounds.getEast()), Math.min(90, bounds.getNorth())];
  return sides.map((one) => one.toFixed(3)).join(',');
}

/** Write what is chosen into the address, and into the links that keep it. */
export function remember() {
  const query = withView(new URLSearchParams(location.search), false);
  history.replaceState(null, '', `${location.pathname}?${query}`);
  for (const link of document.querySelectorAll('a[href^="/map?"], a[href="/map"]')) {
    if (link.closest('#picture, #in-view, #card')) continue;
    const to = new URL(/** @type {HTMLAnchorElement} */ (link).href);
    withView(to.searchParams, false);
    if (isControl && link.closest('.map-layers')) to.searchParams.delete('day');
    if (link.id === 'span-zoom') to.searchParams.set('span', `${state.days.since},${state.days.until}`);
    link.setAttribute('href', to.pathname + to.search);
  }
  for (const link of document.querySelectorAll('a[data-twin]')) {
    const to = new URL(/** @type {HTMLAnchorElement} */ (link).href);
    withView(to.searchParams, true);
    const { since, until, day } = state.days;
    to.searchParams.delete('day');
    for (const name of ['since', 'until', 'on']) to.searchParams.delete(name);
    if (isControl) to.searchParams.set('on', day);
    else for (const [name, value] of Object.entries({ since: day || since, until: day || until })) if (value) to.searchParams.set(name, value);
    link.setAttribute('href', to.pathname + to.search);
  }
}
