/** Sentences on the baseline: all that the analysis says of it and another contender of its tier. */

import { contendersShown } from './filter.js';
import { told } from './kept.js';
import { placeOf, view } from './view.js';

/** @typedef {import('./address.js').Choice} Choice */

/**
 * Write them below the controls, one list a workload; none without a baseline.
 *
 * @param {Choice} choice
 */
export function saySentences(choice) {
  const place = document.getElementById('view-sentences');
  const baseline = placeOf(choice.against);
  const lists = baseline < 0 ? [] : listsOf(choice);
  if (place) {
    place.querySelector('div')?.replaceChildren(...lists);
    const [count, label] = [place.querySelectorAll('li').length, view.contenders[baseline]?.label];
    const summary = place.querySelector('summary');
    if (summary) {
      summary.textContent = `${count} sentence${count === 1 ? '' : 's'} on ${label}`;
    }
    place.hidden = lists.length === 0;
  }
}

/** @param {Choice} choice */
function listsOf(choice) {
  const baseline = placeOf(choice.against);
  const left = new Set([...contendersShown(choice)].map(placeOf)).add(baseline);
  return view.workloads
    .filter((workload) => !choice.workload || workload.name === choice.workload)
    .flatMap((workload) => {
      const sentences = Object.entries(workload.sentences).filter(([pair]) => {
        const who = pair.split(' ').map(Number);
        return who.includes(baseline) && who.every((each) => left.has(each));
      });
      return sentences.length
        ? listOf(
            workload.name,
            sentences.map(([, said]) => said),
          )
        : [];
    });
}

/**
 * @param {string} name
 * @param {string[]} sentences
 */
function listOf(name, sentences) {
  const list = document.createElement('ul');
  list.append(...sentences.map((sentence) => told('li', '', `${sentence}.`)));
  return [told('p', 'tier', name), list];
}
