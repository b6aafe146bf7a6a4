// The forms clients sign, with the door faked: what saving sends, when it makes a new version, and the studio's rules.

import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { studio } from '../../door/studio.svelte';
import { bridge } from '../../test-bridge';
import { openStudio, signIn } from '../../test-desk';
import type { Template } from '../../../bindings';
import ConsentForms from './ConsentForms.svelte';
import { badDays, rewords, sent, typedOf } from './form-draft';

// Whole flows on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

const template: Template = {
  id: 't1',
  name: 'Consent',
  kind: 'procedure',
  required: true,
  valid_days: null,
  service_ids: ['s1'],
  active: true,
  versions: 2,
  version: {
    id: 'v2',
    number: 2,
    title: 'Consent to a tattoo',
    body: 'I, {client}, agree.',
    questions: [
      { id: 'q1', text: 'Any allergy?', kind: 'yes_no', alert: 'Allergy' },
      { id: 'q2', text: 'Have you eaten?', kind: 'yes_no', alert: null },
    ],
    made_at: Date.now(),
    by: 'Iris Falken',
  },
};

beforeEach(() => {
  openStudio();
  signIn('admin', null, { 'security.settings': 'allow', 'consent.templates': 'allow' });
  bridge.sent.length = 0;
  bridge.answers = {
    'consent.templates': () => [template],
    'studio.services': () => [
      { id: 's1', name: 'Flash piece', kind: 'tattoo', minutes: 60, price: 1, active: true },
      { id: 's2', name: 'Piercing', kind: 'piercing', minutes: 30, price: 1, active: true },
    ],
    'consent.set_template': () => ({ ...template, version: { ...template.version, number: 3 } }),
    'security.settings': () => studio.settings,
    'desk.status': () => studio.status,
  };
});

describe('what is sent', () => {
  test('a form as it was makes no new version; other words, another order or another warning do', () => {
    const form = typedOf(template);
    expect(rewords(form, template)).toBe(false);
    expect(rewords({ ...form, name: 'Other', active: false, each: false, days: '10' }, template)).toBe(false);
    expect(rewords({ ...form, body: `${form.body} Gladly.` }, template)).toBe(true);
    expect(rewords({ ...form, questions: form.questions.toReversed() }, template)).toBe(true);
    const silent = form.questions.map((question) => ({ ...question, alert: '' }));
    expect(rewords({ ...form, questions: silent }, template)).toBe(true);
    expect(rewords(form, null)).toBe(true);
  });

  test('image use is never required, words carry no warning, and days are days', () => {
    const form = { ...typedOf(template), kind: 'image' as const, required: true };
    form.questions = form.questions.map((question) => ({ ...question, kind: 'text' as const }));
    const args = sent(form, template);
    expect(args.required).toBe(false);
    expect(args.questions.map((question) => question.alert)).toEqual([null, null]);
    expect(args.valid_days).toBeNull();
    for (const days of ['', '0', '1.5', '3661', 'x']) expect(badDays({ ...form, each: false, days })).toBe(true);
    expect(badDays({ ...form, each: false, days: '180' })).toBe(false);
  });
});

test('the list says for what and how long, and the gate is saved with its place', async () => {
  const user = userEvent.setup({ delay: null });
  render(ConsentForms, { part: null });
  const row = within(await screen.findByRole('row', { name: /^Consent/ }));
  expect(row.getByText('1 service')).toBeTruthy();
  expect(row.getByText('Each visit')).toBeTruthy();
  await user.click(screen.getByRole('radio', { name: /^The visit stops/ }));
  await user.click(screen.getByRole('radio', { name: 'At checkout' }));
  await user.clear(screen.getByLabelText(/^Signed papers are kept/));
  await user.type(screen.getByLabelText(/^Signed papers are kept/), '31');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Between 1 and 30.');
  expect(bridge.last('security.settings')).toBeUndefined();
  await user.clear(screen.getByLabelText(/^Signed papers are kept/));
  await user.type(screen.getByLabelText(/^Signed papers are kept/), '7');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(bridge.last('security.settings')).toEqual({
      paperwork_gate: 'block',
      paperwork_at: 'checkout',
      consent_years: 7,
    }),
  );
});

test('a form is reworded: a placeholder from its button, a question moved by keys, the preview as it is read', async () => {
  const user = userEvent.setup({ delay: null });
  render(ConsentForms, { part: 't1' });
  const body = await screen.findByLabelText<HTMLTextAreaElement>('Text');
  expect(screen.getByText('The text is as it was: version 2 stays.')).toBeTruthy();
  body.setSelectionRange(body.value.length, body.value.length);
  await user.click(screen.getByRole('button', { name: 'Artist' }));
  expect(body.value).toBe('I, {client}, agree.{artist}');
  expect(screen.getByText('I, Joana Melo, agree.Mara Quill')).toBeTruthy();
  expect(screen.getByText('Saving makes version 3. Older signed papers keep theirs.')).toBeTruthy();

  screen.getByLabelText('Question 1').focus();
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await waitFor(() => expect(screen.getByLabelText<HTMLTextAreaElement>('Question 2').value).toBe('Any allergy?'));
  expect(document.activeElement).toBe(screen.getByLabelText('Question 2'));

  await user.type(body, ' {{what}');
  await screen.findByText(/This stands for nothing: {what}/);
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(bridge.last('consent.set_template')).toBeUndefined();
  await user.clear(body);
  await user.type(body, 'I agree.');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(bridge.last('consent.set_template')).toMatchObject({
      template_id: 't1',
      body: 'I agree.',
      questions: [
        { id: 'q2', text: 'Have you eaten?', alert: null },
        { id: 'q1', text: 'Any allergy?', alert: 'Allergy' },
      ],
    }),
  );
});

test('a new form says what it lacks before anything is sent', async () => {
  const user = userEvent.setup({ delay: null });
  render(ConsentForms, { part: 'new' });
  await user.type(await screen.findByLabelText('Name at the desk'), 'Piercing consent');
  await user.click(screen.getByRole('radio', { name: 'Only some' }));
  await user.click(screen.getByRole('button', { name: 'Add a question' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  for (const text of ['Write the title.', 'Write the text.', 'Tick at least one service.'])
    expect(await screen.findByText(text)).toBeTruthy();
  expect(screen.getByText('Write the question, or remove it.')).toBeTruthy();
  expect(bridge.last('consent.set_template')).toBeUndefined();
  await user.click(screen.getByRole('checkbox', { name: 'Piercing' }));
  await user.type(screen.getByLabelText('Title the client reads'), 'Piercing');
  await user.type(screen.getByLabelText('Text'), 'I agree.');
  await user.type(screen.getByLabelText('Question 1'), 'Nickel?');
  await user.type(screen.getByLabelText('Health alert of question 1'), 'Nickel allergy');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(bridge.last('consent.set_template')).toMatchObject({
      template_id: null,
      service_ids: ['s2'],
      questions: [{ id: null, text: 'Nickel?', kind: 'yes_no', alert: 'Nickel allergy' }],
    }),
  );
});
