// A day is picked by keys alone, in this month or another.

import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openStudio, signIn } from '../test-desk';
import DayInput from './DayInput.svelte';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../test-bridge')).invoke,
}));

beforeEach(() => {
  openStudio();
  signIn('admin', null, {});
  vi.spyOn(Element.prototype, 'getClientRects').mockReturnValue([new DOMRect(0, 0, 9, 9)] as unknown as DOMRectList);
});

afterEach(() => vi.restoreAllMocks());

test('2.1.1: the keys begin at the day and go on in another month and another year', async () => {
  const onpick = vi.fn();
  render(DayInput, { day: '2026-11-24', none: 'No date', onpick });
  const user = userEvent.setup();
  await user.click(screen.getByRole('button'));
  const stands = (name: RegExp) =>
    waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toMatch(name));
  await stands(/24/);
  await user.keyboard('{ArrowDown}');
  await stands(/Dec/);
  await user.keyboard('{PageDown}');
  await stands(/Jan/);
  await user.keyboard('{Shift>}{PageDown}{/Shift}');
  await stands(/2028|Jan/);
  await user.keyboard('{Enter}');
  expect(onpick).toHaveBeenCalledWith('2028-01-01');
});

test('no day stands there as if it were picked', async () => {
  render(DayInput, { day: '', none: 'No date' });
  await userEvent.setup().click(screen.getByRole('button'));
  await waitFor(() => expect(document.querySelector('.days [tabindex="0"]')).toBeTruthy());
  expect(document.querySelector('[aria-current="date"]')).toBeNull();
});
