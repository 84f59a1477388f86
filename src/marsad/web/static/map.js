// The map's page: the drawing that came with the page gives way to a moving map where the browser can draw one, and everything that is chosen
// (days, statuses, what is in view) is in the address, so that a copied link shows the same.
import { tell } from './frame.js';
import { Timeline } from './timeline.js';
import { STATUSES, fetchPoints, ring } from './map-points.js';
import { clusterSums, drawSign, groundStyle, ringLayers, signLayer } from './map-style.js';
import { Control, controlLayers, spellCard } from './map-control.js';
import { asked, choice, isControl, place, precisions, remember, state, withView, words } from './map-state.js';

const CLUSTERED_TO = 11;
const MOST_RINGS = 40;
const CARD_ROWS = 20;
const LIST_AFTER_MS = 350;
const PAINTED_BY_MS = 1000;
const EMPTY = { type: 'FeatureCollection', features: [] };

let listing = new AbortController();
let listTimer = 0;
/** Fetch the list of what is in view, once things stand still. */
function refreshList() {
  window.clearTimeout(listTimer);
  listTimer = window.setTimeout(async () => {
    listing.abort();
    listing = new AbortController();
    const to = new URL(place.dataset.list ?? '', location.href);
    withView(to.searchParams, true);
    try {
      const answer = await fetch(to, { headers: { 'HX-Request': 'true' }, signal: listing.signal });
      putList(await answer.text());
    } catch (error) {
      if (!(error instanceof DOMException)) tell(words.failed);
    }
  }, LIST_AFTER_MS);
}

/** @param {string} html a part of ours, escaped by the server */
function putList(html) {
  const inside = document.getElementById('in-view');
  if (!inside) return;
  inside.innerHTML = html;
  showFinders();
  const told = /** @type {HTMLElement | null} */ (inside.querySelector('#told-now'));
  for (const name of ['number', 'placed', 'unplaced']) {
    const shown = document.getElementById(`told-${name}`);
    if (shown && told?.dataset[name]) shown.textContent = told.dataset[name];
  }
}

function showFinders() {
  for (const button of document.querySelectorAll('.map-find')) button.toggleAttribute('hidden', !state.map);
}

/** What fits by now as GeoJSON; the legend is counted by the way. */
function fitting() {
  if (state.control) return state.control.features(state.days.day);
  if (!state.points) return EMPTY;
  const counts = state.points.choose(choice());
  STATUSES.forEach((one, at) => {
    const shown = document.querySelector(`[data-count="${one}"]`);
    if (shown) shown.textContent = counts[at].toLocaleString('en');
  });
  return state.points.features();
}

/** Show what fits by now; where no map can be drawn, ask the server for another drawing. */
function redraw() {
  if (state.failed) location.assign(`${location.pathname}?${withView(new URLSearchParams(location.search), false)}`);
  if (!state.map) return;
  state.map.getSource('points').setData(fitting());
  remember();
  refreshList();
}

/** Rings of what lies alone in view, and of what is chosen, where the place is not known exactly. */
function drawRings() {
  if (!state.points || !state.map.getSource('rings')) return;
  const wanted = new Set(state.chosen === null ? [] : [state.chosen]);
  for (const one of state.map.querySourceFeatures('points', { filter: ['!', ['has', 'point_count']] })) {
    if (wanted.size < MOST_RINGS) wanted.add(one.properties.pile);
  }
  const features = [];
  for (const pile of wanted) {
    const { lon, lat, precision } = state.points.at(pile);
    const km = precisions[precision]?.[1] ?? 0, chosen = pile === state.chosen;
    const pixels = (km * 512 * 2 ** state.map.getZoom()) / (40075 * Math.cos((lat * Math.PI) / 180));
    if (km && (chosen || (pixels > 14 && pixels < 260))) features.push(ring(lon, lat, km, { chosen }));
  }
  const now = JSON.stringify([...wanted].sort()) + state.chosen + Math.round(state.map.getZoom() * 2);
  if (now === state.rings) return;
  state.rings = now;
  state.map.getSource('rings').setData({ type: 'FeatureCollection', features });
}

/** Show the card of some piles.
 * @param {number[]} piles */
async function openCard(piles) {
  if (!state.points) return;
  const refs = state.points.refsOf(new Set(piles));
  state.chosen = piles.length === 1 ? piles[0] : null;
  drawRings();
  const query = new URLSearchParams({ kind: place.dataset.kind ?? '', refs: refs.slice(0, CARD_ROWS).join(','), n: String(refs.length) });
  const answer = await fetch(`/map/card?${query}`, { headers: { 'HX-Request': 'true' } });
  const made = document.createElement('div');
  made.innerHTML = await answer.text();
  if (state.chosen !== null) {
    const [label, km] = precisions[state.points.at(state.chosen).precision] ?? ['', 0];
    const said = document.createElement('p');
    said.className = 'hint';
    said.textContent = words.within.replace('{precision}', label).replace('{km}', String(km));
    if (km) made.querySelector('h2')?.after(said);
  }
  showCard(made);
}

/** @param {Node} inside */
function showCard(inside) {
  document.getElementById('card-inside')?.replaceChildren(inside);
  document.getElementById('card')?.removeAttribute('hidden');
}

function closeCard() {
  document.getElementById('card')?.setAttribute('hidden', '');
  state.chosen = null;
  if (state.map) drawRings();
}

/** @param {any} event */
async function onSign(event) {
  const sign = event.features[0];
  if (isControl) { showCard(spellCard(sign.properties, words)); return; }
  if (!sign.properties.cluster) { openCard([sign.properties.pile]); return; }
  const source = state.map.getSource('points');
  const zoom = await source.getClusterExpansionZoom(sign.properties.cluster_id);
  if (zoom <= CLUSTERED_TO) { state.map.easeTo({ center: sign.geometry.coordinates, zoom: zoom + 0.2 }); return; }
  const leaves = await source.getClusterLeaves(sign.properties.cluster_id, 500, 0);
  openCard(leaves.map((/** @type {any} */ one) => one.properties.pile));
}

/** Go to where a row of the list lies, and show what is told there.
 * @param {string} at its longitude, latitude and precision */
function find(at) {
  const [east, north, precision] = at.split(',');
  const lon = Number(east), lat = Number(north), points = state.points;
  state.map.easeTo({ center: [lon, lat], zoom: Math.max(8, state.map.getZoom()) });
  const pile = points?.firsts.findIndex((row, number) => Math.abs(points.lon[row] - lon) < 2e-4 && Math.abs(points.lat[row] - lat) < 2e-4 && points.at(number).precision === precision) ?? -1;
  if (pile >= 0) openCard([pile]);
}

/** @param {unknown} error */
const hasNoWebgl = (error) => /webgl|gpu/i.test(`${error instanceof Error ? `${error.name} ${error.message}` : error}`) || !document.createElement('canvas').getContext('webgl2');

/** @param {string} text */
function complain(text) {
  const said = document.getElementById('map-said');
  if (!said) return;
  said.textContent = text;
  said.hidden = false;
}

function listen() {
  document.querySelector('.map-card-close')?.addEventListener('click', closeCard);
  document.getElementById('map-print')?.addEventListener('click', () => window.print());
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-find]') : null;
    if (button && state.map) find(button.getAttribute('data-find') ?? '');
  });
  for (const box of document.querySelectorAll('.map-legend input')) {
    box.addEventListener('change', () => {
      const { value, checked } = /** @type {HTMLInputElement} */ (box);
      if (checked) state.statuses.add(value); else state.statuses.delete(value);
      if (state.map) redraw();
    });
  }
}

/** After the page has been seen: making a map holds the graphics up, and nobody is to wait for that to read. A page in the background is not painted at all. */
function painted() {
  return new Promise((done) => {
    if (performance.getEntriesByName('first-contentful-paint').length) { done(null); return; }
    new PerformanceObserver((list) => { if (list.getEntriesByName('first-contentful-paint').length) done(null); }).observe({ type: 'paint', buffered: true });
    setTimeout(done, PAINTED_BY_MS);
  });
}

/** Make the moving map; the promise ends when it has its points, and fails where the browser cannot draw it. */
async function draw() {
  const coming = isControl ? fetch('/map/control.json').then(async (answer) => new Control(await answer.json())) : fetchPoints(place.dataset.points ?? '');
  coming.catch(() => {});
  const [library] = await Promise.all([import('/static/vendor/maplibre-gl.mjs'), ...['16px', '700 16px'].map((one) => document.fonts.load(`${one} "Marsad Sans"`, 'حلب'))]);
  library.setWorkerUrl('/static/vendor/maplibre-gl-worker.mjs');
  const data = await coming;
  await painted();
  if (data instanceof Control) state.control = data; else state.points = data;
  const canvas = document.createElement('div');
  canvas.id = 'map-canvas';
  place.append(canvas);
  const map = new library.Map({
    container: canvas, style: wholeStyle(), ...opening(), maxZoom: 13, minZoom: 1.5, renderWorldCopies: false, fadeDuration: 0, dragRotate: false,
    pitchWithRotate: false, attributionControl: { compact: true }, validateStyle: false,
    locale: { 'NavigationControl.ZoomIn': words.zoom_in, 'NavigationControl.ZoomOut': words.zoom_out, 'Map.Title': words.canvas },
  });
  map.setMissingStyleImageResolver((/** @type {string} */ id) => {
    const sign = drawSign(id);
    if (sign && !map.hasImage(id)) map.addImage(id, sign, { pixelRatio: 2 });
  });
  const loaded = new Promise((done, failed) => { map.once('load', done); map.once('error', (/** @type {any} */ event) => failed(event.error)); });
  map.once('idle', () => { document.body.dataset.ready = 'map'; });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), 'top-left');
  map.addControl(new library.ScaleControl({ unit: 'metric' }), 'bottom-left');
  await loaded;
  begin(map);
}

/** Where the map opens: where the address says, else where the drawing shows. */
function opening() {
  if (asked.has('z') && asked.has('lat') && asked.has('lon')) return { center: [Number(asked.get('lon')), Number(asked.get('lat'))], zoom: Number(asked.get('z')) };
  return { bounds: (place.dataset.extent ?? '').split(',').map(Number) };
}

/** The ground, and on it the points that fit. */
function wholeStyle() {
  const style = groundStyle(place.dataset.lang ?? 'en');
  const clustered = { cluster: true, clusterRadius: 44, clusterMaxZoom: CLUSTERED_TO, clusterProperties: clusterSums() };
  const sources = { ...style.sources, rings: { type: 'geojson', data: EMPTY }, points: { type: 'geojson', data: fitting(), ...(isControl ? {} : clustered) } };
  return { ...style, sources, layers: [...style.layers, ...ringLayers(), ...(isControl ? controlLayers() : [signLayer()])] };
}

/** @param {any} map */
function begin(map) {
  state.map = map;
  place.classList.add('is-live');
  map.on('click', 'signs', onSign);
  map.on('mouseenter', 'signs', () => { map.getCanvas().style.cursor = 'pointer'; });
  map.on('mouseleave', 'signs', () => { map.getCanvas().style.cursor = ''; });
  map.on('idle', drawRings);
  map.on('moveend', () => { remember(); refreshList(); });
  showFinders();
  remember();
  refreshList();
}

/** On the layer of control days are always one: the last of those that somebody chose, else the last that is told of.
 * @param {import('./timeline.js').Days} days */
function chosen(days) {
  state.days = isControl ? { since: '', until: '', day: days.day || days.until || state.control?.last || (place.dataset.last ?? '') } : days;
  line.days = state.days;
  line.show();
  redraw();
}

const line = new Timeline(state.days, chosen, (day, step) => (state.control ? state.control.nextDay(day, step) : state.points?.nextDay(day, step, choice())) ?? '');
listen();
draw().catch((error) => {
  document.getElementById('map-canvas')?.remove();
  place.classList.remove('is-live');
  state.map = null;
  state.failed = true;
  complain(hasNoWebgl(error) ? words.no_webgl : words.failed);
  for (const one of document.querySelectorAll('.timeline-steps')) one.setAttribute('hidden', '');
  line.stop();
  document.body.dataset.ready = 'picture';
});
