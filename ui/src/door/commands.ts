// Stands in for ui/bindings until Rust writes them; goes away with the first generated map.

export type Policy = 'allow' | 'own' | 'locked' | 'deny';
export type Role = 'owner' | 'admin' | 'assistant' | 'artist' | 'apprentice';
export interface Hours {
  weekday: number;
  opens: number;
  closes: number;
}
export interface Settings {
  name: string;
  currency: string;
  exponent: number;
  locale: string;
  language: string;
  zone: string;
  week_start: number;
  hours: Hours[];
  idle_minutes: number;
}
export interface Whoami {
  member: { id: string; name: string; username: string; artist_id: string | null };
  role: Role;
  actions: Record<string, Policy>;
  elevation: { expires_at: number; by: string } | null;
  must_change_password: boolean;
  now: number;
}
export interface AgendaArtist {
  artist_id: string;
  name: string;
  booked_minutes: number;
  opens: number | null;
  closes: number | null;
}
export type Status = 'booked' | 'confirmed' | 'arrived' | 'in_session' | 'completed' | 'no_show' | 'cancelled';
export interface CardDetail {
  client_id: string;
  status: Status;
  service_id: string;
  service_name: string;
  price: number;
  note: string | null;
  reason: string | null;
  alerts: string | null;
  phone: string | null;
  arrived_at: number | null;
  started_at: number | null;
  sale_id: string | null;
  rev: number;
}
export interface AgendaCard {
  id: string;
  artist_id: string;
  client_name: string;
  starts_at: number;
  ends_at: number;
  detail: CardDetail | null;
}
export type BlockKind = 'vacation' | 'personal' | 'convention' | 'pause' | 'other';
export interface Agenda {
  from: number;
  to: number;
  opens: number | null;
  closes: number | null;
  artists: AgendaArtist[];
  cards: AgendaCard[];
  blocks: {
    id: string;
    artist_id: string;
    kind: BlockKind | null;
    note: string | null;
    starts_at: number;
    ends_at: number;
  }[];
}
interface Booked {
  card: AgendaCard;
  warnings: ('outside_hours' | 'in_the_past')[];
}
interface StepArgs {
  appointment_id: string;
}
export interface Client {
  id: string;
  name: string;
  phone: string | null;
  alerts: string | null;
}
export interface Service {
  id: string;
  name: string;
  minutes: number;
  price: number;
  active: boolean;
}
interface C<A, R> {
  args: A;
  reply: R;
}
export interface Commands {
  'desk.status': C<
    object,
    {
      version: string;
      now: number;
      studio: { id: string; demo: boolean; settings: Settings } | null;
    }
  >;
  'session.tiles': C<object, { username: string; name: string; role: Role }[]>;
  'session.sign_in': C<{ username: string; password: string }, Whoami>;
  'session.sign_out': C<object, object>;
  'session.lock': C<object, object>;
  'session.whoami': C<object, Whoami>;
  'session.change_password': C<{ current: string; new: string }, Whoami>;
  'session.elevate': C<object, Whoami>;
  'session.drop_elevation': C<object, Whoami>;
  'agenda.list': C<{ day: string; days: number | null; artist_id: string | null }, Agenda>;
  'agenda.book': C<
    {
      artist_id: string;
      client_id: string;
      service_id: string;
      starts_at: number;
      minutes: number | null;
      price: number | null;
      note: string | null;
    },
    Booked
  >;
  'agenda.edit': C<
    {
      appointment_id: string;
      rev: number | null;
      artist_id: string | null;
      client_id: string | null;
      service_id: string | null;
      starts_at: number | null;
      minutes: number | null;
      price: number | null;
      note: string | null;
    },
    Booked
  >;
  'agenda.confirm': C<StepArgs, AgendaCard>;
  'agenda.arrive': C<StepArgs, AgendaCard>;
  'agenda.start': C<StepArgs, AgendaCard>;
  'agenda.complete': C<StepArgs, AgendaCard>;
  'agenda.no_show': C<StepArgs, AgendaCard>;
  'agenda.cancel': C<StepArgs & { reason: string | null }, AgendaCard>;
  'agenda.reopen': C<StepArgs & { status: Status }, AgendaCard>;
  'agenda.block': C<
    { artist_id: string; kind: BlockKind; starts_at: number; ends_at: number; all_day: boolean; note: string | null },
    { block: Agenda['blocks'][number]; appointments: AgendaCard[] }
  >;
  'agenda.unblock': C<{ block_id: string }, object>;
  'clients.search': C<{ text: string; limit: number | null }, Client[]>;
  'clients.create': C<{ name: string; phone: string | null }, { client: Client; same_phone: string[] }>;
  'studio.services': C<object, Service[]>;
  'studio.amount': C<{ text: string }, { amount: number }>;
  'till.drawer': C<object, { open: { opened_at: number } | null }>;
}
