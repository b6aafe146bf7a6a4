// What a refused command looks like here: Rust's code, its parameters and the number under which the log keeps the cause.

import type { Code } from '../../bindings';

const known: Record<Code, true> = {
  no_session: true,
  bad_credentials: true,
  throttled: true,
  password_change_required: true,
  denied: true,
  elevation_required: true,
  client_view: true,
  bad_code: true,
  not_found: true,
  invalid: true,
  conflict: true,
  key_conflict: true,
  file_in_use: true,
  file_newer: true,
  not_a_studio: true,
  disk_full: true,
  read_only: true,
  damaged: true,
  internal: true,
};

/** Every code Rust can answer with; a new one does not compile before it is here and in the words. */
export const codes = Object.keys(known) as Code[];

export type Params = Record<string, unknown>;

export class Failure extends Error {
  readonly code: Code;
  readonly params: Params;
  readonly correlation: string;
  /** It was for somebody who has left the desk since: nobody is told. */
  late = false;

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

  /** What an invalid argument is called, without where in a list or form it stands: "price" for "lines[2].price". */
  get field(): string {
    return (
      (this.text('field') ?? '')
        .replace(/\[\d+\]/g, '')
        .split('.')
        .at(-1) ?? ''
    );
  }

  static from(cause: unknown): Failure {
    if (cause instanceof Failure) return cause;
    if (typeof cause === 'object' && cause !== null && 'code' in cause) {
      const { code, params, correlation } = cause as { code: unknown; params?: unknown; correlation?: unknown };
      return new Failure(
        codes.find((each) => each === code) ?? 'internal',
        typeof params === 'object' && params !== null ? (params as Params) : {},
        typeof correlation === 'string' ? correlation : '',
      );
    }
    return new Failure('internal');
  }
}
