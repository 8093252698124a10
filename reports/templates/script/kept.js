/** Elements as the page was made, so that they can become so again. */

/** @type {Map<HTMLElement, {nodes: Node[], kind: string, value: string | undefined}>} */
const asMade = new Map();

/**
 * Remember an element before it is written for the first time.
 *
 * @param {HTMLElement} element
 */
export function keep(element) {
  if (!asMade.has(element)) {
    const { className, dataset, childNodes } = element;
    asMade.set(element, { nodes: [...childNodes], kind: className, value: dataset.value });
  }
}

/**
 * Make it what it was; what was never written is so already.
 *
 * @param {HTMLElement} element
 */
export function restore(element) {
  const made = asMade.get(element);
  if (!made) {
    return;
  }
  element.replaceChildren(...made.nodes);
  element.className = made.kind;
  if (made.value === undefined) {
    delete element.dataset.value;
  } else {
    element.dataset.value = made.value;
  }
}

/**
 * An element with a class and a text.
 *
 * @param {string} tag
 * @param {string} kind
 * @param {string} text
 */
export function told(tag, kind, text) {
  const element = document.createElement(tag);
  element.className = kind;
  element.textContent = text;
  return element;
}
