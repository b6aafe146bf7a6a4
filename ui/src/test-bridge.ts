// Stands where Rust's door would be, for tests of components: each command is answered by a function.
// It knows nothing of the app, because the app waits for it while it loads.

type Answer = (args: never) => unknown;

export const bridge = {
  answers: {} as Record<string, Answer>,
  sent: [] as { command: string; key: string | null; args: Record<string, unknown> }[],

  /** The arguments of the last time `command` was asked. */
  last(command: string): Record<string, unknown> | undefined {
    return bridge.sent.filter((call) => call.command === command).at(-1)?.args;
  },
};

export async function invoke(name: string, plain: unknown, options?: { headers: { ask: string } }) {
  const asked = plain instanceof Uint8Array && options ? withBytes(plain, options.headers.ask) : plain;
  // What the shell does by itself, such as saving a file, is kept like a command of the door.
  const call =
    name === 'desk'
      ? (asked as (typeof bridge.sent)[number])
      : { command: name, key: null, args: (asked ?? {}) as Record<string, unknown> };
  bridge.sent.push(call);
  const answer = bridge.answers[call.command];
  if (!answer) throw new Error(`nobody answers ${call.command}`);
  return answer(call.args as never);
}

/** Bytes that go beside an ask arrive as its argument, as the shell does it. */
function withBytes(bytes: Uint8Array, ask: string) {
  const told = JSON.parse(ask) as (typeof bridge.sent)[number];
  return { ...told, args: { ...told.args, base64: btoa(String.fromCharCode(...bytes)) } };
}

/** Answers with a refusal. */
export function refuse(code: string, params: Record<string, unknown> = {}): Answer {
  return () => {
    throw { code, params, correlation: 'c-1' };
  };
}
