import { configure } from '@testing-library/svelte';

// What a busy machine draws late is still drawn; what never comes fails all the same.
configure({ asyncUtilTimeout: 10_000 });

// jsdom draws nothing: what a component asks of the layout gets a calm answer.

if (typeof window !== 'undefined') {
  // Lists and dialogs move the focus with the next frame. Here that frame comes before the next key of a test, as it does
  // for a person, however busy the machine: one that is 16 ms away would fall between any two keys and take the second.
  window.requestAnimationFrame = (draw) => Number(setTimeout(() => draw(performance.now())));
  window.cancelAnimationFrame = (frame) => clearTimeout(frame);

  window.matchMedia ??= (query: string) =>
    ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList;
  Element.prototype.scrollTo ??= () => undefined;
  Element.prototype.scrollIntoView ??= () => undefined;
  window.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  // Everything is in sight.
  window.IntersectionObserver ??= class {
    constructor(private tell: IntersectionObserverCallback) {}
    observe(target: Element) {
      this.tell([{ target, isIntersecting: true } as IntersectionObserverEntry], this as never);
    }
    unobserve() {}
  } as never;
}

// Nor has it this way to read a file.
if (typeof Blob !== 'undefined') {
  Blob.prototype.arrayBuffer ??= function (this: Blob) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result as ArrayBuffer);
      reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
      reader.readAsArrayBuffer(this);
    });
  };
}

if (typeof CSS === 'undefined') {
  Object.assign(globalThis, {
    CSS: { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&'), supports: () => false },
  });
}
