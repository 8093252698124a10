/** What is left out of sight: tiers, languages and workloads that were not chosen. */

import { placeOf, view } from './view.js';

/** @typedef {import('./address.js').Choice} Choice */

/**
 * The ids of the contenders that the choice leaves in sight.
 *
 * @param {Choice} choice
 */
export function contendersShown(choice) {
  const left = view.contenders.filter(({ tier, language }) => {
    const inTier = !choice.tier || view.tiers[tier] === choice.tier;
    return inTier && (!choice.language || language === choice.language);
  });
  return new Set(left.map(({ id }) => id));
}

/**
 * Hide what is of others, and then what is left empty by that.
 *
 * @param {Choice} choice
 */
export function showOnly(choice) {
  const shown = contendersShown(choice);
  const compared = placeOf(choice.against) >= 0;
  for (const element of all('main [data-contender]')) {
    const who = (element.dataset.contender ?? '').split(' ');
    const others = who.length > 1 ? who.filter((id) => id !== choice.against) : who;
    const without = compared && others.length > 1; // a pair, and the baseline is none of it
    element.hidden = without || !others.every((id) => shown.has(id));
  }
  for (const element of all('main [data-workload]:not(.told)')) {
    element.hidden = Boolean(choice.workload) && element.dataset.workload !== choice.workload;
  }
  hideEmpty('.matrix tbody tr[data-workload]:not([hidden])', '.told:not([hidden])');
  hideEmpty('main tbody:has([data-contender])', 'tr:not(.group, [hidden])');
  hideEmpty('section.family:has([data-workload])', '[data-workload]:not([hidden])');
  hideColumns();
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (
    document.querySelectorAll('nav a[href^="#"]')
  )) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const item = /** @type {HTMLElement} */ (link.closest('li') ?? link);
    item.hidden = Boolean(target?.closest('[hidden]'));
  }
}

/**
 * @param {string} selector
 * @param {string} content
 */
function hideEmpty(selector, content) {
  for (const element of all(selector)) {
    element.hidden = !element.querySelector(content);
  }
}

/** Hide the columns of the matrix in which nobody is left. */
function hideColumns() {
  for (const table of /** @type {NodeListOf<HTMLTableElement>} */ (
    document.querySelectorAll('table.matrix')
  )) {
    const rows = [...table.rows].filter((row) => !row.classList.contains('group'));
    const count = table.tHead?.rows[0]?.cells.length ?? 0;
    for (let column = 1; column < count; column++) {
      const cells = rows.flatMap((row) => row.cells[column] ?? []);
      const left = cells.some((cell) => cell.querySelector('.told:not([hidden])'));
      cells.forEach((cell) => (cell.hidden = !left));
    }
  }
}

/**
 * @param {string} selector
 * @returns {NodeListOf<HTMLElement>}
 */
function all(selector) {
  return document.querySelectorAll(selector);
}
