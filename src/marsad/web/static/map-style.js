// How the map looks: land, contested borders dashed, labels drawn with the page's own fonts, and signs that are drawn here, from the colours of the page.
// A status has a colour and a shape, as everywhere; a sign for several has a rim with the shares of statuses.
import { STATUSES } from './map-points.js';

const DENSE = 2;
const SIZES = [22, 28, 34, 42, 50];
/** Up to which number a sign has each size. */
const UP_TO = [9, 99, 999, 9999];
const SHARES = 16;
/** On a holder's colour, which is pale on a dark page too. */
const DARK = '#14181b', PALE = 'rgb(255 255 255 / .7)';
const FONT = ['Marsad Sans', 'system-ui', 'sans-serif'];

/** @param {string} name @returns {string} a colour of the page */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() || '#888';

/** @param {string} number @returns {string} a holder's colour, as the pages on control have it */
function hue(number) {
  const sample = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
  sample.setAttribute('class', `hue-${number}`);
  document.getElementById('picture')?.append(sample);
  const found = getComputedStyle(sample).fill;
  sample.remove();
  return found;
}

/** The style: the ground from our own file, no fonts or pictures from anywhere. Few kinds of layers, for each costs a program of the graphics card before anything is seen.
 * @param {string} lang */
export function groundStyle(lang) {
  const name = lang === 'ar' ? 'name_ar' : 'name';
  const of = (/** @type {string} */ kind, /** @type {boolean} */ disputed) => ['all', ['==', ['get', 'kind'], kind], ['==', ['get', 'disputed'], disputed]];
  const label = { 'text-color': colour('soft'), 'text-halo-color': colour('land'), 'text-halo-width': 1.4 };
  return {
    version: 8,
    sources: {
      world: { type: 'geojson', data: '/static/vendor/world.json', attribution: 'Natural Earth', tolerance: 0.2 },
      towns: { type: 'geojson', data: '/map/places.json' },
      region: { type: 'geojson', data: box(-20, -5, 80, 50) },
    },
    layers: [
      { id: 'sea', type: 'fill', source: 'region', paint: { 'fill-color': colour('water'), 'fill-antialias': false } },
      { id: 'land', type: 'fill', source: 'world', filter: ['==', ['get', 'kind'], 'land'], paint: { 'fill-color': colour('land'), 'fill-antialias': false } },
      { id: 'coast', type: 'line', source: 'world', filter: ['==', ['get', 'kind'], 'land'], paint: { 'line-color': colour('strong-line'), 'line-width': 0.8 } },
      { id: 'borders', type: 'line', source: 'world', filter: of('border', false), paint: { 'line-color': colour('strong-line'), 'line-width': 0.9 } },
      { id: 'disputed', type: 'line', source: 'world', filter: of('border', true), paint: { 'line-color': colour('strong-line'), 'line-width': 1.1, 'line-dasharray': [3, 2.5] } },
      { id: 'countries', type: 'symbol', source: 'world', maxzoom: 7.5, filter: ['==', ['get', 'kind'], 'country'],
        layout: { 'text-field': ['get', name], 'text-font': FONT, 'text-size': ['interpolate', ['linear'], ['zoom'], 2, 11, 6, 15], 'text-max-width': 7, 'text-variable-anchor': ['center', 'top', 'bottom'], 'text-radial-offset': 1.2 }, paint: label },
      { id: 'towns', type: 'symbol', source: 'towns', minzoom: 4.5,
        layout: { 'icon-image': 'dot', 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'text-optional': true, 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': ['interpolate', ['linear'], ['zoom'], 5, 11, 10, 14], 'text-variable-anchor': ['top', 'bottom', 'left', 'right'], 'text-radial-offset': 1.5, 'text-max-width': 8, 'symbol-sort-key': ['-', 0, ['get', 'n']] },
        paint: { ...label, 'text-color': colour('ink') } },
    ],
  };
}

/** @param {number} west @param {number} south @param {number} east @param {number} north */
function box(west, south, east, north) {
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] } };
}

/** What clusters add up: the number, and each status. */
export function clusterSums() {
  /** @type {Record<string, unknown>} */
  const sums = { n: ['+', ['get', 'n']] };
  STATUSES.forEach((_, at) => { sums[`s${at}`] = ['+', ['get', `s${at}`]]; });
  return sums;
}

/** The layer of signs: which picture stands for what is put together here, and is drawn when the map first asks for it. */
export function signLayer() {
  const share = (/** @type {number} */ at) => ['to-string', ['round', ['/', ['*', SHARES, ['get', `s${at}`]], ['get', 'n']]]];
  const only = ['case', ...STATUSES.flatMap((one, at) => [['>', ['get', `s${at}`], 0], `one|${one}`]), 'one|none'];
  const size = ['step', ['get', 'n'], '0', ...UP_TO.flatMap((most, at) => [most + 1, String(at + 1)])];
  const shares = STATUSES.flatMap((_, at) => ['|', share(at)]);
  const thousands = ['concat', ['number-format', ['/', ['get', 'n'], 1000], { 'max-fraction-digits': 1, locale: 'en' }], 'k'];
  return {
    id: 'signs', type: 'symbol', source: 'points',
    layout: {
      'icon-image': ['case', ['==', ['get', 'n'], 1], only, ['concat', 'many|', size, ...shares]],
      'icon-allow-overlap': true, 'text-allow-overlap': true,
      'text-field': ['case', ['==', ['get', 'n'], 1], '', ['>=', ['get', 'n'], 1000], thousands, ['to-string', ['get', 'n']]],
      'text-font': FONT, 'text-size': ['step', ['get', 'n'], 11, 100, 12, 1000, 13], 'symbol-sort-key': ['get', 'n'],
    },
    paint: { 'text-color': colour('ink') },
  };
}

/** Layers of the rings that say how far from its point a place may lie. */
export function ringLayers() {
  const strong = ['==', ['get', 'chosen'], true];
  return [
    { id: 'ring-fill', type: 'fill', source: 'rings', paint: { 'fill-antialias': false, 'fill-color': colour('accent'), 'fill-opacity': ['case', strong, 0.12, 0.035] } },
    { id: 'ring-line', type: 'line', source: 'rings', paint: { 'line-color': colour('accent'), 'line-opacity': ['case', strong, 0.95, 0.4], 'line-width': ['case', strong, 1.8, 1], 'line-dasharray': [3, 2] } },
  ];
}

/** Draw the sign that a map asks for by name.
 * @param {string} name @returns {ImageData | null} */
export function drawSign(name) {
  const [kind, ...parts] = name.split('|');
  if (kind === 'dot') return sheet(5, (pen) => { pen.beginPath(); pen.arc(2.5, 2.5, 1.8, 0, 7); pen.fillStyle = colour('soft'); pen.fill(); });
  if (kind === 'one') return sheet(20, (pen) => single(pen, parts[0]));
  if (kind === 'many') return sheet(SIZES[Number(parts[0])] + 4, (pen, size) => donut(pen, size, parts.slice(1).map(Number)));
  if (kind === 'held') return sheet(30, (pen, size) => holding(pen, size, parts));
  return null;
}

/** @param {number} size @param {(pen: CanvasRenderingContext2D, size: number) => void} draw */
function sheet(size, draw) {
  const canvas = document.createElement('canvas');
  canvas.width = size * DENSE;
  canvas.height = size * DENSE;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  pen.scale(DENSE, DENSE);
  draw(pen, size);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** One incident or claim: circle, double circle, diamond, triangle, cross or dash.
 * @param {CanvasRenderingContext2D} pen @param {string} status */
function single(pen, status) {
  const path = new Path2D(), m = 10;
  const shapes = {
    conceded: [[m, 3], [17, m], [m, 17], [3, m]],
    disputed: [[m, 3.2], [17.2, 16], [2.8, 16]],
  };
  const corners = shapes[/** @type {keyof typeof shapes} */ (status)];
  if (corners) { corners.forEach(([x, y], at) => (at ? path.lineTo(x, y) : path.moveTo(x, y))); path.closePath(); }
  else if (status === 'denied') { path.moveTo(5, 5); path.lineTo(15, 15); path.moveTo(15, 5); path.lineTo(5, 15); }
  else if (status === 'none') { path.moveTo(4.5, m); path.lineTo(15.5, m); }
  else path.arc(m, m, 5.4, 0, 7);
  const line = status === 'denied' || status === 'none' ? 4 : 2.2;
  pen.lineJoin = 'round';
  pen.lineCap = 'round';
  pen.strokeStyle = colour('card');
  pen.lineWidth = line + 3;
  pen.stroke(path);
  pen.strokeStyle = colour(status);
  pen.fillStyle = status === 'single' ? colour('card') : colour(status);
  if (line === 2.2) pen.fill(path);
  pen.lineWidth = line;
  pen.stroke(path);
  if (status === 'corroborated') { pen.beginPath(); pen.arc(m, m, 3.4, 0, 7); pen.strokeStyle = colour('card'); pen.lineWidth = 1.4; pen.stroke(); }
}

/** Several: a rim with the share of each status.
 * @param {CanvasRenderingContext2D} pen @param {number} size @param {number[]} shares */
function donut(pen, size, shares) {
  const middle = size / 2, outer = middle - 2, rim = Math.max(4, outer * 0.26);
  const whole = shares.reduce((sum, one) => sum + one, 0) || 1;
  pen.beginPath(); pen.arc(middle, middle, outer + 1.2, 0, 7); pen.fillStyle = colour('card'); pen.fill();
  let turned = -Math.PI / 2;
  shares.forEach((share, at) => {
    if (!share) return;
    const end = turned + (2 * Math.PI * share) / whole;
    pen.beginPath(); pen.arc(middle, middle, outer - rim / 2, turned, end);
    pen.strokeStyle = colour(STATUSES[at]); pen.lineWidth = rim; pen.stroke();
    turned = end;
  });
}

/** Who is said to hold a place: a disc in the holder's colour with its letter; contested half and half, not told an empty circle.
 * @param {CanvasRenderingContext2D} pen @param {number} size @param {string[]} parts state, holder's hue and letter, claimant's hue */
function holding(pen, size, [state, holder, letter, claimant]) {
  const m = size / 2, r = m - 4;
  const disc = (/** @type {string} */ fill, from = 0, to = 7) => { pen.beginPath(); pen.arc(m, m, r, from, to); pen.fillStyle = fill; pen.fill(); };
  disc(colour('card'));
  if (state !== 'unknown' && holder) disc(hue(holder));
  if (state === 'contested') {
    if (claimant) disc(hue(claimant), -Math.PI / 2, Math.PI / 2);
    pen.save(); pen.beginPath(); pen.arc(m, m, r, -Math.PI / 2, Math.PI / 2); pen.clip();
    pen.strokeStyle = colour('card'); pen.lineWidth = 1.6;
    for (let at = -size; at < size; at += 4.5) { pen.beginPath(); pen.moveTo(m + at, 0); pen.lineTo(m + at + size, size); pen.stroke(); }
    pen.restore();
  }
  pen.beginPath(); pen.arc(m, m, r, 0, 7);
  pen.strokeStyle = colour(state === 'unknown' ? 'strong-line' : 'ink'); pen.lineWidth = 1.3;
  if (state === 'contested') pen.setLineDash([3, 2]);
  pen.stroke();
  if (!letter || state === 'unknown') return;
  pen.font = `700 ${letter.length > 1 ? 9 : 11}px system-ui, sans-serif`;
  pen.textAlign = 'center'; pen.textBaseline = 'middle';
  pen.setLineDash([]); pen.lineWidth = 3; pen.strokeStyle = PALE; pen.strokeText(letter, m, m + 0.5);
  pen.fillStyle = DARK; pen.fillText(letter, m, m + 0.5);
}
