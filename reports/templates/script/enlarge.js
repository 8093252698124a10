/** Each chart on the whole screen, where it can be saved, too. */

import { save } from './picture.js';

/** Give every chart its button, and the page the one dialog that they share. */
export function makeLarge() {
  const figures = [...document.querySelectorAll('main figure')].filter(drawingOf);
  if (figures.length === 0) {
    return;
  }
  const dialog = new Enlargement();
  for (const figure of figures) {
    const heading = figure.querySelector('h2, h3, h4, h5, h6')?.textContent?.trim() ?? 'Chart';
    const button = buttonSaying('Enlarge');
    button.classList.add('enlarge');
    button.setAttribute('aria-label', `Enlarge: ${heading}`);
    button.addEventListener('click', () => dialog.show(figure, heading));
    const fold = figure.querySelector(':scope > details');
    if (fold) {
      fold.before(button);
    } else {
      figure.append(button);
    }
  }
}

/**
 * The drawing of a chart for wide screens, where it has several.
 *
 * @param {Element} figure
 * @returns {SVGSVGElement | null}
 */
function drawingOf(figure) {
  return figure.querySelector('.wide svg') ?? figure.querySelector('svg');
}

class Enlargement {
  /** @type {SVGSVGElement | null} */
  #svg = null;
  #home = document.createComment('');
  #dialog = document.createElement('dialog');
  #heading = document.createElement('p');
  #room = document.createElement('div');
  #name = '';

  constructor() {
    this.#dialog.className = 'large';
    this.#heading.className = 'lead';
    this.#heading.id = 'large-heading';
    this.#dialog.setAttribute('aria-labelledby', this.#heading.id);
    this.#room.className = 'room';
    this.#room.setAttribute('role', 'region');
    this.#room.setAttribute('aria-labelledby', this.#heading.id);
    const close = this.#button('Close', () => this.#dialog.close());
    close.autofocus = true;
    const bar = document.createElement('div');
    bar.className = 'bar';
    bar.append(
      this.#heading,
      this.#button('Save as SVG', () => this.#save('svg')),
      this.#button('Save as PNG', () => this.#save('png')),
      close,
    );
    this.#dialog.append(bar, this.#room);
    this.#dialog.addEventListener('close', () => this.#restore());
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog) {
        this.#dialog.close(); // beside the picture
      }
    });
    document.body.append(this.#dialog);
  }

  /**
   * The drawing itself moves, since a copy would repeat its ids.
   *
   * @param {Element} figure
   * @param {string} heading
   */
  show(figure, heading) {
    const svg = drawingOf(figure);
    if (svg) {
      this.#svg = svg;
      this.#name = fileName(svg, heading);
      this.#heading.textContent = heading;
      this.#keepRoom(svg);
      svg.replaceWith(this.#home);
      this.#room.replaceChildren(svg);
      this.#dialog.showModal();
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = this.#room;
      const scrolls = scrollWidth > clientWidth || scrollHeight > clientHeight;
      this.#room.tabIndex = scrolls ? 0 : -1;
    }
  }

  /**
   * Nothing moves behind the dialog.
   *
   * @param {SVGSVGElement} svg
   */
  #keepRoom(svg) {
    const room = svg.parentElement;
    if (room) {
      room.style.minHeight = `${room.offsetHeight}px`;
    }
  }

  #restore() {
    if (this.#svg) {
      this.#home.parentElement?.style.removeProperty('min-height');
      this.#home.replaceWith(this.#svg);
      this.#svg = null;
    }
  }

  /** @param {'svg' | 'png'} format */
  #save(format) {
    return this.#svg && save(this.#svg, this.#name, format);
  }

  /**
   * @param {string} text
   * @param {() => void} action
   */
  #button(text, action) {
    const button = buttonSaying(text);
    button.addEventListener('click', action);
    return button;
  }
}

/** @param {string} text */
function buttonSaying(text) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  return button;
}

/**
 * A name that says which run and which chart; its title begins with the workload.
 *
 * @param {SVGSVGElement} svg
 * @param {string} heading
 */
function fileName(svg, heading) {
  const told = svg.querySelector('title')?.textContent ?? heading;
  return `${document.title} ${told}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 120);
}
