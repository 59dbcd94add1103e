"use strict";
// Finds rows, keeps what was asked for in the address, and copies lines. Without it the page shows everything.
const form = document.getElementById("find");
const fields = ["q", "language", "need", "state"].map(id => document.getElementById(id));
const [query, language, need, state] = fields;
const count = document.getElementById("count");
const rows = [...document.querySelectorAll("tbody[data-words]")];
const DAYS = 90;

// Arabic keyboards write kaf and yeh with other letters than Urdu's; marks and joiners are seldom typed.
const ALIKE = {"ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ł": "l", "đ": "d", "ø": "o", "ß": "ss", "’": "'"};
const MARKS = /[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u2066-\u2069]/g;
const fold = words => words.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(/./gu, letter => ALIKE[letter] ?? letter);
const known = new Map(rows.map(row => [row, fold(row.dataset.words)]));

function isDue(row) {
  return Date.parse(row.dataset.review) <= Date.now() + DAYS * 24 * 60 * 60 * 1000;
}

const has = (list, value) => value === "" || list.split(" ").includes(value);

function isIn(row, wanted) {
  return has(row.dataset.states + (isDue(row) ? " due" : ""), wanted);
}

function fits(row, words) {
  return words.every(word => known.get(row).includes(word)) && has(row.dataset.language, language.value)
    && has(row.dataset.needs, need.value) && isIn(row, state.value);
}

function show() {
  const words = fold(query.value).split(/\s+/).filter(Boolean);
  const shown = rows.filter(row => fits(row, words));
  for (const row of rows) row.hidden = !shown.includes(row);
  for (const cell of document.querySelectorAll("[data-need]")) cell.hidden = need.value !== "" && cell.dataset.need !== need.value;
  for (const part of document.querySelectorAll("[data-leaflet], [data-part]")) part.hidden = !shown.some(row => part.contains(row));
  count.textContent = `${shown.length} of ${rows.length} shown`;
  const asked = new URLSearchParams(fields.filter(field => field.value).map(field => [field.id, field.value]));
  history.replaceState(null, "", `#${asked}`);
}

function read() {
  const asked = new URLSearchParams(location.hash.slice(1));
  for (const field of fields) field.value = asked.get(field.id) ?? "";
  for (const field of fields) if (field.selectedIndex === -1) field.value = "";
}

function clear() {
  for (const field of fields) field.value = "";
  show();
  query.focus();
}

function today() {
  return new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "long", year: "numeric"}).format(new Date());
}

async function copy(button) {
  const line = document.getElementById(button.dataset.copies);
  const words = line.textContent.replace(/\s+/g, " ").trim() + (line.dataset.given === undefined ? "" : ` ${today()}`);
  try {
    await navigator.clipboard.writeText(words);
    count.textContent = `Copied: ${words}`;
  } catch {
    getSelection().selectAllChildren(line);
    count.textContent = "This browser does not let the page copy: the line is marked, press Ctrl and C.";
  }
}

form.hidden = false;
for (const number of document.querySelectorAll("[data-counts]")) {
  const found = rows.filter(row => isIn(row, number.dataset.counts)).length;
  number.textContent = found;
  number.closest("li").hidden = found === 0;
}
for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
form.addEventListener("submit", event => {
  event.preventDefault();
  const links = [...document.querySelectorAll("tbody[data-words] a")];
  links.find(link => link.checkVisibility())?.focus();
});
form.addEventListener("input", show);
document.getElementById("clear").addEventListener("click", clear);
document.addEventListener("keydown", event => {
  const writing = event.target.matches("input, select, textarea");
  if (event.key === "/" && !writing) { event.preventDefault(); query.focus(); }
  if (event.key === "Escape") clear();
});
addEventListener("hashchange", () => { if (/^#(q|language|need|state)=/.test(location.hash)) { read(); show(); } });
if (/^#(q|language|need|state)=/.test(location.hash)) read();
const place = location.hash;
show();
if (place && !place.includes("=")) { history.replaceState(null, "", place); document.querySelector(place)?.scrollIntoView(); }
