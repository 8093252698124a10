/** Rows of two contenders: the baseline comes first in them. */

import { keep, restore, told } from './kept.js';
import { placeOf, ratioOf, workloadOf } from './view.js';

/** @typedef {import('./address.js').Choice} Choice */

/**
 * Turn the rows whose second contender is the baseline round; `filter` hides those without it.
 *
 * @param {Choice} choice
 */
export function turnPairs(choice) {
  for (const row of /** @type {NodeListOf<HTMLTableRowElement>} */ (
    document.querySelectorAll('tr[data-contender*=" "]:has(td[data-metric])')
  )) {
    const [first, second] = row.dataset.contender?.split(' ') ?? [];
    for (const cell of row.cells) {
      restore(cell);
    }
    if (second && second === choice.against) {
      turn(row, placeOf(second), placeOf(first));
    }
  }
}

/**
 * @param {HTMLTableRowElement} row
 * @param {number} baseline
 * @param {number} other
 */
function turn(row, baseline, other) {
  const workload = workloadOf(row);
  const pair = workload?.pairs[`${baseline} ${other}`];
  if (!workload || !pair) {
    return;
  }
  const [ratio, wide] = ratioOf(workload, baseline, other, workload.metric) ?? ['', ''];
  /** @type {Record<string, string>} */
  const texts = { ratio, wide, narrow: pair[1] };
  for (const cell of row.cells) {
    keep(cell);
    const metric = cell.dataset.metric ?? '';
    const text = texts[metric] ?? turned(cell.textContent?.trim() ?? '');
    if (cell.tagName === 'TH') {
      const [first, ...rest] = [...cell.childNodes];
      const who = [...cell.querySelectorAll('.who')];
      const last = /** @type {Node} */ (who[1]);
      const between = rest.slice(0, rest.indexOf(/** @type {ChildNode} */ (last)));
      cell.replaceChildren(last, ...between, /** @type {Node} */ (first));
    } else if (metric && text) {
      cell.replaceChildren(told('span', 'figure', text));
    }
  }
}

/** @param {string} verdict */
function turned(verdict) {
  /** @type {Record<string, string>} */
  const others = { 'first faster': 'second faster', 'second faster': 'first faster' };
  return others[verdict] ?? verdict;
}
