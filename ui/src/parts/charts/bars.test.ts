import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import Bars from './Bars.svelte';

const points = ['Mon', 'Tue', 'Wed'].map((name, at) => ({ label: name, name, value: at * 100, before: null }));

test('the bars are walked with the arrow keys, read aloud, and opened with Enter', async () => {
  const user = userEvent.setup();
  const onopen = vi.fn();
  render(Bars, { title: 'Takings', points, format: String, names: { row: 'Day', value: 'Now' }, onopen });
  await user.tab();
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole('group', { name: 'Takings' }));
  await user.keyboard('{ArrowRight}{ArrowRight}');
  expect(screen.getByText('Wed: 200')).toBeTruthy();
  await user.keyboard('{Enter}');
  expect(onopen).toHaveBeenCalledWith(2);
});
