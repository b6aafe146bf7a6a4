// Which people stand on the lock screen, in which order.

import { matches } from '../../words/fold';

export interface Named {
  username: string;
  name: string;
}

/** Those whose name or user name begins with what was typed; whoever was here last comes first. */
export function tilesFor<T extends Named>(people: T[], typed: string, lastUsername: string): T[] {
  const fitting = people.filter((person) => matches(person.name, typed) || matches(person.username, typed));
  return [
    ...fitting.filter((person) => person.username === lastUsername),
    ...fitting.filter((person) => person.username !== lastUsername),
  ];
}
