/** A chart as a file of its own: SVG that needs no style sheet, and PNG drawn from it. */

// What a drawing's elements get from the page's classes, by the names of SVG's own attributes.
const INHERITED = [
  'fill',
  'fill-opacity',
  'font-family',
  'font-size',
  'font-weight',
  'stroke',
  'stroke-dasharray',
  'stroke-dashoffset',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-opacity',
  'stroke-width',
  'text-anchor',
];
const OWN = { opacity: '1' };
const PNG_SCALE = 2;

/**
 * Hand a drawing to the reader as a file, in the colours in which it is seen.
 *
 * @param {SVGSVGElement} svg
 * @param {string} name
 * @param {'svg' | 'png'} format
 */
export async function save(svg, name, format) {
  const { text, width, height } = standalone(svg);
  if (format === 'svg') {
    hand(new Blob([text], { type: 'image/svg+xml' }), `${name}.svg`);
    return;
  }
  const image = new Image();
  // Not blob: a page that was opened from disk has no origin, and a canvas would not give it back.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width * PNG_SCALE, height * PNG_SCALE];
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && hand(blob, `${name}.png`), 'image/png');
}

/** @param {SVGSVGElement} svg */
function standalone(svg) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const elements = [svg, ...svg.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  elements.forEach((element, place) => {
    const target = /** @type {Element} */ (copies[place]);
    style(element, target, element === svg ? null : element.parentElement);
    target.removeAttribute('class');
  });
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.prepend(ground(svg));
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

/**
 * Give `target` what makes `element` differ from its parent.
 *
 * @param {Element} element
 * @param {Element} target
 * @param {Element | null} parent
 */
function style(element, target, parent) {
  const own = getComputedStyle(element);
  const above = parent && getComputedStyle(parent);
  for (const name of INHERITED) {
    const value = own.getPropertyValue(name);
    if (value !== above?.getPropertyValue(name)) {
      target.setAttribute(name, value);
    }
  }
  for (const [name, usual] of Object.entries(OWN)) {
    if (own.getPropertyValue(name) !== usual) {
      target.setAttribute(name, own.getPropertyValue(name));
    }
  }
}

/**
 * The page's ground, without which a dark chart could not be read on white paper.
 *
 * @param {SVGSVGElement} svg
 */
function ground(svg) {
  const { x, y, width, height } = svg.viewBox.baseVal;
  const ground = document.createElementNS(svg.namespaceURI, 'rect');
  const color = getComputedStyle(document.body).backgroundColor;
  for (const [name, value] of Object.entries({ x, y, width, height, fill: color })) {
    ground.setAttribute(name, String(value));
  }
  return ground;
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function hand(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
