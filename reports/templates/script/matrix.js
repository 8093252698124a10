/** The matrix, seen from the baseline that was chosen, in the quantity that was chosen. */

import { keep, restore, told } from './kept.js';
import { entryOf, placeOf, view, workloadOf } from './view.js';

/** @typedef {import('./address.js').Choice} Choice */
/** @typedef {import('./view.js').Entry} Entry */

/**
 * Write all entries that have a figure; the others say why they have none.
 *
 * @param {Choice} choice
 */
export function showMatrix(choice) {
  const changed = Boolean(choice.against || choice.show || choice.of);
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll('.matrix .told[data-contender]')
  )) {
    const workload = workloadOf(element);
    const who = placeOf(element.dataset.contender);
    restore(element);
    if (!workload || Object.keys(workload.times[who] ?? {}).length === 0) {
      continue;
    }
    const entry = entryOf(workload, who, choice.of || workload.metric, choice, true) ?? NOTHING;
    if (changed) {
      keep(element);
      write(element, entry);
    }
    element.dataset.value = Number.isNaN(entry.value) ? '' : String(entry.value);
  }
  explain(choice);
}

/**
 * Caption and legend say what is shown now.
 *
 * @param {Choice} choice
 */
function explain(choice) {
  const caption = document.getElementById('matrix');
  const baseline = view.contenders[placeOf(choice.against)];
  if (caption) {
    restore(caption);
    if (baseline || choice.of) {
      keep(caption);
      const whose = baseline ? `that of ${baseline.label}` : 'the lowest in its row';
      const time = choice.of ? `time (${view.quantities[choice.of]})` : 'time';
      caption.textContent = `Each contender’s ${time}, as a multiple of ${whose}, with 95 % intervals`;
    }
  }
  const note = /** @type {HTMLElement | null} */ (document.querySelector('.matrix ~ .note'));
  if (note) {
    restore(note);
    if (baseline) {
      keep(note);
      note.textContent = NOTE;
    }
  }
  const legend = /** @type {HTMLElement | null} */ (document.querySelector('.legend'));
  if (legend) {
    restore(legend);
    if (baseline) {
      keep(legend);
      // What is said of a contender alone stays true, whoever is the baseline.
      const alone = [...legend.children].filter((line) => line.querySelector('.invalid, .plain'));
      legend.replaceChildren(...Object.values(view.verdicts).map(meaning), ...alone);
    }
  }
}

/** @param {[symbol: string, word: string, state: string]} verdict */
function meaning([symbol, word, state]) {
  const line = document.createElement('li');
  const drawn = told('span', `told ${state}`, '');
  drawn.append(told('span', 'symbol', symbol));
  line.append(drawn, ` ${word}`);
  return line;
}

const NOTE =
  'Of another tier, ratios have intervals and no verdict. Each figure leads to its evidence.';

/** @type {Entry} */
const NOTHING = {
  figure: '–',
  interval: '',
  beside: '',
  symbol: '',
  word: 'not measured',
  state: 'plain',
  value: NaN,
};

/**
 * @param {HTMLElement} element
 * @param {Entry} entry
 */
function write(element, entry) {
  const name = element.querySelector('.name');
  const link = element.querySelector('.said')?.cloneNode(false);
  if (!name || !(link instanceof HTMLElement)) {
    return;
  }
  // A word that no symbol stands for is read by everybody, where else the other figure stands.
  const word = told('span', 'unseen', entry.symbol && ` ${entry.word}`);
  const beside = entry.beside || (entry.symbol ? '' : entry.word);
  const symbol = told('span', 'symbol', entry.symbol);
  symbol.setAttribute('aria-hidden', 'true');
  link.append(symbol, ' ', told('b', 'figure', entry.figure), word);
  element.replaceChildren(name, link);
  if (beside) {
    element.append(told('span', 'time', beside));
  }
  if (entry.interval) {
    element.append(told('span', 'interval', entry.interval));
  }
  element.className = `told ${entry.state}`;
}
