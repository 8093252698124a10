/** Stops of the keyboard: an area is one where it scrolls, and only there. */

const ATTRIBUTES = ['tabindex', 'role', 'aria-label', 'aria-labelledby'];
/** @type {Map<Element, Map<string, string>>} */
const asMade = new Map();

/** Tend all areas that may scroll, now and whenever their size changes. */
export function tendStops() {
  const observer = new ResizeObserver((entries) => {
    for (const entry of entries) {
      tend(entry.target);
    }
  });
  for (const area of areas()) {
    const own = ATTRIBUTES.flatMap((name) => {
      const value = area.getAttribute(name);
      return value === null ? [] : [/** @type {[string, string]} */ ([name, value])];
    });
    asMade.set(area, new Map(own));
    observer.observe(area);
  }
}

/** Tend them now: what they hold has changed. */
export function tendAgain() {
  areas().forEach(tend);
}

/** @returns {NodeListOf<Element>} */
function areas() {
  return document.querySelectorAll('.scroll, main pre');
}

/** @param {Element} area */
function tend(area) {
  const scrolls =
    area.scrollWidth > area.clientWidth + 1 || area.scrollHeight > area.clientHeight + 1;
  for (const [name, value] of asMade.get(area) ?? []) {
    if (scrolls) {
      area.setAttribute(name, value);
    } else {
      area.removeAttribute(name);
    }
  }
}
