import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { studio } from '../../door/studio.svelte';
import { bridge, refuse } from '../../test-bridge';
import { openStudio, signIn } from '../../test-desk';
import Receipts from '../settings/Receipts.svelte';
import HandOut from './HandOut.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

const handed = { copy: false, copies: 0, file: null, letter: null };
const page = createRawSnippet<[boolean]>(() => ({ render: () => '<p>the paper</p>' }));

function plugIn() {
  const settings = studio.settings;
  if (settings) settings.printer_host = '192.168.1.50';
}

beforeEach(() => {
  openStudio();
  signIn('assistant');
  bridge.sent.length = 0;
  bridge.answers = {
    'till.print': () => handed,
    print_page: () => null,
    save: () => '/home/lena/receipt-7.pdf',
    open_link: () => null,
  };
});

test('without a receipt printer a receipt goes through the print dialog, marked as what it is', async () => {
  bridge.answers['till.print'] = () => ({ ...handed, copy: true, copies: 1 });
  const user = userEvent.setup();
  const oncopy = vi.fn();
  render(HandOut, { what: { receipt: 7 }, page, oncopy });
  await user.click(screen.getByRole('button', { name: 'Print' }));
  await vi.waitFor(() => expect(oncopy).toHaveBeenCalledWith(true));
  await vi.waitFor(() => expect(bridge.sent.map((call) => call.command)).toEqual(['till.print', 'print_page']));
  expect(bridge.last('till.print')).toEqual({ receipt: 7, way: 'page' });
});

test('a printer that fails says why, and the same is tried again or goes on a sheet', async () => {
  plugIn();
  bridge.answers['till.print'] = refuse('conflict', { reason: 'printer_paper' });
  const user = userEvent.setup();
  render(HandOut, { what: { receipt: 7 }, page });
  await user.click(screen.getByRole('button', { name: 'Print' }));
  expect((await screen.findByRole('alert')).textContent).toMatch(/out of paper/);
  bridge.answers['till.print'] = () => handed;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('It is printed.');
  expect(bridge.sent.map((call) => call.args)).toEqual([
    { receipt: 7, way: 'printer' },
    { receipt: 7, way: 'printer' },
  ]);
});

test('a document is saved and says where; a mail opens with its text', async () => {
  const file = { name: 'receipt-7.pdf', base64: 'JVBERi0=' };
  const letter = { to: 'jo@example.org', subject: 'Casa Tinta: Receipt 7', text: 'Total: $1.00' };
  const user = userEvent.setup();
  render(HandOut, { what: { receipt: 7 }, page });
  bridge.answers['till.print'] = () => ({ ...handed, file });
  await user.click(screen.getByRole('button', { name: 'PDF' }));
  await screen.findByText('Saved: /home/lena/receipt-7.pdf');
  expect(bridge.last('save')).toEqual({ name: 'receipt-7.pdf', content: { base64: 'JVBERi0=' } });
  bridge.answers['till.print'] = () => ({ ...handed, letter });
  await user.click(screen.getByRole('button', { name: 'Mail' }));
  await screen.findByText(/The mail is ready/);
  expect(bridge.last('open_link')).toEqual({
    url: 'mailto:jo%40example.org?subject=Casa%20Tinta%3A%20Receipt%207&body=Total%3A%20%241.00',
  });
});

test('the printer is tried before it is kept, and the preview is drawn for its paper', async () => {
  signIn('admin', null, { 'security.settings': 'allow' });
  bridge.answers['printing.preview'] = () => [{ text: 'Casa Tinta', weight: 'strong' }];
  bridge.answers['printing.test'] = refuse('conflict', { reason: 'printer_refused' });
  const user = userEvent.setup();
  render(Receipts);
  await screen.findByText('Casa Tinta');
  await user.type(screen.getByRole('textbox', { name: /Address/ }), '192.168.1.50');
  await user.click(screen.getByRole('radio', { name: '32 (58 mm)' }));
  await vi.waitFor(() => expect(bridge.last('printing.preview')).toMatchObject({ columns: 32, letters: 'pc858' }));
  await user.click(screen.getByRole('button', { name: 'Test print' }));
  expect((await screen.findByRole('alert')).textContent).toMatch(/takes no print jobs/);
  expect(bridge.last('printing.test')).toEqual({ host: '192.168.1.50', port: 9100, columns: 32, letters: 'pc858' });
  bridge.answers['security.settings'] = () => studio.settings;
  bridge.answers['desk.status'] = () => studio.status;
  const [, save] = screen.getAllByRole('button', { name: 'Save' });
  if (!save) throw new Error('the printer has no button to save it');
  await user.click(save);
  await vi.waitFor(() =>
    expect(bridge.last('security.settings')).toMatchObject({ printer_host: '192.168.1.50', printer_columns: 32 }),
  );
});
