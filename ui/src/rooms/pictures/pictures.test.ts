// Pictures with the door faked: added one after the other, looked at by keys, taken away and back.

import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Picture } from '../../../bindings';
import Toasts from '../../parts/Toasts.svelte';
import { forgetToasts } from '../../parts/toasts.svelte';
import { bridge, refuse } from '../../test-bridge';
import { at, openStudio, signIn } from '../../test-desk';
import PictureStrip from './PictureStrip.svelte';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../../test-bridge')).invoke,
  convertFileSrc: (path: string, scheme: string) => `${scheme}://${path}`,
}));

function picture(id: string, more: Partial<Picture> = {}): Picture {
  return {
    id,
    appointment_id: 'c1',
    client_id: 'client-c1',
    artist_id: 'artist-0',
    kind: 'result',
    title: null,
    width: 1200,
    height: 900,
    added_at: at(15),
    by: 'Mara Quill',
    in_portfolio: false,
    ...more,
  };
}

beforeEach(() => {
  openStudio();
  signIn('assistant');
  forgetToasts();
  bridge.sent.length = 0;
  bridge.answers = { 'pictures.list': () => [picture('p1', { title: 'Forearm' }), picture('p2', { title: 'Back' })] };
});

test('several are added one after the other; what Rust refuses is named with the reason', async () => {
  bridge.answers['pictures.add'] = (args: { base64: string }) => {
    if (args.base64 === btoa('no picture'))
      return refuse('invalid', { field: 'base64', reason: 'not a picture' })(args as never);
    return picture('p3');
  };
  const onadded = vi.fn();
  render(PictureStrip, { appointmentId: 'c1', add: true, onadded });
  await screen.findByRole('button', { name: /^Open Forearm/ });
  await userEvent
    .setup()
    .upload(screen.getByLabelText('Add pictures', { selector: 'input' }), [
      new File(['picture'], 'a.jpg', { type: 'image/jpeg' }),
      new File(['no picture'], 'b.png', { type: 'image/png' }),
    ]);
  const why = await screen.findByRole('alert');
  expect(why.textContent).toContain('b.png: not a picture');
  await waitFor(() => expect(onadded).toHaveBeenCalledWith(1));
  expect(bridge.sent.find((call) => call.command === 'pictures.add')?.args).toMatchObject({
    appointment_id: 'c1',
    kind: 'result',
    base64: btoa('picture'),
  });
  expect(screen.getAllByRole('button', { name: /^Open / })).toHaveLength(3);
});

test('the large view turns by arrow keys and leaves by Escape', async () => {
  render(PictureStrip, { clientId: 'client-c1' });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: /^Open Forearm/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Forearm' });
  expect(within(dialog).getByRole('img').getAttribute('src')).toBe('studio://p1.full');
  await user.keyboard('{ArrowRight}');
  await screen.findByRole('dialog', { name: 'Back' });
  await user.keyboard('{ArrowRight}');
  await screen.findByRole('dialog', { name: 'Forearm' });
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(screen.queryByRole('button', { name: 'Add pictures' })).toBeNull();
});

test('a title is changed in place; a removed picture comes back by undo', async () => {
  bridge.answers['pictures.edit'] = ({ title }: { title: string }) => picture('p1', { title });
  bridge.answers['pictures.remove'] = () => picture('p1');
  bridge.answers['pictures.restore'] = () => picture('p1', { title: 'Left forearm' });
  render(Toasts);
  render(PictureStrip, { clientId: 'client-c1', add: true });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: /^Open Forearm/ }));
  const field = await screen.findByRole('textbox', { name: /^Title/ });
  await user.clear(field);
  await user.type(field, 'Left forearm');
  await fireEvent.blur(field);
  await waitFor(() => expect(bridge.last('pictures.edit')).toEqual({ picture_id: 'p1', title: 'Left forearm' }));
  await user.click(screen.getByRole('button', { name: 'Remove' }));
  await screen.findByRole('dialog', { name: 'Back' });
  await user.keyboard('{Escape}');
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await screen.findByRole('button', { name: /^Open Left forearm/ });
});
