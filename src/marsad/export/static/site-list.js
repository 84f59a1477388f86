// The list of incidents, first part: where the chunks of rows put themselves. Pages opened from a file may load neither modules nor JSON, so these are plain scripts in order.
"use strict";

/**
 * A row: name of the page, index of the status, day, title, place, code of the event, beginning of the first quotation, independent roots, review.
 * @typedef {[string, number, string, string, string, string, string, number, string]} Row
 */

const marsad = {
  /** @type {Row[]} */
  rows: [],
  /** @param {Row[]} some The rows of a chunk. */
  take(some) {
    for (const row of some) this.rows.push(row);
  },
};
