// A consent form while it is being written, and as it is sent.

import { FormDraft } from '../../door/drafts.svelte';
import type { ConsentKind, SetTemplateArgs, Template } from '../../../bindings';
import type { TypedQuestion } from './QuestionsEditor.svelte';

export interface TypedForm {
  name: string;
  kind: ConsentKind;
  required: boolean;
  /** For one visit; else for so many days. */
  each: boolean;
  days: string;
  every: boolean;
  services: string[];
  active: boolean;
  title: string;
  body: string;
  questions: TypedQuestion[];
}

export const formDraft = new FormDraft<TypedForm>('settings.consent', 'settings');

const HALF_A_YEAR = 180;

export function typedOf(template: Template | null): TypedForm {
  return {
    name: template?.name ?? '',
    kind: template?.kind ?? 'procedure',
    required: template?.required ?? true,
    each: !template?.valid_days,
    days: String(template?.valid_days ?? HALF_A_YEAR),
    every: !template?.service_ids.length,
    services: [...(template?.service_ids ?? [])],
    active: template?.active ?? true,
    title: template?.version.title ?? '',
    body: template?.version.body ?? '',
    questions: (template?.version.questions ?? []).map(({ id, text, kind, alert }) => ({
      row: id,
      id,
      text,
      kind,
      alert: alert ?? '',
    })),
  };
}

export function badDays(form: TypedForm): boolean {
  const days = Number(form.days);
  return !form.each && (!Number.isInteger(days) || days < 1 || days > 3660);
}

export function sent(form: TypedForm, template: Template | null): SetTemplateArgs {
  return {
    template_id: template?.id ?? null,
    name: form.name.trim(),
    kind: form.kind,
    required: form.kind !== 'image' && form.required,
    valid_days: form.each ? null : Number(form.days),
    service_ids: form.every ? [] : form.services,
    active: form.active,
    title: form.title.trim(),
    body: form.body.trim(),
    questions: form.questions.map(({ id, text, kind, alert }) => ({
      id,
      text: text.trim(),
      kind,
      alert: (kind === 'yes_no' && alert.trim()) || null,
    })),
  };
}

/** Whether saving makes a new version: what a client reads is another. */
export function rewords(form: TypedForm, template: Template | null): boolean {
  if (!template) return true;
  const { title, body, questions } = template.version;
  const now = sent(form, template);
  return (
    now.title !== title ||
    now.body !== body ||
    now.questions.length !== questions.length ||
    now.questions.some((question, at) => {
      const before = questions[at];
      return (
        question.id !== before?.id ||
        question.text !== before?.text ||
        question.kind !== before.kind ||
        (question.alert ?? null) !== before.alert
      );
    })
  );
}
