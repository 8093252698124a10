/**
 * What the reader has chosen, and how the address keeps it: `#place?against=node/http&of=first`.
 *
 * @typedef {{against: string, show: string, of: string, unit: string, tier: string,
 *   language: string, workload: string}} Choice what stands in no address is the empty text: the page as it was made
 */

/** @returns {Choice} */
export function nothingChosen() {
  return { against: '', show: '', of: '', unit: '', tier: '', language: '', workload: '' };
}

/** @typedef {keyof Choice} Part */
export const PARTS = /** @type {Part[]} */ (Object.keys(nothingChosen()));

/**
 * Read what follows the address's `#`: an id to go to, and what was chosen, null where it says nothing.
 *
 * @param {string} hash
 * @returns {{place: string, choice: Choice | null}}
 */
export function readAddress(hash) {
  const [, place = '', query] = /^#?([^?]*)(?:\?(.*))?$/s.exec(hash) ?? [];
  return { place: decoded(place), choice: query === undefined ? null : chosenIn(query) };
}

/**
 * What stands behind the `#` for an id and a choice.
 *
 * @param {string} place
 * @param {Choice} choice
 */
export function addressOf(place, choice) {
  const chosen = PARTS.filter((part) => choice[part]).map((part) => [part, choice[part]]);
  const query = new URLSearchParams(chosen).toString().replaceAll('%2F', '/');
  return encodeURIComponent(place) + (query && `?${query}`);
}

/** @param {string} query */
function chosenIn(query) {
  const given = new URLSearchParams(query);
  const choice = nothingChosen();
  for (const part of PARTS) {
    choice[part] = given.get(part) ?? '';
  }
  return choice;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // somebody's own text behind the #, and no place of ours
  }
}
