// The one ticking clock of the window. Reading `clock.now` in a component makes it follow the second.

class Clock {
  now = $state(Date.now());

  constructor() {
    setInterval(() => (this.now = Date.now()), 1000);
  }

  /** Milliseconds since 1970, steady within one minute: for what must not redraw each second. */
  readonly minute = $derived(Math.floor(this.now / 60_000) * 60_000);
}

export const clock = new Clock();
