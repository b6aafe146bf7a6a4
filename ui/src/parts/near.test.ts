// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest';

/** What the engine would tell of each picture that is watched. */
let tell: IntersectionObserverCallback;
let options: IntersectionObserverInit | undefined;
const watched = new Set<Element>();
const real = window.IntersectionObserver;
window.IntersectionObserver = class {
  constructor(callback: IntersectionObserverCallback, given?: IntersectionObserverInit) {
    [tell, options] = [callback, given];
  }
  observe(picture: Element) {
    watched.add(picture);
  }
  unobserve(picture: Element) {
    watched.delete(picture);
  }
} as never;

const { whileNear } = await import('./near');

afterEach(() => {
  document.body.replaceChildren();
  window.IntersectionObserver = real;
});

test('a picture is fetched when it comes near and given back when it is far', () => {
  document.body.innerHTML = '<div style="overflow-y: auto"><p><img id="a" /><img id="b" /></p></div>';
  const [a, b] = [...document.querySelectorAll('img')];
  if (!a || !b) throw new Error('two pictures');
  const leave = whileNear('studio://a')(a);
  whileNear('studio://b')(b);
  expect(options?.root).toBe(document.querySelector('div'));
  expect(a.hasAttribute('src')).toBe(false);

  const say = (target: Element, isIntersecting: boolean) =>
    tell([{ target, isIntersecting } as IntersectionObserverEntry], {} as IntersectionObserver);
  say(a, true);
  expect(a.getAttribute('src')).toBe('studio://a');
  expect(b.hasAttribute('src')).toBe(false);
  say(a, false);
  expect(a.hasAttribute('src')).toBe(false);
  leave();
  expect(watched).toEqual(new Set([b]));
});
