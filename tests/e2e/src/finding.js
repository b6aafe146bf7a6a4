// Reads the page and returns what a person would take for `name`: the visible thing of that role that is called so.
// Arguments: role, name, the element to look in (or null), whether all that fit so well are wanted. Reads only; whatever
// acts comes from outside, as an event.

const [role, name, within, all] = arguments;

const kinds = {
  button: 'button, summary, input[type=button], input[type=submit], [role=button]',
  cell: 'td, [role=cell], [role=gridcell]',
  checkbox: 'input[type=checkbox], [role=checkbox], [role=switch]',
  dialog: 'dialog[open], [role=dialog], [role=alertdialog]',
  field:
    'input:not([type=hidden], [type=button], [type=submit], [type=checkbox], [type=radio]), textarea, select, ' +
    '[role=textbox], [role=combobox], [role=spinbutton]',
  heading: 'h1, h2, h3, h4, h5, h6, [role=heading]',
  item: 'li, [role=listitem]',
  link: 'a[href], [role=link]',
  radio: 'input[type=radio], [role=radio]',
  region: 'section, aside, nav, main, [role=region], [role=group], [role=tabpanel], [role=navigation], form',
  row: 'tr, [role=row]',
};

const squeeze = (text) => text.replace(/\s+/g, ' ').trim();

function shown(element) {
  if (element.closest('[inert], [aria-hidden=true], [hidden]')) return false;
  // A native box or radio is often drawn by its label instead and takes no place itself.
  if (['checkbox', 'radio'].includes(element.type)) return true;
  return element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
}

/** A box or radio that is drawn by its label is clicked there. */
function touchable(element) {
  const { width } = element.getBoundingClientRect();
  return width <= 1 && element.labels?.length ? element.labels[0] : element;
}

/** Text as a screen reader would say it: without what is hidden from it, such as the key hints. */
function said(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return '';
  if (node.getAttribute('aria-hidden') === 'true' || node.hidden) return '';
  const own = node.getAttribute('aria-label') ?? node.getAttribute('alt');
  if (own) return own;
  const space = getComputedStyle(node).display === 'inline' ? '' : ' ';
  return space + [...node.childNodes].map(said).join('') + space;
}

function called(element) {
  const labels = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).map((id) => document.getElementById(id));
  const labelled = squeeze(labels.map((label) => (label ? said(label) : '')).join(' '));
  if (labelled) return labelled;
  const label = element.getAttribute('aria-label');
  if (label) return squeeze(label);
  if (element.labels?.length) return squeeze([...element.labels].map(said).join(' '));
  if (['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName)) {
    return squeeze(element.placeholder || element.title || element.value || '');
  }
  return squeeze(said(element)) || squeeze(element.title || '');
}

const found = [...(within ?? document).querySelectorAll(kinds[role] ?? `[role="${role}"]`)].filter(shown);
const wanted = squeeze(name).toLowerCase();
const ranks = [
  (text) => text === wanted,
  (text) => text.startsWith(wanted),
  (text) => text.includes(wanted),
];
const names = found.map((element) => called(element).toLowerCase());
for (const fits of ranks) {
  const fitting = found.filter((_, at) => fits(names[at])).map(touchable);
  if (fitting.length > 0) return all ? fitting : fitting[0];
}
return all ? [] : null;
