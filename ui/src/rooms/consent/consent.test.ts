// Reading and signing with the door faked: what is asked of whom, what is sent, and what is left when the sheet closes.

import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { drafts } from '../../door/drafts.svelte';
import { toaster } from '../../parts/toasts.svelte';
import { bridge, refuse } from '../../test-bridge';
import { openStudio, signIn } from '../../test-desk';
import PapersMissing from './PapersMissing.svelte';
import { signings } from './signing.svelte';
import SignPapers from './SignPapers.svelte';
import { path, rounded } from './strokes';
import { blocks, filled, strange } from './text';
import type { Needed, Paper, SignArgs } from '../../../bindings';

// Whole flows on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

// jsdom has no canvas: a pad that anybody can draw one stroke on by the test's hand.
const pads: { stroke: () => void }[] = vi.hoisted(() => []);
vi.mock('signature_pad', () => ({
  default: class {
    #ends: (() => void)[] = [];
    #groups: unknown[] = [];
    constructor() {
      pads.push({
        stroke: () => {
          this.#groups.push({
            points: [
              { x: 1, y: 2, time: 1000, pressure: 0.5 },
              { x: 5, y: 6, time: 1016.4, pressure: 0.7 },
            ],
          });
          this.#ends.forEach((end) => end());
        },
      });
    }
    addEventListener(_: string, end: () => void) {
      this.#ends.push(end);
    }
    toData() {
      return this.#groups;
    }
    fromData(groups: unknown[]) {
      this.#groups = groups;
    }
    clear() {
      this.#groups = [];
    }
    off() {}
  },
}));

function paper(id: string, others: Partial<Paper> = {}): Paper {
  return {
    template_id: `t-${id}`,
    version_id: `v-${id}`,
    kind: 'procedure',
    title: `Paper ${id}`,
    text: `Text of ${id}`,
    text_hash: `hash-${id}`,
    questions: [],
    required: true,
    done: null,
    ...others,
  };
}

let needed: Needed;

beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  openStudio();
  bridge.sent.length = 0;
  pads.length = 0;
  toaster.remove();
  signings.restore(null);
  signIn('assistant', null, { 'clients.consent': 'allow', 'consent.waive': 'locked' });
  needed = {
    client_id: 'c1',
    client_name: 'Joana Melo',
    appointment_id: 'a1',
    service_name: 'Small lettering',
    artist_name: 'Mara Quill',
    birth_date: '1996-04-23',
    age: 30,
    guardian: false,
    too_young: false,
    waived: null,
    signed: [],
    papers: [
      paper('one', {
        questions: [
          { id: 'q1', text: 'Do you take blood thinners?', kind: 'yes_no', alert: 'Bleeds long' },
          { id: 'q2', text: 'Anything else?', kind: 'text', alert: null },
        ],
      }),
      paper('image', { kind: 'image', required: false }),
    ],
  };
  bridge.answers = {
    'consent.needed': () => needed,
    'consent.sign': ((args: SignArgs) => {
      needed = {
        ...needed,
        birth_date: needed.birth_date ?? args.birth_date ?? null,
        papers: needed.papers.map((each) =>
          each.version_id === args.version_id
            ? {
                ...each,
                done: {
                  consent_id: 'k',
                  at: Date.now(),
                  signer: args.signer_name,
                  valid_until: null,
                  image_use: args.image_use ?? null,
                },
              }
            : each,
        ),
      };
      return {};
    }) as never,
  };
});

function open(onclose = vi.fn()) {
  render(SignPapers, { appointmentId: 'a1', open: true, onclose });
  return onclose;
}

const send = () => screen.getByRole('button', { name: 'Sign this paper' });

describe('signing', () => {
  test('the paper is read, answered and drawn; then the free choice, kept apart', async () => {
    const user = userEvent.setup({ delay: null });
    const close = open();
    await screen.findByRole('heading', { name: 'Paper one' });
    expect(screen.getByText('Text of one')).toBeTruthy();

    await user.click(send());
    expect(screen.getAllByText('Please answer this.')).toHaveLength(2);
    expect(screen.getByText('Sign in the box above.')).toBeTruthy();
    expect(bridge.last('consent.sign')).toBeUndefined();

    await user.click(within(screen.getByRole('radiogroup', { name: /blood thinners/ })).getByText('Yes'));
    expect(screen.getByText('We note in your file: Bleeds long')).toBeTruthy();
    await user.type(screen.getByLabelText('Anything else?'), 'none');
    pads[0]?.stroke();
    await screen.findByText('All filled in.');
    await user.click(send());

    await screen.findByRole('heading', { name: 'Paper image' });
    expect(bridge.last('consent.sign')).toMatchObject({
      appointment_id: 'a1',
      version_id: 'v-one',
      text_hash: 'hash-one',
      answers: [
        { question_id: 'q1', yes: true },
        { question_id: 'q2', text: 'none' },
      ],
      image_use: null,
      signer_name: 'Joana Melo',
      method: 'drawn',
      signature: {
        strokes: [
          [
            { x: 1, y: 2, t: 0 },
            { x: 5, y: 6, t: 16, p: 0.7 },
          ],
        ],
      },
      birth_date: null,
      guardian: null,
    });

    expect(screen.getByText(/changes nothing about your tattoo/)).toBeTruthy();
    await user.click(screen.getByText('Signed on paper'));
    await user.click(send());
    expect(screen.getByText('Please choose one of the two.')).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: /^No, please do not/ }));
    await user.click(send());
    await screen.findByText('Thank you, that is all.');
    expect(bridge.last('consent.sign')).toMatchObject({ image_use: false, method: 'on_paper', signature: null });
    await user.click(screen.getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(close).toHaveBeenCalled());
  });

  test('a typed name stands for the signature, so nobody’s is put there', async () => {
    const user = userEvent.setup({ delay: null });
    needed.papers = [paper('one')];
    open();
    await screen.findByRole('heading', { name: 'Paper one' });
    await user.click(screen.getByText('Type my name'));
    expect(screen.getByText('Witness: Lena Sommer')).toBeTruthy();
    await user.click(send());
    expect(screen.getByText('Write the name of whoever signs.')).toBeTruthy();
    await user.type(screen.getByLabelText(/^Type your full name/), 'Joana M. Melo');
    await user.click(send());
    await waitFor(() =>
      expect(bridge.last('consent.sign')).toMatchObject({ method: 'typed', signer_name: 'Joana M. Melo' }),
    );
  });

  test('a minor is asked for their birth and a guardian, who then stands in the text', async () => {
    const user = userEvent.setup({ delay: null });
    needed = { ...needed, birth_date: null, age: null, papers: [paper('one')] };
    bridge.answers['consent.needed'] = (({ birth_date }: { birth_date: string | null }) => ({
      ...needed,
      guardian: (birth_date ?? '') > '2008-11-20',
    })) as never;
    open();
    await user.type(await screen.findByLabelText('Day'), '3');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(screen.getByText('Write the day, month and year of birth.')).toBeTruthy();
    await user.click(screen.getByRole('combobox', { name: 'Month' }));
    await user.click(await screen.findByRole('option', { name: 'May' }));
    await user.type(screen.getByLabelText('Year'), '2010');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await user.type(await screen.findByLabelText(/^Full name of the parent/), 'Rosa Melo');
    await user.type(screen.getByLabelText('Relation'), 'Mother');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(screen.getByText('The identity card has to be seen first.')).toBeTruthy();
    await user.click(screen.getByRole('checkbox', { name: /Lena Sommer has seen/ }));
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await screen.findByRole('heading', { name: 'Paper one' });
    expect(bridge.last('consent.needed')).toMatchObject({ guardian_name: 'Rosa Melo', birth_date: '2010-05-03' });
    expect(screen.getByLabelText<HTMLInputElement>('Full name of whoever signs').value).toBe('Rosa Melo');
    pads[0]?.stroke();
    await user.click(send());
    await waitFor(() =>
      expect(bridge.last('consent.sign')).toMatchObject({
        birth_date: '2010-05-03',
        guardian: { name: 'Rosa Melo', relation: 'Mother', id_seen: true },
        signer_name: 'Rosa Melo',
      }),
    );
  });

  test('too young: nothing can be signed, and a mistyped day can be corrected', async () => {
    const user = userEvent.setup({ delay: null });
    needed = { ...needed, birth_date: null, age: null };
    bridge.answers['consent.needed'] = (({ birth_date }: { birth_date: string | null }) => ({
      ...needed,
      too_young: (birth_date ?? '') > '2020',
    })) as never;
    open();
    await user.type(await screen.findByLabelText('Day'), '3');
    await user.click(screen.getByRole('combobox', { name: 'Month' }));
    await user.click(await screen.findByRole('option', { name: 'May' }));
    await user.type(screen.getByLabelText('Year'), '2021');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await screen.findByText('This service is not done at this age.');
    expect(screen.queryByRole('button', { name: 'Sign this paper' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Correct the date of birth' }));
    expect((await screen.findByLabelText<HTMLInputElement>('Year')).value).toBe('');
  });

  test('leaving asks nothing, says what is missing, and what was filled in is there again', async () => {
    const user = userEvent.setup({ delay: null });
    const close = open();
    await user.type(await screen.findByLabelText('Anything else?'), 'migraine');
    // The sheet listens from its second frame on.
    await waitFor(async () => {
      await user.keyboard('{Escape}');
      expect(close).toHaveBeenCalled();
    });
    await waitFor(() =>
      expect(toaster.getVisibleToasts().map((toast) => toast.title)).toContain(
        'One paper is still missing: Paper one.',
      ),
    );
    document.body.replaceChildren();
    open();
    expect((await screen.findByLabelText<HTMLTextAreaElement>('Anything else?')).value).toBe('migraine');
  });

  test('a lock leaves nothing of it in this page (D25), and its owner gets all but the drawing back', async () => {
    const user = userEvent.setup({ delay: null });
    open();
    await user.type(await screen.findByLabelText('Anything else?'), 'migraine');
    pads[0]?.stroke();
    const kept = signings.read();
    expect(JSON.stringify(kept)).toContain('migraine');
    expect(JSON.stringify(kept)).not.toContain('strokes');
    drafts.forget();
    expect(signings.read()).toBeNull();
    signings.restore(kept);
    expect(signings.of({ appointmentId: 'a1' }).of('v-one')?.texts).toEqual({ q2: 'migraine' });
  });

  test('a paper that was changed meanwhile is read once more', async () => {
    const user = userEvent.setup({ delay: null });
    needed.papers = [paper('one')];
    bridge.answers['consent.sign'] = refuse('conflict', { reason: 'text_changed' });
    open();
    await screen.findByRole('heading', { name: 'Paper one' });
    pads[0]?.stroke();
    needed = { ...needed, papers: [paper('one', { version_id: 'v-two', text: 'Other words' })] };
    await user.click(send());
    await screen.findByText('Other words');
    expect(screen.getByRole('alert').textContent).toContain('read it once more');
  });

  test('what is signed already is ticked and can wait', async () => {
    needed.papers = needed.papers.map((each) => ({
      ...each,
      done: { consent_id: 'k', at: Date.now(), signer: 'Joana Melo', valid_until: null, image_use: null },
    }));
    open();
    await screen.findByText('Thank you, that is all.');
    expect(screen.getAllByText('signed')).toHaveLength(2);
  });
});

describe('a visit that stops for its papers', () => {
  test('reception needs the code to go on without, and says why', async () => {
    const user = userEvent.setup({ delay: null });
    const done = vi.fn();
    signIn('admin', null, { 'clients.consent': 'allow', 'consent.waive': 'allow' });
    bridge.answers['consent.waive'] = () => ({});
    render(PapersMissing, { appointmentId: 'a1', client: 'Joana Melo', missing: 2, ondone: done, onclose: vi.fn() });
    await screen.findByText(/2 papers of this visit/);
    await user.click(screen.getByRole('button', { name: 'Go on without…' }));
    await user.click(await screen.findByRole('button', { name: /^Go on without papers/ }));
    expect(screen.getByText('Say in a few words why.')).toBeTruthy();
    await user.type(screen.getByLabelText('Why without papers'), 'Signed at the last session{Enter}');
    await waitFor(() => expect(done).toHaveBeenCalled());
    expect(bridge.last('consent.waive')).toEqual({ appointment_id: 'a1', reason: 'Signed at the last session' });
  });

  test('the lock is shown at reception, and an artist has no such button', async () => {
    const props = { appointmentId: 'a1', client: 'Joana Melo', missing: 1, ondone: vi.fn(), onclose: vi.fn() };
    const { unmount } = render(PapersMissing, props);
    const button = await screen.findByRole('button', { name: 'Go on without…' });
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
      'master code',
    );
    unmount();
    signIn('artist', 'artist-0', { 'clients.consent': 'own' });
    render(PapersMissing, props);
    await screen.findByRole('button', { name: 'Sign now' });
    expect(screen.queryByRole('button', { name: 'Go on without…' })).toBeNull();
  });
});

test('a text is paragraphs and lists, and nothing in it becomes markup', () => {
  expect(blocks('One\ntwo\n\nThese:\n- a\n- b\n\n- c\n<b>x</b>')).toEqual([
    { kind: 'text', text: 'One\ntwo' },
    { kind: 'text', text: 'These:' },
    { kind: 'list', items: ['a', 'b'] },
    { kind: 'list', items: ['c'] },
    { kind: 'text', text: '<b>x</b>' },
  ]);
});

test('placeholders are filled once, and strange ones are named', () => {
  const examples = {
    client: '{artist}',
    birth_date: '',
    artist: 'Mara',
    service: '',
    studio: '',
    date: '',
    guardian: '',
  };
  expect(filled('{client} with {artist}, {what}', examples)).toBe('{artist} with Mara, {what}');
  expect(strange('{client} {what} {}')).toEqual(['{what}']);
});

test('a stroke keeps its time, and is drawn as one line', () => {
  const stroke = rounded(
    [
      { x: 1.04, y: 2, time: 50, pressure: 0.5 },
      { x: 3, y: 4.06, time: 66.6, pressure: 0 },
      { x: 5, y: 6, time: 80, pressure: 0.25 },
    ],
    50,
  );
  expect(stroke).toEqual([
    { x: 1, y: 2, t: 0 },
    { x: 3, y: 4.1, t: 17 },
    { x: 5, y: 6, t: 30, p: 0.25 },
  ]);
  expect(path(stroke)).toBe('M1 2Q3 4.1 4 5.1L5 6');
  expect(path(stroke.slice(0, 1))).toBe('M1 2h0.01');
  expect(path([])).toBe('');
});
