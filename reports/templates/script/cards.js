/** Cards, seen from the baseline that was chosen: who leads stays, how far apart they are is told anew. */

import { keep, restore } from './kept.js';
import { placeOf, ratioOf, view, workloadOf } from './view.js';

/** @typedef {import('./address.js').Choice} Choice */
/** @typedef {import('./view.js').Workload} Workload */

const TOLD = '.card .margin, .card .rest [data-contender], .card .sentence';

/**
 * Write margins, the others' ratios and the sentence in full against the baseline.
 *
 * @param {Choice} choice
 */
export function showCards(choice) {
  const baseline = placeOf(choice.against);
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(TOLD))) {
    restore(element);
    const workload = workloadOf(element);
    const named = /** @type {HTMLElement | null} */ (
      element.closest('[data-contender], [data-leader]')
    );
    const who = placeOf(named?.dataset.contender ?? named?.dataset.leader);
    const text =
      workload && baseline >= 0 && who >= 0 ? tell(element, workload, who, baseline) : '';
    if (text) {
      keep(element);
      const name = element.querySelector('.who');
      element.replaceChildren(...(name ? [name, ' '] : []), text);
    }
  }
}

/**
 * @param {HTMLElement} element
 * @param {Workload} workload
 * @param {number} who
 * @param {number} baseline
 */
function tell(element, workload, who, baseline) {
  if (element.matches('.sentence')) {
    const said = workload.sentences;
    const sentence = said[`${who} ${baseline}`] ?? said[`${baseline} ${who}`];
    return sentence ? `${sentence}.` : '';
  }
  if (who === baseline) {
    return 'the baseline';
  }
  const [ratio, interval] = ratioOf(workload, baseline, who, workload.metric) ?? ['', ''];
  const label = view.contenders[baseline]?.label ?? '';
  return ratio && `takes ${ratio} the time of ${label}${interval && ` (${interval})`}`;
}
