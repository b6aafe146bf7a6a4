// What the core says about papers, until its own list of commands has it.

import type { Card, Settings } from '../../../bindings';
import { ask as asked } from '../../door/ask';

export type ConsentKind = 'procedure' | 'health' | 'image' | 'other';

export interface Question {
  id: string;
  text: string;
  kind: 'yes_no' | 'text';
  /** A yes puts this on the client. */
  alert: string | null;
}

export interface TemplateVersion {
  id: string;
  number: number;
  title: string;
  body: string;
  questions: Question[];
  made_at: number;
  by: string | null;
}

export interface Template {
  id: string;
  name: string;
  kind: ConsentKind;
  required: boolean;
  valid_days: number | null;
  service_ids: string[];
  active: boolean;
  version: TemplateVersion;
  versions: number;
}

export interface PaperDone {
  consent_id: string;
  at: number;
  signer: string;
  valid_until: number | null;
  image_use: boolean | null;
}

export interface Paper {
  template_id: string;
  version_id: string;
  kind: ConsentKind;
  title: string;
  text: string;
  text_hash: string;
  questions: Question[];
  required: boolean;
  done: PaperDone | null;
}

export interface Needed {
  client_id: string;
  client_name: string;
  appointment_id: string | null;
  service_name: string;
  artist_name: string | null;
  birth_date: string | null;
  age: number | null;
  guardian: boolean;
  too_young: boolean;
  waived: { by: string; at: number; reason: string | null } | null;
  papers: Paper[];
  signed: SignedConsent[];
}

export interface Signature {
  width: number;
  height: number;
  strokes: { x: number; y: number; t: number; p?: number }[][];
}

export type SigningMethod = 'drawn' | 'typed' | 'on_paper';

export interface Answer {
  question_id: string;
  yes?: boolean;
  text?: string;
}

export interface SignArgs {
  appointment_id?: string | null;
  client_id?: string | null;
  service_id?: string | null;
  version_id: string;
  text_hash: string;
  answers: Answer[];
  image_use?: boolean | null;
  signer_name: string;
  birth_date?: string | null;
  guardian?: { name: string; relation: string; id_seen: boolean } | null;
  method: SigningMethod;
  signature?: Signature | null;
}

export interface SignedConsent {
  id: string;
  client_id: string;
  client_name: string;
  appointment_id: string | null;
  template_name: string;
  kind: ConsentKind;
  title: string;
  version_number: number;
  at: number;
  signer: string;
  guardian: { name: string; relation: string } | null;
  method: SigningMethod;
  image_use: boolean | null;
  text_hash: string;
  by: string;
  intact: boolean;
  withdrawn_at: number | null;
}

export interface ConsentPaper {
  consent: SignedConsent;
  text: string;
  answers: { text: string; yes: boolean | null; answer: string | null; alert: string | null }[];
  signature: Signature | null;
}

export interface TemplateForm {
  template_id?: string | null;
  name: string;
  kind: ConsentKind;
  required: boolean;
  valid_days?: number | null;
  service_ids: string[];
  active: boolean;
  title: string;
  body: string;
  questions: { id?: string | null; text: string; kind: Question['kind']; alert?: string | null }[];
}

interface Command<Args, Reply> {
  args: Args;
  reply: Reply;
}

export interface ConsentCommands {
  'consent.templates': Command<Record<string, never>, Template[]>;
  'consent.template_versions': Command<{ template_id: string }, TemplateVersion[]>;
  'consent.set_template': Command<TemplateForm, Template>;
  'consent.needed': Command<
    {
      appointment_id?: string | null;
      client_id?: string | null;
      service_id?: string | null;
      guardian_name?: string | null;
      birth_date?: string | null;
    },
    Needed
  >;
  'consent.sign': Command<SignArgs, SignedConsent>;
  'consent.list': Command<{ client_id: string }, SignedConsent[]>;
  'consent.open': Command<{ consent_id: string }, ConsentPaper>;
  'consent.paper': Command<{ consent_id: string }, { name: string; base64: string }>;
  'consent.withdraw': Command<{ consent_id: string; reason?: string | null }, SignedConsent>;
  'consent.waive': Command<{ appointment_id: string; reason: string }, Card>;
}

export type Reply<C extends keyof ConsentCommands> = ConsentCommands[C]['reply'];

export const ask = asked as unknown as <C extends keyof ConsentCommands>(
  command: C,
  args: ConsentCommands[C]['args'],
  options?: { key?: string },
) => Promise<Reply<C>>;

/** The settings this room adds. */
export type PaperSettings = Settings & {
  paperwork_gate: 'off' | 'warn' | 'block';
  paperwork_at: 'check_in' | 'checkout';
  consent_years: number;
};
