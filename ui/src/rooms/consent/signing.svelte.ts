// What somebody has filled in on papers they have not signed yet. It outlives the sheet, so that leaving it loses
// nothing, and goes with the person at the desk. A drawn signature is no draft: it never leaves this page.

import { SvelteMap } from 'svelte/reactivity';
import { unfinished } from '../../door/drafts.svelte';
import { router } from '../../shell/router.svelte';
import type { Paper, SignArgs, Signature, SigningMethod } from '../../../bindings';

/** Whose papers, and for what: a visit, or a client who came without one. */
export interface Occasion {
  appointmentId?: string;
  clientId?: string;
  serviceId?: string;
}

export function occasionKey({ appointmentId, clientId, serviceId }: Occasion): string {
  return appointmentId ?? `${clientId ?? ''} ${serviceId ?? ''}`;
}

export function occasionArgs({ appointmentId, clientId, serviceId }: Occasion) {
  return appointmentId
    ? { appointment_id: appointmentId }
    : { client_id: clientId ?? null, service_id: serviceId ?? null };
}

interface PaperBody {
  yes: Record<string, boolean>;
  texts: Record<string, string>;
  imageUse: boolean | null;
  method: SigningMethod;
  name: string | null;
}

/** One paper as far as it is filled in. */
export class PaperDraft {
  yes = $state<Record<string, boolean>>({});
  texts = $state<Record<string, string>>({});
  imageUse = $state<boolean | null>(null);
  method = $state<SigningMethod>('drawn');
  /** Null until somebody types: then it is the name of whoever signs. */
  name = $state<string | null>(null);
  signature = $state.raw<Signature | null>(null);

  constructor(body?: PaperBody) {
    Object.assign(this, body);
  }

  get begun(): boolean {
    return (
      Object.keys(this.yes).length > 0 ||
      Object.values(this.texts).some((text) => text.trim()) ||
      this.imageUse !== null ||
      !!this.name?.trim()
    );
  }

  body(): PaperBody {
    const { yes, texts, imageUse, method, name } = this;
    return { yes, texts, imageUse, method, name };
  }

  answered(question: Paper['questions'][number]): boolean {
    return question.kind === 'yes_no' ? this.yes[question.id] !== undefined : !!this.texts[question.id]?.trim();
  }

  /** What is still to do on `paper`, in the order of the page. */
  missing(paper: Paper, signer: string): { questions: number; choice: boolean; signature: boolean; name: boolean } {
    return {
      questions: paper.questions.filter((question) => !this.answered(question)).length,
      choice: paper.kind === 'image' && this.imageUse === null,
      signature: this.method === 'drawn' && !this.signature?.strokes.length,
      name: !this.signer(signer),
    };
  }

  /** A typed name is the signature itself, so nobody's is put there for them. */
  signer(expected: string): string {
    return (this.name ?? (this.method === 'typed' ? '' : expected)).trim();
  }

  /** As it is sent. */
  signed(
    paper: Paper,
    signer: string,
  ): Pick<SignArgs, 'answers' | 'image_use' | 'method' | 'signature' | 'signer_name'> {
    return {
      answers: paper.questions.map(({ id, kind }) =>
        kind === 'yes_no' ? { question_id: id, yes: this.yes[id] } : { question_id: id, text: this.texts[id]?.trim() },
      ),
      image_use: paper.kind === 'image' ? this.imageUse : null,
      signer_name: this.signer(signer),
      method: this.method,
      signature: this.method === 'drawn' ? this.signature : null,
    };
  }
}

interface SigningBody {
  birth: string;
  guardianName: string;
  relation: string;
  papers: [string, PaperBody][];
}

/** Everything of one occasion. */
export class Signing {
  /** "1996-04-23"; empty while it is not typed. */
  birth = $state('');
  guardianName = $state('');
  relation = $state('');
  /** Seen by whoever is at the desk now: it is not given back to anybody. */
  idSeen = $state(false);
  #papers = new SvelteMap<string, PaperDraft>();

  static from({ papers, ...rest }: SigningBody): Signing {
    const signing = new Signing();
    Object.assign(signing, rest);
    for (const [version, body] of papers) signing.#papers.set(version, new PaperDraft(body));
    return signing;
  }

  /** There is a draft for each of these from now on. */
  begin(versions: string[]) {
    for (const version of versions) if (!this.#papers.has(version)) this.#papers.set(version, new PaperDraft());
  }

  of(version: string): PaperDraft | null {
    return this.#papers.get(version) ?? null;
  }

  done(version: string) {
    this.#papers.set(version, new PaperDraft());
  }

  get begun(): boolean {
    return (
      [this.birth, this.guardianName, this.relation].some((text) => text.trim()) ||
      [...this.#papers.values()].some((paper) => paper.begun)
    );
  }

  body(): SigningBody {
    const { birth, guardianName, relation } = this;
    const papers = [...this.#papers].filter(([, paper]) => paper.begun);
    return { birth, guardianName, relation, papers: papers.map(([version, paper]) => [version, paper.body()]) };
  }
}

interface Draft {
  page: string;
  id: string | null;
  signings: [string, SigningBody][];
}

class Signings {
  #all = new SvelteMap<string, Signing>();

  of(occasion: Occasion): Signing {
    const key = occasionKey(occasion);
    const signing = this.#all.get(key) ?? new Signing();
    if (!this.#all.has(key)) this.#all.set(key, signing);
    return signing;
  }

  /** Nothing is left to sign. */
  drop(occasion: Occasion) {
    this.#all.delete(occasionKey(occasion));
  }

  read(): Draft | null {
    const begun = [...this.#all].filter(([, signing]) => signing.begun);
    if (begun.length === 0) return null;
    const { page, id } = router.route;
    return { page: page ?? 'agenda', id, signings: begun.map(([key, signing]) => [key, signing.body()]) };
  }

  restore(draft: Draft | null) {
    this.#all.clear();
    for (const [key, body] of draft?.signings ?? []) this.#all.set(key, Signing.from(body));
  }
}

export const signings = new Signings();

unfinished<Draft>('consent', {
  read: () => signings.read(),
  restore: (draft) => signings.restore(draft),
  place: ({ page, id }) => ({ page, id }),
});
