import { fireEvent, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Client } from '../../../bindings';
import { session } from '../../door/session.svelte';
import { bridge } from '../../test-bridge';
import { at, card, openStudio, signIn } from '../../test-desk';
import ClientFile from './ClientFile.svelte';
import Duplicates from './Duplicates.svelte';
import EraseDialog from './EraseDialog.svelte';
import { ageOn, contactsHidden, isDate, nextVisit, sent, typedOf } from './form';
import { hasName, mapped, reportText, type Report } from './import';
import ImportPage from './ImportPage.svelte';
import { afterwards, rowsOf, type Preview } from './merge';
import MergeDialog from './MergeDialog.svelte';
import Overview from './Overview.svelte';
import { placeName, placeOf } from './place';

// Whole flows on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

function client(id: string, name: string, others: Partial<Client> = {}): Client {
  return {
    id,
    name,
    pronouns: null,
    phone: null,
    email: null,
    instagram: null,
    address: null,
    birth_date: null,
    emergency_name: null,
    emergency_phone: null,
    alerts: null,
    preferences: null,
    source: null,
    artist_id: null,
    archived: false,
    erased: false,
    state: 'new',
    last_visit_at: null,
    created_at: at(9),
    rev: 1,
    ...others,
  };
}

const joana = client('c1', 'Joana Melo', { phone: '55 1234', alerts: 'Nickel' });
const jo = client('c2', 'Jo Melo', { phone: '+52 55 1234', email: 'jo@example.org', alerts: 'Latex' });

beforeEach(() => {
  openStudio();
  signIn('admin', null, { 'clients.merge': 'allow', 'clients.delete': 'allow', 'clients.import': 'allow' });
  bridge.sent.length = 0;
  bridge.answers = {};
});

test('the address says whose file, which part of it, or which page', () => {
  expect(placeOf(null)).toEqual({ page: null, client: null, tab: 'overview' });
  expect(placeOf('c1')).toEqual({ page: null, client: 'c1', tab: 'overview' });
  expect(placeOf(placeName('c1', 'notes'))).toEqual({ page: null, client: 'c1', tab: 'notes' });
  expect(placeOf('c1.nonsense').tab).toBe('overview');
  expect(placeOf('import')).toEqual({ page: 'import', client: null, tab: 'overview' });
});

describe('the form', () => {
  test('what is emptied is sent as nothing, and contacts that are not shown are not sent at all (D03)', () => {
    const typed = { ...typedOf(joana), phone: ' ', alerts: ' Nickel, latex ' };
    expect(sent(typed, true)).toMatchObject({ name: 'Joana Melo', phone: null, alerts: 'Nickel, latex' });
    const hidden = sent(typed, false);
    expect(hidden).not.toHaveProperty('phone');
    expect(hidden).not.toHaveProperty('emergency_name');
    expect(hidden).toHaveProperty('source');
  });

  test('a day is a day of the calendar, and an age counts full years', () => {
    expect(isDate('1996-02-30')).toBe(false);
    expect(isDate('1996-02-29')).toBe(true);
    expect(ageOn('1996-11-21', '2026-11-20')).toBe(29);
    expect(ageOn('1996-11-20', '2026-11-20')).toBe(30);
  });

  test('only an artist whose switch is off is not shown contacts, and only while it lasts', () => {
    const off = { name: 'view_client_contacts' as const, on: false, until: at(12), reason: null };
    expect(contactsHidden(at(10))).toBe(false);
    signIn('artist', 'artist-0');
    expect(contactsHidden(at(10))).toBe(false);
    if (session.who) session.who = { ...session.who, switches: [off] };
    expect(contactsHidden(at(10))).toBe(true);
    expect(contactsHidden(at(13))).toBe(false);
  });

  test('the next visit is the first that is still expected', () => {
    const later = card('later', 'artist-0', 'Joana Melo', at(15), at(16));
    const sooner = card('sooner', 'artist-0', 'Joana Melo', at(11), at(12));
    const gone = card('gone', 'artist-0', 'Joana Melo', at(10, 30), at(11), { status: 'cancelled' });
    expect(nextVisit([later, gone, sooner], at(10))?.id).toBe('sooner');
    expect(nextVisit([gone], at(10))).toBeNull();
  });
});

test('where the switch hides contacts, one line says so and no empty rows stand in for them', () => {
  signIn('artist', 'artist-0', { 'clients.notes': 'own' });
  const off = { name: 'view_client_contacts' as const, on: false, until: null, reason: null };
  if (session.who) session.who = { ...session.who, switches: [off] };
  const file = {
    client: client('c1', 'Joana Melo'),
    visits: [],
    notes: [],
    spent: 0,
    sales: [],
    pictures: [],
    merged: [],
    image_use: null,
  };
  render(Overview, { file, visits: [], projects: [], artistName: () => '' });
  expect(screen.getByText(/not shown to you/)).toBeTruthy();
  expect(screen.queryByText('Phone')).toBeNull();
});

describe('merging (T094)', () => {
  const preview: Preview = {
    keep: joana,
    merge: jo,
    fields: [
      { field: 'name', keep: 'Joana Melo', merge: 'Jo Melo', outcome: 'differs' },
      { field: 'pronouns', keep: null, merge: null, outcome: 'same' },
      { field: 'email', keep: null, merge: 'jo@example.org', outcome: 'fills' },
      { field: 'alerts', keep: 'Nickel', merge: 'Latex', outcome: 'joined' },
    ],
    moves: [
      { what: 'appointments', count: 3 },
      { what: 'client_notes', count: 0 },
    ],
    sales: 1,
    papers: 2,
  };

  test('each field says what it becomes, and no alert is lost', () => {
    const [name, email, alerts] = rowsOf(preview);
    expect(rowsOf(preview)).toHaveLength(3);
    expect(name && afterwards(name, new Set())).toBe('Joana Melo');
    expect(name && afterwards(name, new Set(['name']))).toBe('Jo Melo');
    expect(email && afterwards(email, new Set())).toBe('jo@example.org');
    expect(alerts && afterwards(alerts, new Set())).toBe('Nickel\nLatex');
  });

  test('the dialog shows what moves, and sends what was picked', async () => {
    const user = userEvent.setup();
    const done = vi.fn();
    bridge.answers = { 'clients.merge_preview': () => preview, 'clients.merge': () => joana };
    render(MergeDialog, { keep: 'c1', merge: 'c2', onmerged: done, onunmerged: vi.fn(), onclose: vi.fn() });
    expect(await screen.findByText('3 visits')).toBeTruthy();
    expect(screen.getByText('1 sale counts along')).toBeTruthy();
    expect(screen.getByText('2 signed papers count along')).toBeTruthy();
    const row = within(screen.getByRole('row', { name: /^Name/ }));
    await user.click(row.getByRole('radio', { name: /Jo Melo/ }));
    await user.click(screen.getByRole('button', { name: 'Merge into Joana Melo' }));
    await vi.waitFor(() => expect(done).toHaveBeenCalledWith('c1'));
    expect(bridge.last('clients.merge')).toEqual({ keep_id: 'c1', merge_id: 'c2', take: ['name'] });
  });
});

test('a person is erased only after their name was typed, accents and case aside (P16)', async () => {
  const user = userEvent.setup();
  const done = vi.fn();
  bridge.answers['clients.erase'] = () => client('c1', 'Erased client 1234', { erased: true });
  render(EraseDialog, { client: client('c1', 'Inês Rocío'), onarchive: null, ondone: done, onclose: vi.fn() });
  await user.type(await screen.findByLabelText(/^Type/), 'Ines');
  await user.click(screen.getByRole('button', { name: 'Erase for good' }));
  expect(screen.getByText(/not the name/)).toBeTruthy();
  expect(bridge.last('clients.erase')).toBeUndefined();
  await user.type(screen.getByLabelText(/^Type/), ' rocio');
  await user.click(screen.getByRole('button', { name: 'Erase for good' }));
  await vi.waitFor(() => expect(done).toHaveBeenCalled());
  expect(bridge.last('clients.erase')).toEqual({ client_id: 'c1', name: 'Ines rocio' });
});

describe('importing', () => {
  const report: Report = {
    encoding: 'windows-1252',
    delimiter: ';',
    header: true,
    columns: [
      { name: 'Nombre', field: 'name', samples: ['Inês'] },
      { name: 'Tel', field: null, samples: ['55 1234'] },
    ],
    dates: 'day_first',
    dates_proof: 'unneeded',
    lines: 2,
    ready: 1,
    preview: [{ line: 2, client: { name: 'Inês' } }],
    refused_lines: 1,
    refused: [{ line: 3, field: 'birth_date', reason: 'not a day', cell: '=1+1, "x"' }],
    duplicate_lines: 0,
    possible_lines: 0,
    duplicates: [],
    left_out_lines: 1,
    remark_lines: 1,
    remarks: [{ line: 4, reason: 'totals', left_out: true, cell: 'Total' }],
    imported: 0,
  };

  test('one column becomes something else, the others stay', () => {
    expect(mapped(report, 1, 'phone')).toEqual(['name', 'phone']);
    expect(hasName(report)).toBe(true);
    expect(hasName({ ...report, columns: report.columns.slice(1) })).toBe(false);
  });

  test('the report names each line, and no cell of it runs as a formula', () => {
    const [, refused, left] = reportText(report).split('\r\n');
    expect(left).toBe('4,left out,,Adds the clients up: left out,Total');
    expect(refused).toBe('3,refused,Date of birth,Not a date,"\'=1+1, ""x"""');
  });

  test('a list is dropped on the empty page, and a line without a name says so', async () => {
    const refused = [{ line: 3, field: 'name' as const, reason: 'missing', cell: '' }];
    bridge.answers['clients.import_preview'] = () => ({ ...report, refused });
    render(ImportPage, { onimported: vi.fn() });
    const place = screen.getByRole('heading', { name: 'Drop the list here' });
    await fireEvent.drop(place, { dataTransfer: { files: [new File(['x'], 'clients.csv')] } });
    expect(await screen.findByText('The name is missing')).toBeTruthy();
    expect(screen.queryByText('Cannot be kept')).toBeNull();
  });

  test('nothing comes in while a line is refused; without one, the button says how many do', async () => {
    const user = userEvent.setup();
    const imported = vi.fn();
    bridge.answers['clients.import_preview'] = () => report;
    render(ImportPage, { onimported: imported });
    const file = new File([new Uint8Array([0x4e, 0xea])], 'clients.csv');
    await user.upload(screen.getByLabelText('Choose a file'), file);
    const blocked = await screen.findByRole<HTMLButtonElement>('button', { name: 'Import 1 client' });
    expect(blocked.disabled).toBe(true);
    expect(screen.getByText('semicolon')).toBeTruthy();
    expect(screen.getByText('Not a date')).toBeTruthy();
    expect(screen.getByText('1 line left out')).toBeTruthy();
    expect(screen.getByText('Adds the clients up: left out')).toBeTruthy();
    expect(bridge.last('clients.import_preview')).toMatchObject({ base64: 'Tuo=', mapping: null });

    const clean = { ...report, refused_lines: 0, refused: [] };
    bridge.answers['clients.import_preview'] = () => clean;
    bridge.answers['clients.import'] = () => ({ ...clean, imported: 1 });
    await user.upload(screen.getByLabelText('Choose a file'), file);
    await vi.waitFor(() =>
      expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Import 1 client' }).disabled).toBe(false),
    );
    await user.click(screen.getByRole('button', { name: 'Import 1 client' }));
    expect(await screen.findByText('1 client came in.')).toBeTruthy();
    expect(imported).toHaveBeenCalled();
    // The button is gone with its page: what it did has the focus.
    expect(document.activeElement?.textContent.trim()).toMatch(/^1 client/);
  });
});

describe('papers and pictures in the file', () => {
  const signed = {
    id: 'k1',
    client_id: 'c1',
    client_name: 'Joana Melo',
    appointment_id: 'a1',
    template_name: 'Pictures',
    kind: 'image' as const,
    title: 'Pictures of your piece',
    version_number: 2,
    at: at(12),
    signer: 'Rosa Melo',
    guardian: { name: 'Rosa Melo', relation: 'Mother' },
    method: 'drawn' as const,
    image_use: true,
    text_hash: 'abc',
    by: 'Lena Sommer',
    intact: true,
    withdrawn_at: null as number | null,
  };
  const paper = {
    consent: signed,
    text: 'May we?\n\n- on walls',
    answers: [{ text: 'Nickel?', yes: true, answer: null, alert: 'Nickel allergy' }],
    signature: { width: 100, height: 30, strokes: [[{ x: 1, y: 1, t: 0 }]] },
  };

  function file(others: Record<string, unknown> = {}) {
    return {
      client: client('c1', 'Joana Melo', { birth_date: '2010-05-03' }),
      visits: [],
      notes: [],
      spent: 0,
      sales: [
        { sale_id: 's1', receipt: 7, kind: 'refund' as const, at: at(12), total: -5_000, reason: 'Broken on the way' },
      ],
      pictures: [],
      merged: [],
      image_use: true,
      ...others,
    };
  }

  beforeEach(() => {
    bridge.answers = {
      'clients.open': () => file(),
      'consent.list': () => [signed],
      'consent.open': () => paper,
      'agenda.list': () => ({ artists: [], cards: [], blocks: [] }),
      'pictures.list': () => [],
    };
  });

  test('a minor, their guardian and the permission for pictures stand beside the name', async () => {
    signIn('assistant', null, { 'clients.consent': 'allow', 'agenda.view': 'deny' });
    render(ClientFile, { id: 'c1', tab: 'consents', onchanged: vi.fn() });
    expect(await screen.findByText(/^Minor, 1\d years old$/)).toBeTruthy();
    expect((await screen.findAllByText('Rosa Melo (Mother)')).length).toBeGreaterThan(1);
    expect(screen.getByText('Pictures may be shown')).toBeTruthy();
  });

  test('a signed paper is read as it was, saved as a file, and its permission taken back', async () => {
    const user = userEvent.setup();
    signIn('assistant', null, { 'clients.consent': 'allow', 'agenda.view': 'deny' });
    bridge.answers['consent.paper'] = () => ({ name: 'consent.pdf', base64: 'JVBERi0=' });
    bridge.answers['save'] = () => '/home/lena/consent.pdf';
    bridge.answers['consent.withdraw'] = () => ({ ...signed, withdrawn_at: at(13) });
    render(ClientFile, { id: 'c1', tab: 'consents', onchanged: vi.fn() });
    await user.click(await screen.findByRole('row', { name: /^Pictures of your piece/ }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Pictures of your piece' }));
    expect(await dialog.findByText('May we?')).toBeTruthy();
    expect(dialog.getByText('Nickel allergy')).toBeTruthy();
    expect(dialog.getByRole('img', { name: 'Signature of Rosa Melo' })).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: 'Save as PDF' }));
    await vi.waitFor(() =>
      expect(bridge.last('save')).toEqual({ name: 'consent.pdf', content: { base64: 'JVBERi0=' } }),
    );
    await user.click(dialog.getByRole('button', { name: 'Take back' }));
    await user.click(await screen.findByRole('button', { name: /^Take it back/ }));
    await vi.waitFor(() => expect(bridge.last('consent.withdraw')).toEqual({ consent_id: 'k1', reason: null }));
  });

  test('a paper that is no longer what was signed says so', async () => {
    const user = userEvent.setup();
    signIn('admin', null, { 'clients.consent': 'allow', 'agenda.view': 'deny' });
    const broken = { ...signed, intact: false };
    bridge.answers['consent.list'] = () => [broken];
    bridge.answers['consent.open'] = () => ({ ...paper, consent: broken });
    render(ClientFile, { id: 'c1', tab: 'consents', onchanged: vi.fn() });
    await user.click(await screen.findByText('Changed since'));
    expect((await screen.findByRole('alert')).textContent).toContain('not what was signed');
  });

  test('an artist who never had them here has no papers to look at (T023)', async () => {
    signIn('artist', 'artist-0', { 'clients.consent': 'own', 'agenda.view': 'deny' });
    render(ClientFile, { id: 'c1', tab: 'consents', onchanged: vi.fn() });
    await screen.findByRole('link', { name: 'Overview' });
    expect(screen.queryByRole('link', { name: /^Consents/ })).toBeNull();
    expect(bridge.last('consent.open')).toBeUndefined();
  });

  test('an artist signs for own visits of today or ahead, never without one (T023)', async () => {
    const user = userEvent.setup();
    signIn('artist', 'artist-0', { 'clients.consent': 'own', 'agenda.view': 'deny' });
    const gone = card('gone', 'artist-0', 'Joana Melo', at(9), at(10), { status: 'completed' });
    bridge.answers['clients.open'] = () => file({ visits: [gone] });
    const { unmount } = render(ClientFile, { id: 'c1', tab: 'consents', onchanged: vi.fn() });
    await screen.findByRole('table', { name: 'Signed papers' });
    expect(screen.queryByRole('button', { name: 'Sign papers…' })).toBeNull();
    unmount();
    const later = Date.now() + 3_600_000;
    const ahead = card('ahead', 'artist-0', 'Joana Melo', later, later + 3_600_000);
    bridge.answers['clients.open'] = () => file({ visits: [gone, ahead] });
    bridge.answers['studio.services'] = () => [
      { id: 's1', name: 'Flash piece', kind: 'tattoo', minutes: 60, price: 1, active: true },
    ];
    bridge.answers['consent.needed'] = () => ({
      client_id: 'c1',
      client_name: 'Joana Melo',
      appointment_id: 'ahead',
      service_name: 'Flash piece',
      artist_name: 'Mara Quill',
      birth_date: '1996-04-23',
      papers: [],
    });
    render(ClientFile, { id: 'c1', tab: 'consents', onchanged: vi.fn() });
    await user.click(await screen.findByRole('button', { name: 'Sign papers…' }));
    expect(screen.queryByText(/^Without a visit/)).toBeNull();
    await user.click(await screen.findByRole('button', { name: 'Open the papers' }));
    await screen.findByText('There is nothing to sign for this visit.');
    expect(bridge.last('consent.needed')).toMatchObject({ appointment_id: 'ahead' });
  });

  test('receipts without a visit stand in the money tab', async () => {
    signIn('admin', null, { 'agenda.view': 'deny', 'reports.view_tx': 'allow' });
    render(ClientFile, { id: 'c1', tab: 'money', onchanged: vi.fn() });
    expect(await screen.findByRole('link', { name: 'Refund 7' })).toBeTruthy();
    expect(screen.getByText('Broken on the way')).toBeTruthy();
  });

  test('a project begins in the file', async () => {
    const user = userEvent.setup();
    signIn('admin');
    bridge.answers['projects.list'] = () => [];
    bridge.answers['agenda.list'] = () => ({
      artists: [{ artist_id: 'artist-0', name: 'Mara Quill', booked_minutes: 0, opens: 600, closes: 1200 }],
      cards: [],
      blocks: [],
    });
    bridge.answers['projects.start'] = () => ({ title: 'Forearm' });
    render(ClientFile, { id: 'c1', tab: 'projects', onchanged: vi.fn() });
    await user.click(await screen.findByRole('button', { name: 'Start a project…' }));
    const start = await screen.findByRole('button', { name: 'Start it' });
    await vi.waitFor(() => expect(start).toHaveProperty('disabled', false));
    await user.click(start);
    expect(screen.getByText('Say in a few words what it is.')).toBeTruthy();
    await user.type(screen.getByLabelText('What it is'), 'Forearm');
    await user.click(start);
    await vi.waitFor(() =>
      expect(bridge.last('projects.start')).toEqual({
        client_id: 'c1',
        artist_id: 'artist-0',
        title: 'Forearm',
        placement: null,
        idea: null,
        planned: 3,
      }),
    );
  });
});

test('two people who look alike are said to be two, once', async () => {
  const user = userEvent.setup();
  bridge.answers['clients.duplicates'] = () => [{ first: joana, second: jo, because: ['phone'] }];
  bridge.answers['clients.not_same'] = () => [];
  render(Duplicates, { onchanged: vi.fn() });
  await user.click(await screen.findByRole('button', { name: 'Different people' }));
  await screen.findByText('Nobody looks like a duplicate.');
  expect(bridge.last('clients.not_same')).toEqual({ client_id: 'c1', other_id: 'c2' });
});
