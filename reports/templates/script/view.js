/**
 * Figures of the run, as the page carries them: worded and rounded already, nothing is computed here.
 *
 * @typedef {[text: string, interval: string, value: number]} Time
 * @typedef {[text: string, interval: string]} Shown
 * @typedef {[verdict: string, narrow: string, ...ratios: string[]]} Pair one contender's time over
 * another's: the verdict and the 90 % interval of the metric that decides, then a ratio and its
 * interval for each of `metrics`, with a blank between
 * @typedef {{name: string, metric: string, times: Record<string, Time>[],
 *   each: Record<string, Shown>[], lowest: Record<string, number[]>, pairs: Record<string, Pair>,
 *   sentences: Record<string, string>}} Workload
 * `times` by contender and metric, `each` the same per item where there are several; `lowest` by
 * metric and tier; `pairs` by "baseline contender"
 * @typedef {{contenders: {id: string, label: string, tier: number, language: string}[],
 *   tiers: string[], metrics: string[], quantities: Record<string, string>,
 *   verdicts: Record<string, [symbol: string, word: string, state: string]>,
 *   workloads: Workload[]}} View
 * @typedef {{figure: string, interval: string, beside: string, symbol: string, word: string,
 *   state: string, value: number}} Entry
 */

/** @typedef {import('./address.js').Choice} Choice */

/** @type {View} */
export const view = JSON.parse(document.getElementById('view-data')?.textContent ?? '{}');

const workloads = new Map(view.workloads.map((workload) => [workload.name, workload]));
const places = new Map(view.contenders.map((contender, place) => [contender.id, place]));

/**
 * The workload that an element of the page is about.
 *
 * @param {HTMLElement} element
 */
export function workloadOf(element) {
  const named = /** @type {HTMLElement | null} */ (element.closest('[data-workload]'));
  return workloads.get(named?.dataset.workload ?? '');
}

/**
 * A contender's place in the run, -1 for none.
 *
 * @param {string | undefined} id
 */
export function placeOf(id) {
  return places.get(id ?? '') ?? -1;
}

/**
 * What is shown of a contender in a metric; null where it has no figure.
 *
 * @param {Workload} workload
 * @param {number} who
 * @param {string} metric
 * @param {Choice} choice
 * @param {boolean} perItem
 * @returns {Entry | null}
 */
export function entryOf(workload, who, metric, choice, perItem) {
  const time = workload.times[who]?.[metric];
  if (!time) {
    return null;
  }
  const [, , value] = time;
  const [text, interval] = (perItem && workload.each[who]?.[metric]) || time;
  const chosen = placeOf(choice.against);
  const against = chosen < 0 ? lowest(workload, who, metric) : chosen;
  const alone = { figure: text, interval, beside: '', symbol: '', word: '', state: 'plain', value };
  if (against === who) {
    const [word, state] = chosen < 0 ? ['lowest', 'lowest'] : ['baseline', 'baseline'];
    return { ...alone, word, state, value: choice.show === 'time' ? value : 1 };
  }
  const ratio = ratioOf(workload, against, who, metric);
  if (!ratio) {
    return { ...alone, word: 'not compared', value: choice.show === 'time' ? value : NaN };
  }
  const verdict = metric === workload.metric ? workload.pairs[`${against} ${who}`]?.[0] : '';
  const [symbol, word, state] = view.verdicts[verdict ?? ''] ?? ['', '', 'plain'];
  return choice.show === 'time'
    ? { figure: text, interval, beside: ratio[0], symbol, word, state, value }
    : {
        figure: ratio[0],
        interval: ratio[1],
        beside: text,
        symbol,
        word,
        state,
        value: parseFloat(ratio[0]),
      };
}

/**
 * The time of a contender over that of a baseline, with its 95 % interval; null where there is none.
 *
 * @param {Workload} workload
 * @param {number} baseline
 * @param {number} who
 * @param {string} metric
 * @returns {Shown | null}
 */
export function ratioOf(workload, baseline, who, metric) {
  const [, , ...ratios] = workload.pairs[`${baseline} ${who}`] ?? ['', ''];
  const told = ratios[view.metrics.indexOf(metric)];
  const [ratio, interval = ''] = told?.split(' ') ?? [];
  return ratio ? [ratio, interval] : null;
}

/**
 * Who has the lowest time in the tier of a contender; -1 where nobody has one.
 *
 * @param {Workload} workload
 * @param {number} who
 * @param {string} metric
 */
function lowest(workload, who, metric) {
  return workload.lowest[metric]?.[view.contenders[who]?.tier ?? -1] ?? -1;
}
