/** What the page can do where scripts may run; without them it says the same, and stands still. */

import { PARTS, addressOf, nothingChosen, readAddress } from './address.js';
import { showCards } from './cards.js';
import { showFigures } from './cells.js';
import { makeLarge } from './enlarge.js';
import { contendersShown, showOnly } from './filter.js';
import { linkHeadings } from './links.js';
import { showMatrix } from './matrix.js';
import { turnPairs } from './pairs.js';
import { saySentences } from './sentences.js';
import { makeSortable, sortAgain } from './sort.js';
import { scrollTogether } from './sources.js';
import { tendAgain, tendStops } from './stops.js';
import { showUnits } from './units.js';
import { placeOf, view } from './view.js';

let choice = nothingChosen();
let place = '';

/** Bring page, controls and address to what is chosen. */
function show() {
  for (const part of PARTS) {
    const control = controlOf(part);
    const offered = [...(control?.options ?? [])].some(({ value }) => value === choice[part]);
    choice[part] = offered ? choice[part] : ''; // an address may say anything
    if (control) {
      control.value = choice[part];
    }
  }
  showMatrix(choice);
  showFigures(choice);
  showCards(choice);
  turnPairs(choice);
  showOnly(choice);
  saySentences(choice);
  showUnits(choice.unit);
  sortAgain();
  tendAgain();
  tellState();
}

/**
 * @param {string} part
 * @returns {HTMLSelectElement | null}
 */
function controlOf(part) {
  return document.querySelector(`#view select[name="${part}"]`);
}

function tellState() {
  const state = document.getElementById('view-state');
  const reset = document.getElementById('view-reset');
  const changed = PARTS.some((part) => choice[part]);
  if (reset) {
    reset.hidden = !changed;
  }
  if (state) {
    const baseline = view.contenders[placeOf(choice.against)];
    const [shown, all] = [contendersShown(choice).size, view.contenders.length];
    const told = [
      baseline && `${baseline.label} is the baseline: above 1 takes longer, below 1 less.`,
      choice.of && 'Verdicts are about what is judged; other quantities have intervals alone.',
      choice.unit && 'Charts keep their own units.',
      shown < all && `${shown} of ${all} contenders are shown; charts stay as they are.`,
    ];
    state.textContent = told.filter(Boolean).join(' ');
  }
}

function keepInAddress() {
  const kept = addressOf(place, choice);
  if (kept !== location.hash.slice(1)) {
    history.replaceState(null, '', kept ? `#${kept}` : location.pathname + location.search);
  }
}

/** Follow the address: to a place with what was chosen before, or to what it says itself. */
function follow() {
  const found = readAddress(location.hash);
  place = found.place;
  if (found.choice) {
    choice = found.choice;
  }
  show();
  const target = place ? document.getElementById(place) : null;
  if (target?.closest('[hidden]')) {
    choice = { ...choice, tier: '', language: '', workload: '' };
    show();
  }
  for (let fold = target?.closest('details'); fold; fold = fold.parentElement?.closest('details')) {
    fold.open = true;
  }
  if (found.choice) {
    target?.scrollIntoView();
  }
  keepInAddress();
}

function listen() {
  const controls = document.getElementById('view');
  controls?.addEventListener('change', () => {
    for (const part of PARTS) {
      choice[part] = controlOf(part)?.value ?? '';
    }
    show();
    keepInAddress();
  });
  document.getElementById('view-reset')?.addEventListener('click', () => {
    choice = nothingChosen();
    show();
    keepInAddress();
    controls?.querySelector('select')?.focus();
  });
  window.addEventListener('hashchange', follow);
}

makeSortable();
makeLarge();
scrollTogether();
linkHeadings();
tendStops();
for (const element of document.querySelectorAll('[data-scripted]')) {
  /** @type {HTMLElement} */ (element).hidden = false;
}
listen();
follow();
