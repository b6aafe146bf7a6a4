// Stands in for ui/bindings until Rust writes them; goes away with the first generated map.

export type Policy = 'allow' | 'own' | 'locked' | 'deny';
export interface Command {
  kind: 'query' | 'change';
  args: object;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  reply: any;
}
export type Role = 'owner' | 'admin' | 'assistant' | 'artist' | 'apprentice';
interface Person {
  id: string;
  name: string;
  username: string;
  role: Role;
  artist_id: string | null;
}
export type Commands = Record<string, Command> & {
  'session.tiles': { kind: 'query'; args: object; reply: { tiles: Person[] } };
  'session.whoami': {
    kind: 'query';
    args: object;
    reply: { member: Person; role: Role; actions: Record<string, Policy>; expires_at: number | null };
  };
};
