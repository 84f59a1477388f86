// The list of incidents, second part: narrows the rows and shows them. Texts are set as text and never as markup.
"use strict";
(() => {
  const AT_ONCE = 100;
  const FIELDS = ["text", "place", "status", "event"];
  /** @param {string} id */
  const at = (id) => document.getElementById(id);
  const finder = at("finder");
  const statuses = JSON.parse(finder.dataset.statuses);
  const labels = JSON.parse(finder.dataset.labels);
  const reviews = JSON.parse(finder.dataset.reviews);
  let found = [];
  let shown = 0;

  /**
   * Letters as they are looked for: small, without vowel signs, alef and ya in one form.
   * @param {string} text
   */
  const folded = (text) =>
    text
      .toLowerCase()
      .normalize("NFKD")
      .replace(/[\u0300-\u036f\u0640\u064b-\u0655\u0670]/g, "")
      .replace(/[أإآٱ]/g, "ا")
      .replace(/ى/g, "ي")
      .replace(/ة/g, "ه");

  /** @param {string} name @param {string} [text] @param {string} [kind] */
  const made = (name, text, kind) => {
    const node = document.createElement(name);
    if (text !== undefined) node.textContent = text;
    if (kind) node.className = kind;
    return node;
  };

  /** @param {string} name */
  const page = (name) => `incidents/${name.slice(1, 3)}/${name}.html`;

  /** @param {any[]} row */
  const line = ([file, status, day, title, , , said, independent, review]) => {
    const name = statuses[status];
    const link = made("a", title);
    link.href = page(file);
    const what = made("td", undefined, "what");
    what.append(link);
    if (said) {
      const words = made("bdi", said, "said");
      words.dir = "auto";
      words.lang = /[\u0600-\u06ff]/.test(said) ? "ar" : "";
      what.append(words);
    }
    const chip = made("td");
    chip.append(made("span", labels[name], `status status-${name}`));
    const whole = made("tr");
    whole.append(made("td", day, "day"), what, chip, made("td", String(independent), "number"), made("td", reviews[review]));
    return whole;
  };

  const show = () => {
    const some = found.slice(shown, shown + AT_ONCE).map(line);
    at("rows").append(...some);
    shown += some.length;
    at("more").hidden = shown >= found.length;
    const told = finder.dataset.shown.replace("{n}", found.length.toLocaleString("en")).replace("{shown}", shown.toLocaleString("en"));
    at("found").textContent = told;
  };

  const narrow = () => {
    const [text, place, status, event] = FIELDS.map((field) => at(field).value.trim());
    const words = folded(text).split(/\s+/).filter(Boolean);
    const where = folded(place);
    found = marsad.rows.filter((row) => {
      if (status && statuses[row[1]] !== status) return false;
      if (event && row[5] !== event) return false;
      if (where && !folded(row[4]).includes(where)) return false;
      if (!words.length) return true;
      const all = folded(`${row[3]} ${row[6]}`);
      return words.every((word) => all.includes(word));
    });
    shown = 0;
    at("rows").replaceChildren();
    show();
  };

  const readAddress = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const field of FIELDS) at(field).value = asked.get(field) ?? "";
    narrow();
  };

  const tellAddress = () => {
    const asked = new URLSearchParams();
    for (const field of FIELDS) if (at(field).value) asked.set(field, at(field).value);
    history.replaceState(null, "", `#${asked}`);
  };

  let waiting = 0;
  finder.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      tellAddress();
      narrow();
    }, 150);
  });
  at("more").addEventListener("click", show);
  addEventListener("hashchange", readAddress);
  finder.hidden = false;
  readAddress();
})();
