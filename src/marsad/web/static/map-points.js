// The points of the map: columns of bytes from the server, narrowed by days and statuses here, and heaped into piles where they share a point.
// Nearly all places are middles of towns, districts or countries, so a hundred thousand claims lie on a few thousand points: only these are drawn.

/** Statuses in the order in which they are stacked and shared out, here and at the server. */
export const STATUSES = ['single', 'corroborated', 'conceded', 'disputed', 'denied', 'none'];
const HEAD = 12;
const VERSION = 1;
const NO_DAY = -2147483648;
const DAY = 86400000;
const EARTH = 6371;

/** @param {string} iso @returns {number} days from 1970-01-01 */
export const dayNumber = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
/** @param {number} number @returns {string} an ISO day */
export const dayText = (number) => new Date(number * DAY).toISOString().slice(0, 10);

/** @typedef {{since: string, until: string, day: string, statuses: Set<string>}} Choice */
/** @typedef {{lon: number, lat: number, precision: string, rows: number[]}} Pile */

export class Points {
  /**
   * @param {ArrayBuffer} buffer the block
   * @param {string} legend what the numbers of its columns mean, as the header says
   */
  constructor(buffer, legend) {
    const head = new DataView(buffer);
    const name = String.fromCharCode(...new Uint8Array(buffer, 0, 4));
    if (name !== 'MRSD' || head.getUint32(4, true) !== VERSION) throw new Error('no points');
    const n = head.getUint32(8, true);
    const [statuses, precisions, unplaced] = legend.split(';');
    this.number = n;
    this.unplaced = Number(unplaced);
    this.lon = new Float32Array(buffer, HEAD, n);
    this.lat = new Float32Array(buffer, HEAD + 4 * n, n);
    this.first = new Int32Array(buffer, HEAD + 8 * n, n);
    this.last = new Int32Array(buffer, HEAD + 12 * n, n);
    const told = new Uint8Array(buffer, HEAD + 17 * n, n);
    const places = statuses.split(',').map((one) => Math.max(0, STATUSES.indexOf(one)));
    this.status = told.map((one) => places[one]);
    this.precision = new Uint8Array(buffer, HEAD + 18 * n, n);
    this.precisions = precisions.split(',');
    this.refs = new Uint32Array(buffer, Math.floor((HEAD + 19 * n + 3) / 4) * 4, n);
    this.heap();
  }

  /** Give each row the number of its pile: rows of one point and one precision. */
  heap() {
    this.pile = new Uint32Array(this.number);
    /** @type {Map<number, number>} */
    const known = new Map();
    /** @type {number[]} */
    const firsts = [];
    for (let row = 0; row < this.number; row += 1) {
      const key = (Math.round((this.lon[row] + 180) * 1e4) * 1.8e6 + Math.round((this.lat[row] + 90) * 1e4)) * 8 + this.precision[row];
      let number = known.get(key);
      if (number === undefined) {
        number = firsts.length;
        known.set(key, number);
        firsts.push(row);
      }
      this.pile[row] = number;
    }
    this.firsts = firsts;
  }

  /** Whether each row fits, and how many do by status (with the choice of statuses left aside).
   * @param {Choice} choice */
  choose(choice) {
    const since = choice.day || choice.since, until = choice.day || choice.until;
    const from = since ? dayNumber(since) : -Infinity, to = until ? dayNumber(until) : Infinity;
    const dated = Boolean(since || until);
    const wanted = STATUSES.map((one) => choice.statuses.size === 0 || choice.statuses.has(one));
    const counts = STATUSES.map(() => 0);
    const fits = new Uint8Array(this.number);
    for (let row = 0; row < this.number; row += 1) {
      const first = this.first[row], last = this.last[row];
      if (dated) {
        if (first === NO_DAY && last === NO_DAY) continue;
        if (first !== NO_DAY && first > to) continue;
        if (last !== NO_DAY && last < from) continue;
      }
      counts[this.status[row]] += 1;
      if (wanted[this.status[row]]) fits[row] = 1;
    }
    this.fits = fits;
    return counts;
  }

  /** What fits as GeoJSON: one point a pile, with its number in all and by status. */
  features() {
    const piles = this.firsts.length, wide = STATUSES.length;
    const counts = new Uint32Array(piles * wide);
    for (let row = 0; row < this.number; row += 1) {
      if (this.fits[row]) counts[this.pile[row] * wide + this.status[row]] += 1;
    }
    const features = [];
    for (let pile = 0; pile < piles; pile += 1) {
      const row = this.firsts[pile];
      /** @type {Record<string, number>} */
      const facts = { pile, n: 0 };
      for (let status = 0; status < wide; status += 1) {
        const number = counts[pile * wide + status];
        facts[`s${status}`] = number;
        facts.n += number;
      }
      if (facts.n) features.push({ type: 'Feature', properties: facts, geometry: { type: 'Point', coordinates: [this.lon[row], this.lat[row]] } });
    }
    return { type: 'FeatureCollection', features };
  }

  /** The numbers by which the server knows what lies in some piles and fits, the newest first.
   * @param {Set<number>} piles */
  refsOf(piles) {
    const rows = [];
    for (let row = 0; row < this.number; row += 1) if (this.fits[row] && piles.has(this.pile[row])) rows.push(row);
    return rows.sort((a, b) => this.first[b] - this.first[a] || this.refs[b] - this.refs[a]).map((row) => this.refs[row]);
  }

  /** @param {number} pile @returns {{lon: number, lat: number, precision: string}} */
  at(pile) {
    const row = this.firsts[pile];
    return { lon: this.lon[row], lat: this.lat[row], precision: this.precisions[this.precision[row]] };
  }

  /** The day after (or before) one on which something that is known begins; "" where there is none.
   * @param {string} day @param {1 | -1} step @param {Choice} choice */
  nextDay(day, step, choice) {
    const here = day ? dayNumber(day) : step > 0 ? -Infinity : Infinity;
    const low = choice.since ? dayNumber(choice.since) : -Infinity, high = choice.until ? dayNumber(choice.until) : Infinity;
    let best = step > 0 ? Infinity : -Infinity;
    for (let row = 0; row < this.number; row += 1) {
      const first = this.first[row];
      if (first === NO_DAY || first < low || first > high) continue;
      if (step > 0 ? first > here && first < best : first < here && first > best) best = first;
    }
    return Number.isFinite(best) ? dayText(best) : '';
  }
}

/** Fetch the points of an address.
 * @param {string} address @returns {Promise<Points>} */
export async function fetchPoints(address) {
  const answer = await fetch(address, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`points: ${answer.status}`);
  return new Points(await answer.arrayBuffer(), answer.headers.get('x-marsad-points') ?? '');
}

/** A ring on the ground as a polygon.
 * @param {number} lon @param {number} lat @param {number} km @param {object} facts */
export function ring(lon, lat, km, facts = {}) {
  const steps = 72, reach = km / EARTH, up = (lat * Math.PI) / 180;
  const points = [];
  for (let step = 0; step <= steps; step += 1) {
    const way = (2 * Math.PI * step) / steps;
    const y = Math.asin(Math.sin(up) * Math.cos(reach) + Math.cos(up) * Math.sin(reach) * Math.cos(way));
    const x = Math.atan2(Math.sin(way) * Math.sin(reach) * Math.cos(up), Math.cos(reach) - Math.sin(up) * Math.sin(y));
    points.push([lon + (x * 180) / Math.PI, (y * 180) / Math.PI]);
  }
  return { type: 'Feature', properties: facts, geometry: { type: 'Polygon', coordinates: [points] } };
}
