// Pictures on a wall of hundreds. What an engine has unpacked of a picture it keeps for as long as that is on the page, in
// sight or not, and all of them together are hundreds of megabytes.

const watches = new WeakMap<Element, IntersectionObserver>();
const told = new WeakMap<Element, (near: boolean) => void>();

/** What an element scrolls in: the window's own margin means nothing to what another box cuts off. */
function scroller(node: Element): Element | null {
  for (let box = node.parentElement; box; box = box.parentElement)
    if (/auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  return null;
}

function watchOf(root: Element | null): IntersectionObserver {
  const box = root ?? document.documentElement;
  const watch =
    watches.get(box) ??
    new IntersectionObserver((seen) => seen.forEach((one) => told.get(one.target)?.(one.isIntersecting)), {
      root,
      rootMargin: '10% 0%',
    });
  watches.set(box, watch);
  return watch;
}

/** Shows the picture at `url` while it is in sight, or a little way from it. */
export function whileNear(url: string) {
  return (picture: HTMLImageElement) => {
    const watch = watchOf(scroller(picture));
    told.set(picture, (near) => {
      if (near) picture.src = url;
      else picture.removeAttribute('src');
    });
    watch.observe(picture);
    return () => {
      watch.unobserve(picture);
      told.delete(picture);
    };
  };
}
