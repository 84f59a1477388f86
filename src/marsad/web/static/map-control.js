// The layer of control: on a chosen day, who is said to hold each place of which anything of the kind was told.
import { colour } from './map-style.js';

/** @typedef {{label: string, hue: number, texture: number, letter: string}} Shade */
/** @typedef {[id: string, key: string, place: string, lon: number, lat: number, first: string, last: string | null, state: string, holder: string | null, claimant: string | null]} Spell */

export class Control {
  /** @param {{day: string | null, holders: Record<string, Shade>, spells: Spell[]}} data */
  constructor(data) {
    this.last = data.day ?? '';
    this.holders = data.holders;
    this.spells = data.spells;
    this.days = [...new Set(data.spells.map((one) => one[5]))].sort();
  }

  /** The spells of a day as GeoJSON; a spell ends on the day on which the next one begins.
   * @param {string} day */
  features(day) {
    const features = this.spells.filter((one) => one[5] <= day && (one[6] === null || day < one[6])).map((one) => {
      const [id, key, place, lon, lat, first, last, state, holder, claimant] = one;
      const shade = holder === null ? undefined : this.holders[holder], other = claimant === null ? undefined : this.holders[claimant];
      const icon = ['held', state, shade?.hue ?? '', shade?.letter ?? '', other?.hue ?? ''].join('|');
      return { type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties: { id, key, place, first, last, state, icon, holder: shade?.label ?? '', claimant: other?.label ?? '' } };
    });
    return { type: 'FeatureCollection', features };
  }

  /** The next day (or the one before) on which a spell begins; "" where there is none.
   * @param {string} day @param {1 | -1} step */
  nextDay(day, step) {
    return (step > 0 ? this.days.find((one) => one > day) : this.days.filter((one) => one < day).at(-1)) ?? '';
  }
}

/** @returns {object[]} the layers */
export function controlLayers() {
  return [
    { id: 'signs', type: 'symbol', source: 'points',
      layout: { 'icon-image': ['get', 'icon'], 'icon-allow-overlap': true, 'icon-size': ['interpolate', ['linear'], ['zoom'], 3, 0.6, 7, 1],
        'text-field': ['step', ['zoom'], '', 6.5, ['get', 'place']], 'text-font': ['Marsad Sans', 'system-ui', 'sans-serif'], 'text-size': 12, 'text-anchor': 'top', 'text-offset': [0, 1.1], 'text-optional': true },
      paint: { 'text-color': colour('ink'), 'text-halo-color': colour('land'), 'text-halo-width': 1.4 } },
  ];
}

/** What is said of a place on a day, for the card.
 * @param {Record<string, string>} facts @param {Record<string, string>} words */
export function spellCard(facts, words) {
  const made = document.createDocumentFragment();
  const title = document.createElement('h2');
  title.textContent = facts.place;
  const says = document.createElement('p');
  const told = facts.state === 'unknown' ? words.unknown : `${words[facts.state]}: ${facts.holder || words.none}`;
  says.textContent = facts.claimant ? `${told}; ${words.claimed} ${facts.claimant}` : told;
  const days = document.createElement('p');
  days.dir = 'ltr';
  days.textContent = `${facts.first} – ${facts.last && facts.last !== 'null' ? facts.last : ''}`;
  const why = document.createElement('a');
  why.href = `/control?${new URLSearchParams({ place: facts.key, spell: facts.id })}`;
  why.textContent = words.why;
  made.append(title, says, days, why);
  return made;
}
