// First import of the app. Started with LANG=C, WebKitGTK reports the language "C", and every `new Intl.X()` that falls
// back on it throws. A library that asks at import time would leave the window blank, so the answer is corrected before
// anything else loads. The desk's own formatting never reads it.

function usable(tag: string | undefined): boolean {
  try {
    return (
      tag !== undefined &&
      Intl.getCanonicalLocales(tag).length === 1 &&
      Intl.DateTimeFormat.supportedLocalesOf(tag).length === 1
    );
  } catch {
    return false;
  }
}

if (!usable(navigator.language)) {
  Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
  Object.defineProperty(navigator, 'languages', { value: Object.freeze(['en']), configurable: true });
}

export {};
