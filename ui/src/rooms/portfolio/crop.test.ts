// Cropping with the door faked: which part is sent in the picture's own pixels, by keys too, and the way back.

import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PortfolioCrop, PortfolioItem } from '../../../bindings';
import Toasts from '../../parts/Toasts.svelte';
import { forgetToasts } from '../../parts/toasts.svelte';
import Shell from '../../shell/Shell.svelte';
import { bridge, refuse } from '../../test-bridge';
import { openStudio, portfolioItem, signIn } from '../../test-desk';
import { isWhole, partOf, reshaped, shapeOf, viewOf } from './crop';
import Portfolio from './Portfolio.svelte';
import { uploads } from './uploads.svelte';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../../test-bridge')).invoke,
  convertFileSrc: (path: string, scheme: string) => `${scheme}://${path}`,
}));

/** The picture is 2400 by 1800; on the screen a quarter of that. */
const whole = { width: 2400, height: 1800 };
const shown = { width: 600, height: 450 };

function cut(crop: PortfolioCrop | null): PortfolioItem {
  return portfolioItem('p1', 0, {
    title: 'Fern',
    width: crop?.width ?? whole.width,
    height: crop?.height ?? whole.height,
    crop,
    original_width: whole.width,
    original_height: whole.height,
    version: crop ? Object.values(crop).join('-') : 'whole',
  });
}

let item: PortfolioItem;

beforeEach(() => {
  openStudio();
  forgetToasts();
  uploads.forget();
  bridge.sent.length = 0;
  item = cut(null);
  bridge.answers = {
    'session.drafts': () => [],
    'portfolio.list': () => ({
      artists: [{ artist_id: 'artist-0', name: 'Mara Quill', active: true, pictures: 1 }],
      styles: [],
      body_areas: [],
      total: 1,
      items: [item],
    }),
    'portfolio.crop': ({ crop }: { crop: PortfolioCrop | null }) => (item = cut(crop)),
  };
  const box = { x: 0, y: 0, left: 0, top: 0, right: shown.width, bottom: shown.height, ...shown };
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(shown.width);
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue({ ...box, toJSON: () => box });
  // What has no place on the page takes no focus.
  vi.spyOn(Element.prototype, 'getClientRects').mockReturnValue([box] as never);
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(private tell: ResizeObserverCallback) {}
      observe(target: Element) {
        queueMicrotask(() => this.tell([{ target } as ResizeObserverEntry], this as never));
      }
      unobserve() {}
      disconnect() {}
    },
  );
  signIn('artist', 'artist-0', { 'portfolio.view': 'allow', 'portfolio.edit': 'own', 'portfolio.upload': 'own' });
});

afterEach(() => vi.unstubAllGlobals());

/** Opens the dialog on the picture, as large as it is and loaded. */
async function opened() {
  render(Toasts);
  render(Portfolio, { id: 'artist-0' });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: /^Open Fern/ }));
  return { user, ...(await cropping(user)) };
}

async function cropping(user: ReturnType<typeof userEvent.setup>) {
  const view = await screen.findByRole('dialog', { name: 'Fern' });
  await user.click(within(view).getByRole('button', { name: 'Crop…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Crop the picture' });
  const frame = await within(dialog).findByRole('slider', { name: 'The part that is shown' });
  const picture = dialog.querySelector('img') as HTMLImageElement;
  expect(picture.getAttribute('src')).toBe('studio://portfolio.p1.original');
  Object.defineProperties(picture, {
    complete: { value: true },
    naturalWidth: { value: whole.width },
    naturalHeight: { value: whole.height },
  });
  await fireEvent.load(picture);
  return { view, dialog, frame };
}

const said = (frame: HTMLElement, text: string) =>
  waitFor(() => expect(frame.getAttribute('aria-valuetext')).toBe(text));

test('T124: keys move and size the frame; what is sent is in the picture’s own pixels; Enter saves', async () => {
  const { user, view, frame } = await opened();
  await waitFor(() => expect(document.activeElement).toBe(frame));
  await said(frame, '2400 by 1800 pixels, 0 from the left, 0 from the top');
  for (let times = 0; times < 5; times++) await user.keyboard('{Alt>}{Shift>}{ArrowLeft}{/Shift}{/Alt}');
  await user.keyboard('{Alt>}{Shift>}{ArrowUp}{/Shift}{/Alt}');
  await said(frame, '2200 by 1760 pixels, 0 from the left, 0 from the top');
  await user.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}');
  await said(frame, '2200 by 1760 pixels, 8 from the left, 4 from the top');
  expect(bridge.last('portfolio.crop')).toBeUndefined();
  await user.keyboard('{Enter}');
  await waitFor(() =>
    expect(bridge.last('portfolio.crop')).toEqual({
      item_id: 'p1',
      crop: { x: 8, y: 4, width: 2200, height: 1760 },
    }),
  );
  // It shows at once, under another address: the engine keeps pictures by theirs.
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Crop the picture' })).toBeNull());
  const large = within(view).getByRole('img');
  expect([large.getAttribute('src'), large.getAttribute('width')]).toEqual([
    'studio://portfolio.p1.full?v=8-4-2200-1760',
    '2200',
  ]);
  const tile = document.querySelector('[data-tile] img');
  expect(tile?.getAttribute('src')).toBe('studio://portfolio.p1.thumb?v=8-4-2200-1760');
  // And is taken back where it is told.
  await user.click(await screen.findByText('Undo'));
  await waitFor(() => expect(bridge.last('portfolio.crop')).toEqual({ item_id: 'p1', crop: null }));
  await waitFor(() => expect(large.getAttribute('src')).toBe('studio://portfolio.p1.full?v=whole'));
});

test('the undo key takes back the crop and no field, until one is typed into again', async () => {
  Object.assign(bridge.answers, {
    'portfolio.edit': ({ body_area }: { body_area: string }) => [(item = { ...item, body_area })],
    'till.state': () => ({ session: null }),
    'notices.list': () => ({ items: [], unread: 0 }),
  });
  location.hash = '#/portfolio/artist-0';
  render(Toasts);
  render(Shell);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: /^Open Fern/ }));
  const area = within(await screen.findByRole('dialog', { name: 'Fern' })).getByLabelText(/^Body area/);
  await user.type(area, 'Back');
  await user.tab();
  await waitFor(() => expect(bridge.last('portfolio.edit')).toMatchObject({ body_area: 'Back' }));
  const crop = async () => {
    const { dialog, frame } = await cropping(user);
    await user.click(within(dialog).getByText('Square'));
    await said(frame, '1800 by 1800 pixels, 300 from the left, 0 from the top');
    await user.click(within(dialog).getByRole('button', { name: /^Save/ }));
    await waitFor(() => expect(bridge.last('portfolio.crop')?.crop).not.toBeNull());
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Crop the picture' })).toBeNull());
  };
  const key = () => {
    const event = new KeyboardEvent('keydown', {
      key: 'z',
      code: 'KeyZ',
      ctrlKey: true,
      bubbles: true,
      cancelable: true,
    });
    document.activeElement?.dispatchEvent(event);
    return event.defaultPrevented;
  };
  await crop();
  // A dialog that opened since is not changed underneath.
  const { frame } = await cropping(user);
  await waitFor(() => expect(document.activeElement).toBe(frame));
  expect(key()).toBe(true);
  expect(bridge.last('portfolio.crop')?.crop).not.toBeNull();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(document.activeElement?.textContent).toMatch('Crop…'));
  // The engine’s own undo would empty the field.
  expect(key()).toBe(true);
  await waitFor(() => expect(bridge.last('portfolio.crop')).toEqual({ item_id: 'p1', crop: null }));
  // Nothing is left to take back, and still no field that has not the focus is changed.
  expect(key()).toBe(true);

  await crop();
  area.focus();
  await user.type(area, 's');
  expect(key()).toBe(false);
  expect(bridge.last('portfolio.crop')?.crop).not.toBeNull();
  within(screen.getByRole('dialog', { name: 'Fern' }))
    .getByLabelText(/^Description/)
    .focus();
  expect(key()).toBe(true);
  await waitFor(() => expect(bridge.last('portfolio.crop')).toEqual({ item_id: 'p1', crop: null }));
});

test('a form keeps its sides while keys size it, and the picture underneath does not turn', async () => {
  const { user, dialog, frame } = await opened();
  await said(frame, '2400 by 1800 pixels, 0 from the left, 0 from the top');
  await user.click(within(dialog).getByText('Square'));
  await said(frame, '1800 by 1800 pixels, 300 from the left, 0 from the top');
  frame.focus();
  await user.keyboard('{Alt>}{Shift>}{ArrowLeft}{/Shift}{/Alt}');
  await said(frame, '1760 by 1760 pixels, 300 from the left, 20 from the top');
  await user.click(within(dialog).getByText('4:5'));
  await waitFor(() => expect(frame.getAttribute('aria-valuetext')).toMatch(/^1440 by 1800 pixels/));
  await user.click(within(dialog).getByRole('button', { name: /^Save/ }));
  await waitFor(() => expect(bridge.last('portfolio.crop')).toBeDefined());
  const { crop } = bridge.last('portfolio.crop') as { crop: PortfolioCrop };
  expect([crop.width, crop.height, crop.y]).toEqual([1440, 1800, 0]);
});

test('a narrow part is as large in another form, around the same middle', async () => {
  item = cut({ x: 1000, y: 100, width: 400, height: 1600 });
  const { user, dialog, frame } = await opened();
  await said(frame, '400 by 1600 pixels, 1000 from the left, 100 from the top');
  await user.click(within(dialog).getByText('Square'));
  await said(frame, '800 by 800 pixels, 800 from the left, 500 from the top');
});

test('the whole picture comes back by its button; a refusal stays in sight, and Escape leaves', async () => {
  item = cut({ x: 400, y: 200, width: 1200, height: 1200 });
  const { user, dialog, frame } = await opened();
  await said(frame, '1200 by 1200 pixels, 400 from the left, 200 from the top');
  expect(within(dialog).getByRole<HTMLInputElement>('radio', { name: 'Square' }).checked).toBe(true);
  const works = bridge.answers['portfolio.crop'];
  bridge.answers['portfolio.crop'] = refuse('damaged', { reason: 'picture' });
  await user.click(within(dialog).getByRole('button', { name: 'Whole picture' }));
  await within(dialog).findByRole('alert');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Crop the picture' })).toBeNull());
  expect(item.crop?.width).toBe(1200);
  if (works) bridge.answers['portfolio.crop'] = works;
  const again = await cropping(user);
  await user.click(within(again.dialog).getByRole('button', { name: 'Whole picture' }));
  await waitFor(() => expect(bridge.last('portfolio.crop')).toEqual({ item_id: 'p1', crop: null }));
  await screen.findByText('The whole picture is shown again.');
  await user.click(await screen.findByText('Undo'));
  await waitFor(() =>
    expect(bridge.last('portfolio.crop')).toEqual({
      item_id: 'p1',
      crop: { x: 400, y: 200, width: 1200, height: 1200 },
    }),
  );
});

test('T034: who may not edit a picture is offered no crop', async () => {
  signIn('assistant', null, { 'portfolio.view': 'allow' });
  render(Portfolio, { id: 'all' });
  await userEvent.click(await screen.findByRole('button', { name: /^Open Fern/ }));
  await screen.findByRole('dialog', { name: 'Fern' });
  expect(screen.queryByRole('button', { name: 'Crop…' })).toBeNull();
});

test('a part lies in the picture and is not smaller than what is cut, however it was drawn', () => {
  const odd = { width: 2999, height: 1777 };
  const narrow = { width: 611.5, height: 362.25 };
  for (let at = 0; at < 500; at++) {
    const [x, y] = [(at * 37) % narrow.width, (at * 53) % narrow.height];
    const view = { x, y, width: Math.min(narrow.width - x, at / 3), height: Math.min(narrow.height - y, at / 5) };
    for (const ratio of [undefined, 1, 4 / 5]) {
      const part = partOf(view, narrow, odd, ratio);
      expect(Object.values(part).every(Number.isInteger)).toBe(true);
      expect(Math.min(part.x, part.y)).toBeGreaterThanOrEqual(0);
      expect(Math.min(part.width, part.height)).toBeGreaterThanOrEqual(64);
      expect(part.x + part.width).toBeLessThanOrEqual(odd.width);
      expect(part.y + part.height).toBeLessThanOrEqual(odd.height);
    }
  }
  const all = { x: 0, y: 0, ...odd };
  expect(partOf(viewOf(all, narrow, odd), narrow, odd, undefined)).toEqual(all);
  expect(isWhole(all, odd)).toBe(true);
  // A picture smaller than that is kept whole on that side.
  const strip = { width: 300, height: 40 };
  expect(partOf({ x: 0, y: 0, width: 1, height: 1 }, strip, strip, undefined)).toEqual({
    x: 0,
    y: 0,
    width: 64,
    height: 40,
  });
  expect(shapeOf(null)).toBe('free');
  expect(shapeOf({ x: 0, y: 0, width: 801, height: 1001 })).toBe('tall');
  const square = reshaped({ x: 2300, y: 0, width: 100, height: 400 }, 1, whole);
  expect(square).toEqual({ x: 2200, y: 100, width: 200, height: 200 });
});
