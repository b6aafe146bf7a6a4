// A heading that stands where something with the focus was: the next key goes on from here, not from the top of the page.

/** For `{@attach}`, on what has `tabindex="-1"`. Whoever has the focus by then keeps it. */
export function takeFocus(node: HTMLElement) {
  if (document.activeElement === null || document.activeElement === document.body) node.focus({ preventScroll: true });
}
