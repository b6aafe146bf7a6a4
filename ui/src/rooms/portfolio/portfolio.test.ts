// The room with the door faked: whose buttons are there, several at once, undo, and the view a client gets.

import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { PortfolioItem } from '../../../bindings';
import { session } from '../../door/session.svelte';
import Toasts from '../../parts/Toasts.svelte';
import { forgetToasts } from '../../parts/toasts.svelte';
import { bridge, refuse } from '../../test-bridge';
import { at, card, openStudio, portfolioItem as item, signIn, whoami } from '../../test-desk';
import ClientView from './ClientView.svelte';
import Portfolio from './Portfolio.svelte';
import { uploads } from './uploads.svelte';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../../test-bridge')).invoke,
  convertFileSrc: (path: string, scheme: string) => `${scheme}://${path}`,
}));

let items: PortfolioItem[];

beforeEach(() => {
  openStudio();
  forgetToasts();
  uploads.forget();
  bridge.sent.length = 0;
  items = [
    item('p1', 0, { title: 'Fern', body_area: 'Forearm', stage: 'healed' }),
    item('p2', 0, { title: 'Koi', permission: 'missing', shown: false }),
    item('p3', 1, { title: 'Moth' }),
  ];
  bridge.answers = {
    'session.drafts': () => [],
    'portfolio.list': () => ({
      artists: ['Mara Quill', 'Dario Vance'].map((name, n) => ({
        artist_id: `artist-${n}`,
        name,
        active: true,
        pictures: 1,
      })),
      styles: ['Fine line'],
      body_areas: ['Forearm'],
      total: items.length,
      items,
    }),
  };
});

test('T033, T034: an artist has buttons on own pictures alone, reception on none', async () => {
  signIn('artist', 'artist-0', { 'portfolio.view': 'allow', 'portfolio.edit': 'own', 'portfolio.upload': 'own' });
  const { unmount } = render(Portfolio, { id: 'all' });
  expect((await screen.findAllByRole('checkbox')).map((box) => box.getAttribute('aria-label'))).toEqual([
    'Pick Fern, Forearm, Healed, Mara Quill',
    'Pick Koi, Mara Quill',
  ]);
  expect(screen.queryByRole('button', { name: /^Add pictures/ })).toBeNull();
  expect(screen.getByLabelText('The client’s permission is missing')).toBeTruthy();
  unmount();
  signIn('assistant', null, { 'portfolio.view': 'allow' });
  render(Portfolio, { id: null });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: /^Open Fern/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Fern' });
  expect(within(dialog).queryByRole('textbox')).toBeNull();
  expect(within(dialog).queryByRole('button', { name: 'Remove' })).toBeNull();
  expect(within(dialog).getByRole('img').getAttribute('src')).toBe('studio://portfolio.p1.full?v=p1v1');
  await user.keyboard('{ArrowRight}{ArrowRight}');
  await screen.findByRole('dialog', { name: 'Moth' });
});

test('T124: a featured picture moves among the featured, by keys and in its view, and never beside the others', async () => {
  signIn('artist', 'artist-0', { 'portfolio.view': 'allow', 'portfolio.edit': 'own', 'portfolio.upload': 'own' });
  items = [
    item('f1', 0, { title: 'Fern', featured: true }),
    item('f2', 0, { title: 'Koi', featured: true }),
    item('p1', 0, { title: 'Moth' }),
  ];
  bridge.answers['portfolio.reorder'] = () => {
    items = [items[1], items[0], items[2]].filter((each) => each !== undefined);
    return items[1];
  };
  render(Portfolio, { id: 'artist-0' });
  const user = userEvent.setup();
  (await screen.findByRole('button', { name: /^Open Fern/ })).focus();
  await user.keyboard('{Alt>}{ArrowRight}{/Alt}');
  // To the end of all, not in front of the first other: that one may stand anywhere among them.
  await waitFor(() => expect(bridge.last('portfolio.reorder')).toEqual({ item_id: 'f1', before_id: null }));
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Open Fern/));
  bridge.sent.length = 0;
  await user.keyboard('{Alt>}{ArrowRight}{/Alt}');
  await user.keyboard('{Enter}');
  const dialog = await screen.findByRole('dialog', { name: 'Fern' });
  expect(within(dialog).getByRole('button', { name: 'Move back' })).toHaveProperty('disabled', true);
  expect(within(dialog).getByRole('button', { name: 'Move forward' })).toHaveProperty('disabled', false);
  expect(bridge.last('portfolio.reorder')).toBeUndefined();
});

test('T124: what is featured comes first at once, with the focus, and goes back to its place', async () => {
  signIn('artist', 'artist-0', { 'portfolio.view': 'allow', 'portfolio.edit': 'own', 'portfolio.upload': 'own' });
  items = ['Fern', 'Koi', 'Moth', 'Wave'].map((title, n) => item(`p${n}`, 0, { title }));
  const inPlace = () => [...items].sort((a, b) => Number(b.featured) - Number(a.featured));
  const list = bridge.answers['portfolio.list'] as () => object;
  bridge.answers['portfolio.list'] = () => ({ ...list(), items: inPlace() });
  bridge.answers['portfolio.edit'] = ({ item_ids, featured }: { item_ids: string[]; featured: boolean }) => {
    items = items.map((each) => (item_ids.includes(each.id) ? { ...each, featured } : each));
    return items.filter((each) => item_ids.includes(each.id));
  };
  render(Portfolio, { id: 'artist-0' });
  const user = userEvent.setup();
  const order = () =>
    screen.getAllByRole('button', { name: /^Open / }).map((each) => /^Open (\w+)/.exec(each.ariaLabel ?? '')?.[1]);
  await user.click(await screen.findByRole('checkbox', { name: /^Pick Koi/ }));
  await user.click(screen.getByRole('checkbox', { name: /^Pick Wave/ }));
  await user.click(screen.getByRole('button', { name: 'Feature' }));
  await waitFor(() => expect(order()).toEqual(['Koi', 'Wave', 'Fern', 'Moth']));
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Open Koi/));
  // In a picture's own view as well: its buttons that move it know its new neighbours.
  await user.click(screen.getByRole('button', { name: /^Open Koi/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Koi' });
  await user.click(within(dialog).getByRole('checkbox', { name: /^Featured/ }));
  await waitFor(() =>
    expect([...document.querySelectorAll('[data-tile] button')].map((each) => each.ariaLabel?.split(',')[0])).toEqual([
      'Open Wave',
      'Open Fern',
      'Open Koi',
      'Open Moth',
    ]),
  );
});

test('a filter set after an upload holds for it; what comes in under it is seen all the same', async () => {
  signIn('admin', null, { 'portfolio.view': 'allow', 'portfolio.edit': 'allow', 'portfolio.upload': 'allow' });
  let name = 'Early';
  bridge.answers['portfolio.add'] = () => item(name, 0, { title: name });
  bridge.answers['portfolio.list'] = ((list) => (asked: { style: string | null }) => ({
    ...list(),
    items: asked.style ? [] : items,
  }))(bridge.answers['portfolio.list'] as () => object);
  render(Portfolio, { id: 'artist-0' });
  const user = userEvent.setup();
  const mara = { id: 'artist-0', name: 'Mara Quill' };
  const narrow = async (box: RegExp, choice: string) => {
    await user.click(screen.getByRole('combobox', { name: box }));
    await user.click(await screen.findByRole('option', { name: choice }));
  };
  await screen.findByRole('button', { name: /^Open Fern/ });
  uploads.begin([new File(['x'], 'a.png')], mara);
  await screen.findByRole('button', { name: /^Open Early/ });
  await narrow(/^Style/, 'Fine line');
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Open / })).toBeNull());
  name = 'Late';
  uploads.begin([new File(['y'], 'b.png')], mara);
  await screen.findByRole('button', { name: /^Open Late/ });
  expect(screen.queryByRole('button', { name: /^Open Early/ })).toBeNull();
});

test('T122: from everybody’s page pictures go to the artist who is picked, and the question for whom closes', async () => {
  signIn('admin', null, { 'portfolio.view': 'allow', 'portfolio.edit': 'allow', 'portfolio.upload': 'allow' });
  bridge.answers['portfolio.add'] = () => item('p9', 1);
  const { container } = render(Portfolio, { id: 'all' });
  const user = userEvent.setup();
  const add = async () => {
    await user.click(await screen.findByRole('button', { name: /^Add pictures/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Whose work is it?' });
    await user.click(within(dialog).getByRole('combobox'));
    await user.click(await within(dialog).findByRole('option', { name: 'Dario Vance' }));
    return dialog;
  };
  await user.click(within(await add()).getByRole('button', { name: 'Choose pictures…' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const input = container.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) throw new Error('no place for files');
  await user.upload(input, new File(['x'], 'moth.png', { type: 'image/png' }));
  await waitFor(() => expect(bridge.last('portfolio.add')).toMatchObject({ artist_id: 'artist-1' }));
});

test('several are described at once; what is left empty is not sent', async () => {
  signIn('admin', null, { 'portfolio.view': 'allow', 'portfolio.edit': 'allow', 'portfolio.upload': 'allow' });
  bridge.answers['portfolio.edit'] = ({ item_ids }: { item_ids: string[] }) =>
    items.filter((each) => item_ids.includes(each.id));
  render(Portfolio, { id: null });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('checkbox', { name: /^Pick Fern/ }));
  await user.click(screen.getByRole('checkbox', { name: /^Pick Koi/ }));
  await user.click(screen.getByRole('button', { name: 'Describe…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Describe 2 pictures' });
  await user.type(within(dialog).getByLabelText('Body area'), 'Back');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(bridge.last('portfolio.edit')).toEqual({
      item_ids: ['p1', 'p2'],
      title: null,
      description: null,
      styles: null,
      body_area: 'Back',
      colour: null,
      stage: null,
    }),
  );
});

test('T127: a picture is tied to a visit of its client with its artist; without permission to none', async () => {
  signIn('artist', 'artist-0', { 'portfolio.view': 'allow', 'portfolio.edit': 'own', 'portfolio.upload': 'own' });
  const client = { id: 'c1', name: 'Joana Melo' };
  items = [
    item('p1', 0, { title: 'Fern', client, permission: 'given' }),
    item('p2', 0, { title: 'Koi', client, permission: 'missing', shown: false }),
  ];
  bridge.answers['clients.open'] = () => ({
    visits: [
      card('v1', 'artist-0', 'Joana Melo', at(10), at(12), { status: 'completed' }),
      card('v2', 'artist-1', 'Joana Melo', at(13), at(14), { status: 'completed' }),
      card('v3', 'artist-0', 'Joana Melo', at(15), at(16), { status: 'cancelled' }),
    ],
  });
  bridge.answers['portfolio.edit'] = ({ appointment_id }: { appointment_id: string }) => [
    { ...items[0], appointment_id: appointment_id || null },
  ];
  render(Portfolio, { id: 'artist-0' });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: /^Open Fern/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Fern' });
  await user.click(await within(dialog).findByRole('combobox', { name: /^Visit it was done at/ }));
  const choices = await screen.findAllByRole('option');
  expect(choices.map((choice) => choice.textContent?.trim())).toHaveLength(2);
  await user.click(choices[1] as HTMLElement);
  await waitFor(() => expect(bridge.last('portfolio.edit')).toEqual({ item_ids: ['p1'], appointment_id: 'v1' }));
  await user.keyboard('{Escape}');
  await user.click(await screen.findByRole('button', { name: /^Open Koi/ }));
  await screen.findByRole('dialog', { name: 'Koi' });
  await waitFor(() => expect(bridge.sent.filter((call) => call.command === 'clients.open').length).toBeGreaterThan(1));
  expect(screen.queryByRole('combobox', { name: /^Visit it was done at/ })).toBeNull();
});

test('what somebody walked down to stays on the wall after a change, and no picture hangs there twice', async () => {
  signIn('admin', null, { 'portfolio.view': 'allow', 'portfolio.edit': 'allow', 'portfolio.upload': 'allow' });
  const titles = ['Fern', 'Koi', 'Moth', 'Wave', 'Rose'];
  items = titles.map((title, n) => item(`p${n}`, 0, { title }));
  const list = bridge.answers['portfolio.list'] as () => object;
  bridge.answers['portfolio.list'] = ({ skip }: { skip: number }) => ({
    ...list(),
    items: items.slice(skip, skip + 2),
  });
  bridge.answers['portfolio.edit'] = ({ item_ids }: { item_ids: string[] }) =>
    items.filter((each) => item_ids.includes(each.id));
  render(Portfolio, { id: null });
  const user = userEvent.setup();
  const wall = () =>
    screen.getAllByRole('button', { name: /^Open / }).map((each) => /^Open (\w+)/.exec(each.ariaLabel ?? '')?.[1]);
  await screen.findByRole('button', { name: /^Open Koi/ });
  // Meanwhile somebody else puts one in, before all of them.
  items = [item('p9', 0, { title: 'Crow' }), ...items];
  await user.click(screen.getByRole('button', { name: /^Show .*more/ }));
  await waitFor(() => expect(wall()).toEqual(['Fern', 'Koi', 'Moth']));
  await user.click(screen.getByRole('button', { name: /^Show .*more/ }));
  await waitFor(() => expect(wall()).toEqual(['Fern', 'Koi', 'Moth', 'Wave']));
  await user.click(screen.getByRole('checkbox', { name: /^Pick Wave/ }));
  await user.click(screen.getByRole('button', { name: 'Feature' }));
  await waitFor(() => expect(wall()).toEqual(['Crow', 'Fern', 'Koi', 'Moth']));
  await user.click(screen.getByRole('button', { name: /^Show .*more/ }));
  await waitFor(() => expect(wall()).toEqual(['Crow', 'Fern', 'Koi', 'Moth', 'Wave', 'Rose']));
});

test('what is removed comes back by undo', async () => {
  signIn('admin', null, { 'portfolio.view': 'allow', 'portfolio.edit': 'allow', 'portfolio.upload': 'allow' });
  const all = items;
  bridge.answers['portfolio.remove'] = ({ item_ids }: { item_ids: string[] }) => {
    items = all.filter((each) => !item_ids.includes(each.id));
    return [];
  };
  bridge.answers['portfolio.restore'] = () => {
    items = all;
    return [];
  };
  render(Toasts);
  render(Portfolio, { id: null });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('checkbox', { name: /^Pick Moth/ }));
  await user.click(screen.getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Open Moth/ })).toBeNull());
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await screen.findByRole('button', { name: /^Open Moth/ });
});

test('pictures that are pasted go to the artist whose page is open', async () => {
  signIn('admin', null, { 'portfolio.view': 'allow', 'portfolio.edit': 'allow', 'portfolio.upload': 'allow' });
  bridge.answers['portfolio.add'] = ({ artist_id }: { artist_id: string }) =>
    item('p9', Number(artist_id.at(-1)), { title: 'New' });
  render(Portfolio, { id: 'artist-1' });
  await screen.findByRole('button', { name: /^Open Moth/ });
  const paste = new Event('paste') as Event & { clipboardData: unknown };
  paste.clipboardData = { files: [new File(['x'], 'x.jpg', { type: 'image/jpeg' })] };
  window.dispatchEvent(paste);
  await screen.findByRole('button', { name: /^Open New/ });
  expect(bridge.last('portfolio.add')).toMatchObject({ artist_id: 'artist-1', base64: btoa('x') });
});

test('in the client’s view the artist’s name stands beside a long title, not in what is cut off of it', async () => {
  session.who = { ...whoami('artist', 'artist-0', { 'portfolio.view': 'allow' }), client_view: true };
  bridge.answers['portfolio.view'] = () => ({
    artists: [{ artist_id: 'artist-0', name: 'Mara Quill' }],
    pictures: [item('p1', 0, { title: 'Fern '.repeat(24).trim() }), item('p2', 0)],
  });
  render(ClientView);
  const [titled, untitled] = await screen.findAllByRole('button', { name: /^Open / });
  const texts = (tile?: HTMLElement) => [...(tile?.children ?? [])].map((each) => each.textContent).filter(Boolean);
  expect(texts(titled)).toEqual(['Fern '.repeat(24).trim(), 'Mara Quill']);
  expect(texts(untitled)).toEqual(['Mara Quill']);
});

test('the client’s view ends with the password and not before', async () => {
  session.who = { ...whoami('artist', 'artist-0', { 'portfolio.view': 'allow' }), client_view: true };
  bridge.answers['portfolio.view'] = () => ({
    artists: [
      { artist_id: 'artist-0', name: 'Mara Quill' },
      { artist_id: 'artist-1', name: 'Dario Vance' },
    ],
    pictures: items.filter((each) => each.shown),
  });
  bridge.answers['portfolio.end_view'] = refuse('bad_credentials', { tries_left: 3 });
  render(ClientView);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: /^Open Fern/ }));
  expect((await screen.findByRole('img')).getAttribute('src')).toBe('studio://portfolio.p1.full?v=p1v1');
  await user.keyboard('{ArrowRight}');
  await screen.findByText('Moth');
  await user.keyboard('{Escape}');
  await user.click(await screen.findByRole('button', { name: 'Dario Vance' }));
  expect(screen.queryByRole('button', { name: /^Open Fern/ })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Back to the desk' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText('Password'), 'guess{Enter}');
  await within(dialog).findByText('That is not the password. 3 tries left before a wait.');
  expect(session.who?.client_view).toBe(true);
  bridge.answers['portfolio.end_view'] = () => whoami('artist', 'artist-0', { 'portfolio.view': 'allow' });
  await user.type(within(dialog).getByLabelText('Password'), 'Secret-1{Enter}');
  await waitFor(() => expect(session.who?.client_view).toBe(false));
  expect(bridge.last('portfolio.end_view')).toEqual({ password: 'Secret-1' });
});

test('a file that is no picture is not offered to be tried again; one that met a full disk is', async () => {
  signIn('artist', 'artist-0', { 'portfolio.view': 'allow', 'portfolio.edit': 'own', 'portfolio.upload': 'own' });
  const answers = [refuse('invalid', { field: 'base64', reason: 'not a picture' }), refuse('disk_full')];
  bridge.answers['portfolio.add'] = (args) => answers.shift()?.(args);
  render(Portfolio, { id: 'artist-0' });
  await screen.findByRole('button', { name: /^Open Fern/ });
  uploads.begin([new File(['x'], 'notes.png'), new File(['x'], 'moth.png')], { id: 'artist-0', name: 'Mara Quill' });
  await screen.findByRole('button', { name: 'Try again: moth.png' });
  expect(screen.queryByRole('button', { name: 'Try again: notes.png' })).toBeNull();
});
