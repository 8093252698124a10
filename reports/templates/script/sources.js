/** Programs side by side: they scroll together, so that the same function stands in one line. */

// A function's head: after a keyword, or a receiver behind it; as a method; after modifiers and a type.
const HEADS = [
  /^\s*(?:[a-z()]+\s+)*(?:def|function|func|fn)\b\s*\*?\s*(?:\([^)]*\)\s*)?(\w+)/,
  /^\s*(?:static\s+)?(?:async\s+)?#?(\w+)\s*\([^;]*\)\s*\{$/,
  /^\s*(?:(?:public|private|protected|internal|static|async|override|sealed)\s+)+[\w<>[\],.? ]+\s(\w+)(?:<[^>]*>)?\s*\(/,
];
const NO_FUNCTIONS = new Set(['if', 'for', 'while', 'switch', 'catch', 'using', 'lock', 'foreach']);

/** Let the programs of each shelf scroll together, and jump to the functions that they share. */
export function scrollTogether() {
  for (const shelf of document.querySelectorAll('.shelf')) {
    const listings = [...shelf.querySelectorAll('details[open] > pre')].map((pre) => ({
      pre: /** @type {HTMLElement} */ (pre),
      lines: functionsIn(pre.textContent ?? ''),
    }));
    if (listings.length > 1) {
      join(shelf, listings);
    }
  }
}

/** @typedef {{pre: HTMLElement, lines: Map<string, number>}} Listing */

/**
 * The line in which each function begins, by a name that languages share: `PingAsync` is `ping`.
 *
 * @param {string} text
 */
function functionsIn(text) {
  const found = new Map();
  text.split('\n').forEach((line, number) => {
    const name = HEADS.map((head) => head.exec(line)?.[1]).find(Boolean);
    const plain = name
      ?.toLowerCase()
      .replaceAll('_', '')
      .replace(/async$/, '');
    if (plain && !NO_FUNCTIONS.has(plain) && !found.has(plain)) {
      found.set(plain, number);
    }
  });
  return found;
}

/**
 * @param {Element} shelf
 * @param {Listing[]} listings
 */
function join(shelf, listings) {
  const together = document.createElement('input');
  together.type = 'checkbox';
  together.checked = true;
  const label = document.createElement('label');
  label.append(together, ' Scroll together');
  const bar = document.createElement('div');
  bar.className = 'bar';
  bar.append(label);
  for (const name of shared(listings)) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = name;
    button.setAttribute('aria-label', `Scroll all to ${name}`);
    button.addEventListener('click', () => listings.forEach((each) => showFunction(each, name)));
    bar.append(button);
  }
  shelf.prepend(bar);
  follow(listings, together);
}

/**
 * The functions that every program has, in the order of the first.
 *
 * @param {Listing[]} listings
 */
function shared(listings) {
  const [first, ...others] = listings;
  return [...(first?.lines.keys() ?? [])].filter((name) => others.every((o) => o.lines.has(name)));
}

/**
 * @param {Listing[]} listings
 * @param {HTMLInputElement} together
 */
function follow(listings, together) {
  /** @type {Map<HTMLElement, number>} */
  const set = new Map();
  for (const leader of listings) {
    leader.pre.addEventListener('scroll', () => {
      const { scrollTop } = leader.pre;
      if (!together.checked || Math.abs((set.get(leader.pre) ?? -9) - scrollTop) < 2) {
        return; // it follows itself
      }
      set.delete(leader.pre);
      for (const other of listings.filter((each) => each !== leader)) {
        other.pre.scrollTop = counterpart(scrollTop, leader, other);
        set.set(other.pre, other.pre.scrollTop);
      }
    });
  }
}

/**
 * Where `other` shows what `leader` shows at `top`: linear between functions that both have.
 *
 * @param {number} top
 * @param {Listing} leader
 * @param {Listing} other
 */
function counterpart(top, leader, other) {
  /** @type {[number, number][]} */
  const known = [[0, 0]];
  const ends = [leader, other].map(({ pre }) => pre.scrollHeight - pre.clientHeight);
  for (const [name, line] of leader.lines) {
    const same = other.lines.get(name);
    const [at, there] = [line * lineHeight(leader), (same ?? -1) * lineHeight(other)];
    const [before, beside] = /** @type {[number, number]} */ (known.at(-1));
    if (same !== undefined && at > before && there > beside && at < Number(ends[0])) {
      known.push([at, there]);
    }
  }
  known.push([Math.max(Number(ends[0]), 1), Number(ends[1])]);
  const next = Math.max(
    known.findIndex(([at]) => at >= top),
    1,
  );
  const [from, to] = [known[next - 1], known[next]];
  const [[a, b], [c, d]] = [from ?? [0, 0], to ?? [1, 0]];
  return b + ((top - a) / Math.max(c - a, 1)) * (d - b);
}

/**
 * @param {Listing} listing
 * @param {string} name
 */
function showFunction(listing, name) {
  listing.pre.scrollTop = (listing.lines.get(name) ?? 0) * lineHeight(listing);
}

/** @param {Listing} listing */
function lineHeight({ pre }) {
  return parseFloat(getComputedStyle(pre).lineHeight);
}
