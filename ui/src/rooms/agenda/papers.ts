import { Failure } from '../../door/failure';

/** How many papers stopped a step; none when it was refused for another reason. */
export function papersMissing(cause: unknown): number {
  const failure = Failure.from(cause);
  if (failure.code !== 'conflict' || failure.params.reason !== 'paperwork_missing') return 0;
  return failure.number('missing') ?? 1;
}
