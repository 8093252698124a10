/**
 * Tables sorted by any of their columns, each tier for itself: times of two tiers are not compared.
 *
 * A table is one stop of the keyboard: the arrow keys go from heading to heading.
 */

const HINT = 'view-sort-hint';
/** @type {Map<HTMLTableElement, {column: number, direction: 'ascending' | 'descending'}>} */
const sorted = new Map();
/** @type {Map<HTMLTableSectionElement, HTMLTableRowElement[]>} */
const asMade = new Map();

/** Make the headings of every table with rows to sort into buttons. */
export function makeSortable() {
  for (const table of /** @type {NodeListOf<HTMLTableElement>} */ (
    document.querySelectorAll('.scroll > table, table.matrix')
  )) {
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    if (table.tHead?.rows.length === 1 && bodies(table).some((body) => rowsOf(body).length > 1)) {
      const buttons = heads.map((head, column) => buttonIn(table, head, column));
      rove(buttons);
    }
  }
}

/** Sort again what was sorted: its figures may be others now. */
export function sortAgain() {
  for (const table of sorted.keys()) {
    arrange(table);
  }
}

/**
 * @param {HTMLTableElement} table
 * @param {HTMLTableCellElement} head
 * @param {number} column
 */
function buttonIn(table, head, column) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'sort';
  const link = head.querySelector('a');
  if (link) {
    button.setAttribute('aria-label', `Sort by ${link.textContent}`);
    head.append(' ', button);
  } else {
    button.append(...head.childNodes);
    head.append(button);
  }
  button.setAttribute('aria-describedby', HINT);
  button.addEventListener('click', () => turn(table, column));
  return button;
}

/** @param {HTMLButtonElement[]} buttons */
function rove(buttons) {
  buttons.forEach((button, place) => {
    button.tabIndex = place === 0 ? 0 : -1;
    button.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = step && buttons[place + step];
      if (next) {
        event.preventDefault();
        buttons.forEach((each) => (each.tabIndex = each === next ? 0 : -1));
        next.focus();
      }
    });
  });
}

/**
 * Ascending first, then descending, then as the page was made.
 *
 * @param {HTMLTableElement} table
 * @param {number} column
 */
function turn(table, column) {
  const now = sorted.get(table);
  if (now?.column !== column) {
    sorted.set(table, { column, direction: 'ascending' });
  } else if (now.direction === 'ascending') {
    sorted.set(table, { column, direction: 'descending' });
  } else {
    sorted.delete(table);
  }
  arrange(table);
}

/** @param {HTMLTableElement} table */
function arrange(table) {
  const order = sorted.get(table);
  [...(table.tHead?.rows[0]?.cells ?? [])].forEach((head, column) => {
    if (order?.column === column) {
      head.setAttribute('aria-sort', order.direction);
    } else {
      head.removeAttribute('aria-sort');
    }
  });
  for (const body of bodies(table)) {
    const rows = asMade.get(body) ?? rowsOf(body);
    asMade.set(body, rows);
    body.append(...(order ? [...rows].sort(comparing(order)) : rows));
  }
}

/** @param {{column: number, direction: 'ascending' | 'descending'}} order */
function comparing({ column, direction }) {
  const sign = direction === 'ascending' ? 1 : -1;
  return (/** @type {HTMLTableRowElement} */ a, /** @type {HTMLTableRowElement} */ b) => {
    const [one, other] = [keyOf(a, column), keyOf(b, column)];
    if (one === '' || other === '') {
      return Number(one === '') - Number(other === ''); // without a figure: last, either way
    }
    return typeof one === 'number' && typeof other === 'number'
      ? sign * (one - other)
      : sign * String(one).localeCompare(String(other), 'en', { numeric: true });
  };
}

/**
 * @param {HTMLTableRowElement} row
 * @param {number} column
 */
function keyOf(row, column) {
  const cell = row.cells[column];
  if (!cell || cell.classList.contains('without')) {
    return '';
  }
  const { value } = cell.dataset;
  if (value !== undefined) {
    return value === '' ? '' : Number(value);
  }
  const entries = [...cell.querySelectorAll('.told:not([hidden])')];
  if (entries.length) {
    return lowestOf(/** @type {HTMLElement[]} */ (entries));
  }
  const text = (cell.querySelector('.figure') ?? cell).textContent?.trim() ?? '';
  return text === '–' ? '' : text;
}

/**
 * Entries of the matrix are sorted by the best of their cell.
 *
 * @param {HTMLElement[]} entries
 */
function lowestOf(entries) {
  const values = entries.flatMap(({ dataset }) => (dataset.value ? Number(dataset.value) : []));
  return values.length ? Math.min(...values) : '';
}

/** @param {HTMLTableElement} table */
function bodies(table) {
  return [...table.tBodies];
}

/** @param {HTMLTableSectionElement} body */
function rowsOf(body) {
  return [...body.rows].filter((row) => !row.classList.contains('group'));
}
