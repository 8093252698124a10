/** A link to each heading beside it, for who wants to send somebody there; the keyboard has the contents. */

/** Add them. */
export function linkHeadings() {
  for (const heading of document.querySelectorAll('main :is(h2, h3, h4, h5)[id]')) {
    if (heading.querySelector('a') || heading.closest('summary')) {
      continue; // it leads somewhere itself, or unfolds what it heads
    }
    const link = document.createElement('a');
    link.className = 'here';
    link.href = `#${encodeURIComponent(heading.id)}`;
    link.textContent = '#';
    link.tabIndex = -1;
    link.setAttribute('aria-hidden', 'true');
    heading.append(' ', link);
  }
}
