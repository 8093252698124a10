/** The tables of figures, seen from the baseline that was chosen. */

import { keep, restore, told } from './kept.js';
import { entryOf, placeOf, workloadOf } from './view.js';

/** @typedef {import('./address.js').Choice} Choice */

const CELLS = 'td[data-metric]';

/**
 * Show ratios to the baseline in every cell of a metric; times, as the page was made, without one.
 *
 * @param {Choice} choice
 */
export function showFigures(choice) {
  const compared = placeOf(choice.against) >= 0;
  for (const cell of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(CELLS))) {
    const row = /** @type {HTMLElement | null} */ (cell.closest('[data-contender]'));
    const who = placeOf(row?.dataset.contender);
    if (who >= 0 && compared) {
      show(cell, who, choice);
    } else if (who >= 0) {
      restore(cell);
    }
  }
  for (const table of document.querySelectorAll(`table:has(${CELLS})`)) {
    table.classList.toggle('against', compared); // its times name their units themselves
  }
}

/**
 * @param {HTMLElement} cell
 * @param {number} who
 * @param {Choice} choice
 */
function show(cell, who, choice) {
  const workload = workloadOf(cell);
  const entry = workload && entryOf(workload, who, cell.dataset.metric ?? '', choice, false);
  if (entry) {
    keep(cell);
    const said = [entry.beside, entry.symbol, entry.word].filter(Boolean).join(' ');
    const lines = [entry.interval, said]
      .filter(Boolean)
      .map((text) => told('span', 'detail', text));
    cell.replaceChildren(
      told('span', 'figure', entry.figure),
      ...lines.flatMap((line) => [' ', line]),
    );
    cell.classList.toggle('baseline', entry.state === 'baseline');
    cell.dataset.value = Number.isNaN(entry.value) ? '' : String(entry.value);
  }
}
