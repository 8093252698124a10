/** Stops of the keyboard: an area is one where it scrolls, and only there. */

const ATTRIBUTES = ['tabindex', 'role', 'aria-label', 'aria-labelledby'];
/** @type {Map<Element, Map<string, string>>} */
const asMade = new Map();

/** Tend all areas that may scroll, now and whenever their size changes. */
export function tendStops() {
  const observer = new ResizeObserver((entries) => tend(entries.map(({ target }) => target)));
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
  // What is folded away would have to be laid out for it; it is tended when it comes to light.
  tend([...areas()].filter((area) => area.checkVisibility()));
}

/** @returns {NodeListOf<Element>} */
function areas() {
  return document.querySelectorAll('.scroll, main pre');
}

/**
 * All are looked at before any is changed, so that the page is laid out once.
 *
 * @param {Element[]} areas
 */
function tend(areas) {
  const scrolling = areas.map(
    (area) => area.scrollWidth > area.clientWidth + 1 || area.scrollHeight > area.clientHeight + 1,
  );
  areas.forEach((area, place) => {
    for (const [name, value] of asMade.get(area) ?? []) {
      if (scrolling[place]) {
        area.setAttribute(name, value);
      } else {
        area.removeAttribute(name);
      }
    }
  });
}
