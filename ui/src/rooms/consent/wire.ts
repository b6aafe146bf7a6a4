// The paper as a file, until the core's own list of commands has it.

import { ask as asked, type Args } from '../../door/ask';

export const paperFile = asked as unknown as (
  command: 'consent.paper',
  args: Args<'consent.open'>,
) => Promise<{ name: string; base64: string }>;
