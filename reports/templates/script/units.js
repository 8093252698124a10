/** Times in the unit that the reader chose: the decimal point moves, and nothing is rounded again. */

const NAMES = ['ns', 'µs', 'ms', 's']; // each is a thousand of the one before
const NUMBER = String.raw`\d[\d,]*(?:\.\d+)?`;
const BARE = new RegExp(NUMBER, 'g');
const TIME = new RegExp(`((?:${NUMBER}–)?${NUMBER})(\\s)(${NAMES.join('|')})(?![\\w/])`, 'g');
const TOLD =
  '.matrix .told, .card .reply, #view-sentences li, .scroll > table td, .scroll > table .unit';

/** @type {WeakMap<Text, string>} */
const asMade = new WeakMap();
let changed = false;

/**
 * Tell all times of cards, matrix, tables and sentences in one unit; each in its own without.
 *
 * @param {string} unit
 */
export function showUnits(unit) {
  if (!unit && !changed) {
    return;
  }
  changed = Boolean(unit);
  for (const place of document.querySelectorAll(TOLD)) {
    for (const text of textsIn(place)) {
      const made = asMade.get(text) ?? text.data;
      asMade.set(text, made);
      const told = unit ? inUnit(made, unit, unitBeside(text)) : made;
      if (told !== text.data) {
        text.data = told;
      }
    }
  }
}

/**
 * @param {string} text
 * @param {string} unit
 * @param {string} beside the unit of numbers that do not name theirs, if they are times
 */
function inUnit(text, unit, beside) {
  if (text === `, ${beside}`) {
    return `, ${unit}`; // a column's heading
  }
  if (text.search(TIME) < 0) {
    return beside && !text.includes('×') ? moved(text, places(beside, unit)) : text;
  }
  return text.replace(TIME, (_, numbers, space, own) => {
    return moved(numbers, places(own, unit)) + space + unit;
  });
}

/**
 * The unit of a text that does not name it: a column has it in its heading, an interval on a card in
 * the figure before it.
 *
 * @param {Text} text
 */
function unitBeside(text) {
  const place = text.parentElement;
  const phase = place?.matches('.phases .detail, .phases .detail *') && place.closest('dd');
  if (phase) {
    return unitOf(phase.querySelector('strong'));
  }
  if (place?.matches('.unit')) {
    return unitOf(place);
  }
  const cell = /** @type {HTMLTableCellElement | null | undefined} */ (
    place?.closest('td:not(.without)')
  );
  const table = cell?.closest('table');
  if (!cell || !table || (cell.dataset.metric && table.classList.contains('against'))) {
    return '';
  }
  return unitOf(table.tHead?.rows[0]?.cells[cell.cellIndex]?.querySelector('.unit'));
}

/**
 * The unit in which the text of an element ended as it was made.
 *
 * @param {Element | null | undefined} element
 */
function unitOf(element) {
  const made = element ? textsIn(element).map((text) => asMade.get(text) ?? text.data) : [];
  const [, unit = ''] = /\s(ns|µs|ms|s)$/.exec(made.join('')) ?? [];
  return unit;
}

/** @param {Element} element */
function textsIn(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    texts.push(/** @type {Text} */ (walker.currentNode));
  }
  return texts;
}

/**
 * By how many places the decimal point moves to the right.
 *
 * @param {string} from
 * @param {string} to
 */
function places(from, to) {
  return 3 * (NAMES.indexOf(from) - NAMES.indexOf(to));
}

/**
 * Move the decimal point of every number in a text.
 *
 * @param {string} text
 * @param {number} by
 */
function moved(text, by) {
  return text.replace(BARE, (number) => {
    const [whole = '', part = ''] = number.replaceAll(',', '').split('.');
    const point = whole.length + by;
    const digits = (point < 1 ? '0'.repeat(1 - point) : '') + (whole + part).padEnd(point, '0');
    const at = Math.max(point, 1);
    const left = digits.slice(0, at).replace(/^0+(?=\d)/, '');
    return left.replace(/\B(?=(\d{3})+$)/g, ',') + (digits.slice(at) && `.${digits.slice(at)}`);
  });
}
