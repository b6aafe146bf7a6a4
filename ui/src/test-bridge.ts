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

export async function invoke(name: string, plain: unknown, options?: { headers: { parcel: string; at: string } }) {
  if (plain instanceof Uint8Array && options) return handIn(plain, options.headers.parcel);
  const asked = name === 'desk' ? withFile(plain as Ask) : plain;
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

type Ask = (typeof bridge.sent)[number] & { parcel?: string };

const parcels = new Map<string, Uint8Array[]>();

function handIn(piece: Uint8Array, parcel: string) {
  // A copy: the window gives the piece's memory back.
  parcels.set(parcel, [...(parcels.get(parcel) ?? []), Uint8Array.from(piece)]);
}

/** A file that was handed in arrives as an argument, as the shell does it. */
function withFile({ parcel, ...ask }: Ask) {
  if (!parcel) return ask;
  const base64 = Buffer.concat(parcels.get(parcel) ?? []).toString('base64');
  return { ...ask, args: { ...ask.args, base64 } };
}

/** Answers with a refusal. */
export function refuse(code: string, params: Record<string, unknown> = {}): Answer {
  return () => {
    throw { code, params, correlation: 'c-1' };
  };
}
