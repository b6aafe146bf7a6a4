// What a refused command looks like here: Rust's code, its parameters and the number under which the log keeps the cause.

export const codes = [
  'no_session',
  'bad_credentials',
  'throttled',
  'password_change_required',
  'denied',
  'elevation_required',
  'bad_code',
  'not_found',
  'invalid',
  'conflict',
  'key_conflict',
  'file_in_use',
  'file_newer',
  'not_a_studio',
  'disk_full',
  'read_only',
  'damaged',
  'internal',
] as const;

export type Code = (typeof codes)[number];
export type Params = Record<string, unknown>;

export class Failure extends Error {
  readonly code: Code;
  readonly params: Params;
  readonly correlation: string;

  constructor(code: Code, params: Params = {}, correlation = '') {
    super(code);
    this.name = 'Failure';
    this.code = code;
    this.params = params;
    this.correlation = correlation;
  }

  /** The named parameter as a number, or undefined. */
  number(name: string): number | undefined {
    const value = this.params[name];
    return typeof value === 'number' ? value : undefined;
  }

  /** The named parameter as text, or undefined. */
  text(name: string): string | undefined {
    const value = this.params[name];
    return typeof value === 'string' ? value : undefined;
  }

  static from(cause: unknown): Failure {
    if (cause instanceof Failure) return cause;
    if (typeof cause === 'object' && cause !== null && 'code' in cause) {
      const { code, params, correlation } = cause as { code: unknown; params?: unknown; correlation?: unknown };
      return new Failure(
        codes.find((known) => known === code) ?? 'internal',
        typeof params === 'object' && params !== null ? (params as Params) : {},
        typeof correlation === 'string' ? correlation : '',
      );
    }
    return new Failure('internal');
  }
}
