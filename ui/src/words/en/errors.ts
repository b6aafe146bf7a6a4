// One sentence or two for each code Rust can answer with: what failed, and what to do next.

import type { Code } from '../../../bindings';
import type { Failure } from '../../door/failure';

const fields: Record<string, string> = {
  name: 'the name',
  username: 'the user name',
  password: 'the password',
  phone: 'the phone number',
  email: 'the e-mail address',
  start: 'the start',
  end: 'the end',
  minutes: 'the length',
  note: 'the note',
  reason: 'the reason',
  amount: 'the amount',
  price: 'the price',
  client: 'the client',
  artist: 'the artist',
  report: 'the report',
  service: 'the service',
  day: 'the day',
  code: 'the code',
  float: 'the float',
  float_left: 'the float to leave',
  counts: 'the count',
  quantity: 'the quantity',
  unit_price: 'the price',
  unit_cost: 'the cost',
  discount: 'the discount',
  tenders: 'the payment',
  given: 'the sum given',
  tips: 'the tip',
  lines: 'the lines',
  artist_id: 'the artist',
  service_id: 'the service',
  client_id: 'the client',
  currency: 'the currency',
  zone: 'the time zone',
  locale: 'how figures and dates are written',
  week_start: 'the first day of the week',
  tax_bp: 'the tax',
  deposits: 'the deposits',
  deposit: 'the deposit',
  cash_rounding: 'the rounding of cash',
  deposit_cancel_hours: 'the hours for a late cancellation',
  elevation_minutes: 'how long the code opens',
  idle_minutes: 'when an idle desk locks',
  rotation_days: 'when a rotation is due',
  receipt_note: 'the note on receipts',
  printer_host: 'the printer’s address',
  printer_port: 'the printer’s port',
  printer_columns: 'the width of the paper',
  host: 'the printer’s address',
  port: 'the printer’s port',
  columns: 'the width of the paper',
  hours: 'the opening hours',
  artists: 'the artists',
  source: 'the database',
  studio: 'the studio',
  folder: 'the folder',
  base_bp: 'the base share',
  rates: 'the rates',
  'mentor.bp': 'the mentor’s part',
  'mentor.artist_id': 'the mentor',
  bp: 'the share',
  commission_bp: 'the share',
  until: 'the end',
  new_password: 'the new password',
  recovery_code: 'the recovery code',
  new: 'the new password',
  pin: 'the PIN',
  room: 'the unfinished work',
  barcode: 'the barcode',
  target: 'the level to order up to',
  supplier: 'the supplier',
  expires: 'the date',
  lot: 'the lot number',
  lot_id: 'the lot',
  number: 'the lot number',
  supplies: 'what was used',
  on_hand: 'what is on the shelf',
  minimum: 'the minimum',
  counted: 'the count',
  sku: 'the code',
  category: 'the category',
  unit: 'the unit',
  body: 'the note',
  text: 'the search',
  starts_at: 'the start',
  ends_at: 'the end',
  value: 'a coin or note',
  to: 'the last day',
  status: 'the state',
  days: 'the days',
  appointment_id: 'the visit',
  line_id: 'the line',
  weights: 'the amounts',
  time: 'the time',
  base64: 'the file',
  description: 'the description',
  styles: 'the styles',
  body_area: 'the body area',
  picture_id: 'the picture',
  item_id: 'the item',
  item_ids: 'the pictures',
  crop: 'the part to show',
  before_id: 'the place',
  mapping: 'the columns',
  emergency_phone: 'the emergency phone',
  emergency_name: 'the emergency contact',
  address: 'the address',
  birth_date: 'the birth date',
  signer_name: 'the name of who signs',
  signature: 'the signature',
  answers: 'the answers',
  question_id: 'the answers',
  yes: 'the answers',
  guardian: 'who signs for a minor',
  image_use: 'the answer about pictures',
  version_id: 'the paper',
  title: 'the title',
  questions: 'the questions',
  alert: 'the alert',
  required: 'whether it is required',
  valid_days: 'how long it is good for',
  service_ids: 'the services',
  guardian_below: 'the age for a guardian',
  minimum_age: 'the minimum age',
  consent_years: 'how long consents are kept',
};

const reasons: Record<string, string> = {
  supply_undone: 'This was already taken back.',
  barcode_taken: 'Another item already has this barcode. A scanner must find one item, not two.',
  lot_expiry_differs: 'This lot is known with another date. Look at the label again, or correct the lot.',
  lot_taken: 'The item already has a lot with this number or date.',
  visit_did_not_happen: 'This visit did not happen, so nothing can be written down for it.',
  item_not_for_sessions: 'This item is not set up for visits. Tick “Written down at visits” on it first.',
  too_many_requests: 'Fifty of your requests still wait. Take some back first.',
  request_answered: 'This request was already answered. Look at it as it is now.',
  printer_none: 'This studio has no receipt printer yet. Set one up under Settings, Receipts.',
  printer_name:
    'No printer of that name is on the network. Check the name in Settings, Receipts, or write its address in numbers.',
  printer_silent:
    'Nobody answers at the printer’s address. Check that it is switched on and plugged into the network, and that the address is right.',
  printer_refused:
    'Something answers at that address, but takes no print jobs. Check the address and the port; most receipt printers use 9100.',
  printer_broke_off:
    'The connection to the printer broke off in the middle. Check its cable, tear off what came out, and try again.',
  printer_slow:
    'The printer took too long. See whether something came out before you try again; if not, switch it off and on.',
  printer_paper: 'The printer is out of paper. Put in a new roll, then try again.',
  printer_cover: 'The printer’s cover is open. Close it, then try again.',
  printer_fault: 'The printer reports a fault of its own. Look at its lamps, switch it off and on, then try again.',
  overlap: 'The artist already has a booking at that time. Pick another time or another artist.',
  time_off: 'The artist has that time off. Pick another time, or remove the time off first.',
  status: 'The booking has changed since you opened it. It shows its present state now; try again from there.',
  changed_meanwhile: 'Somebody changed this since you opened it. It shows what is true now; make your change again.',
  closed_appointment: 'This visit is over and can no longer be moved or changed.',
  visit_has_history:
    'This visit is paid or begun, or there are papers, notes, pictures or supplies of it, so it keeps its client. Book a new one for somebody else.',
  artist_busy: 'This artist still has somebody in the chair. Complete that visit first.',
  project_closed: 'This project is closed. Open it again first, or book without it.',
  tax_rate_inactive: 'This tax rate is no longer offered. Pick another one.',
  deposit_held: 'A deposit of this client is still held. Use it for a visit, keep it, or give it back first.',
  deposit_used: 'This deposit was used up already. Its receipt says where it went.',
  deposit_of_another: 'That visit belongs to another client. A deposit stays with the client who paid it.',
  deposit_elsewhere:
    'A deposit of one of the two is held for a visit of the other. Move the deposit back first, then split them.',
  visit_stands:
    'This visit still stands. A deposit can be kept once the visit was cancelled or the client did not come.',
  count_differs: 'The count is not what the drawer should hold. Count again, or say why and close it.',
  second_person:
    'The difference is above the studio’s limit. A second person, not the one who counts, must enter their password.',
  approver_took_part:
    'That person opened this drawer or moved cash in it. Somebody who had no hand in it must stand for the difference.',
  approver_temporary:
    'That person still has a one-time password. They sign in and choose their own first, or somebody else confirms.',
  drawer_yours: 'This drawer is yours already.',
  drawer_not_yours: 'This drawer is somebody else’s. They close it, or an owner or manager takes it over first.',
  name_taken: 'That name is already taken. Choose another one.',
  artist_archived: 'This artist no longer takes bookings. Pick another one.',
  artist_taken: 'This artist profile already belongs to another account. Pick another one.',
  client_archived: 'This client is archived. Bring the client back first, or pick another one.',
  client_merged: 'This client was merged into another one. Open that one, or take the merge back there first.',
  client_erased: 'This person was erased. Nothing about them can be changed or brought back.',
  not_merged: 'This client stands alone. There is no merge to take back.',
  merged_text_too_long: 'The notes of both clients are too long for one. Shorten them first, or pick one of the two.',
  visits_ahead: 'This client still has visits ahead or is here now. Complete or cancel them first.',
  service_inactive: 'This service is no longer offered. Pick another one.',
  username_taken: 'That user name is already taken. Choose another one.',
  password_changed: 'The password was changed elsewhere. Sign in again.',
  folder_exists: 'A folder of that name is already there. Pick another one; nothing is written over.',
  source_not_closed:
    'Tattoo Studio Manager did not close this database properly. Open and close it there once, then pick it again.',
  source_in_use: 'The database is being changed right now. Close Tattoo Studio Manager and pick it again.',
  file_exists: 'A studio of that name already exists on this computer. Choose another name.',
  network_share: 'A studio’s file does not work on a network share. Put it on a disk of this computer.',
  role_has_no_switches: 'This role has no switches to set.',
  too_many_rows: 'That is more than 100,000 entries. Narrow the dates and export it in parts.',
  already_signed: 'This month’s review is already signed. It shows who signed it.',
  member_archived: 'This account is archived. Reactivate it first, or pick somebody else.',
  password_not_own:
    'This member still has a one-time password that others know. Let them sign in and choose their own first.',
  project_of_another: 'That project belongs to another client. Pick one of this client, or none.',
  no_program: 'This computer has no program for mail or calls. Copy the text, or call and write by hand.',
  waits_already: 'This client is on the board already and waits for their turn.',
  same_role: 'That is the member’s own role already. Pick another one, or leave the date empty.',
  no_artist_profile: 'This account has no artist profile, so it has no share. Make it an artist first.',
  pin_not_here:
    'This PIN does not work here now. Sign in with the password; after that it works on this computer until the day is over.',
  secret_reply: 'This was already done, and its secret is shown only once. Make a new one if it was not written down.',
  after_z: 'The drawer was closed since, so this sale can no longer be voided. Refund it instead.',
  already_paid: 'This visit is already paid. Its receipt is in the list of sales.',
  already_taken_back: 'This sale was already taken back, at least in part. Refund what is left.',
  below_zero: 'There are fewer of this item than that. Check the count, then try again.',
  drawer_closed: 'The cash drawer is closed. Open it first; nothing was recorded.',
  drawer_open: 'The drawer is already open. It shows its present state now.',
  item_not_for_sale: 'This product is not sold at the counter any more. Take it out of the sale.',
  not_a_sale: 'Only a sale can be taken back, not a refund or a void.',
  not_enough_cash: 'There is not that much cash in the drawer. Use another tender, or pay cash in first.',
  payout_is_back: 'This payout was taken back already. Nothing was changed.',
  not_a_payout: 'This entry takes a payout back itself. Only a payout can be taken back.',
  clock_back:
    'The computer’s clock stands more than a day before the last entry, so no money moves. Set it right, or ask an owner or manager to confirm it.',
  clock_right: 'The clock needs no confirming any more.',
  more_than_owed: 'The studio owes this artist less than that by then. Nothing was paid.',
  too_many_reports: 'There are 50 kept reports already. Let go of one first.',
  other_studio: 'This backup is of another studio.',
  nothing_to_refund: 'Nothing of this sale is left to refund.',
  out_of_stock: 'There are fewer of it on the shelf than that. Lower its quantity, or correct the stock.',
  sku_taken: 'Another item already has that code. Choose another one.',
  paperwork_missing:
    'Required paperwork is not signed yet. Have it signed, or let somebody who may waive it say why it goes on.',
  text_changed:
    'The paper says something else since it was read. It shows what it says now; have it read and signed again.',
  template_inactive: 'This paper is no longer used. Refresh what is to be signed.',
  too_young: 'This service is not done at that age, guardian or not. Nothing was changed.',
  alerts_full: 'The client’s alerts are too long for one more. Shorten them first, then have it signed again.',
  already_waived: 'Somebody already let this visit go on without its paperwork.',
  nothing_missing: 'Nothing required is missing for this visit, so there is nothing to waive.',
  not_image_use: 'Only the use of pictures can be taken back. What else was signed stays as it is.',
  no_image_use:
    'This client has not agreed to pictures of them being shown. Have the paper about pictures signed first, or leave the client out if the picture is not among theirs.',
  in_portfolio: 'This picture is in the portfolio already.',
  already_withdrawn: 'The use of these pictures was already taken back.',
};

/** By Rust's own words for what is wrong with an argument. */
const faults: Record<string, string> = {
  past: 'it has passed',
  'either an item or a name': 'pick an item or write a name, not both',
  empty: 'it is empty',
  'too long': 'it is too long',
  'control character': 'it holds a character that cannot be kept',
  negative: 'it may not be below zero',
  'not positive': 'it must be above zero',
  'not an address': 'write a name or an address such as 192.168.1.50',
  'out of range': 'it is outside what is possible',
  'more than was counted': 'it is more than was counted',
  'too many': 'there are too many',
  twice: 'it is there twice',
  'not 1 to 10000 basis points': 'write a share between 0.01 and 100',
  'not 0 to 10000 basis points': 'write a share between 0 and 100',
  'more than the price': 'it is more than the price',
  'more than is left': 'it is more than is left',
  'does not fit the amount': 'it does not fit the amount',
  'do not add up to the total': 'the parts do not add up to the total',
  missing: 'it is missing',
  'a service or an item': 'pick a service or a product',
  '1 to 9999': 'write a number from 1 to 9999',
  '1 to 200': 'there must be 1 to 200',
  '1 to 5000': 'there must be 1 to 5000',
  "another than the appointment's": 'it is another than the visit’s',
  'not a line of this sale': 'it does not belong to this sale',
  'not held for this visit': 'it is not held for this visit',
  'a line twice': 'it is there twice',
  'three capital letters': 'pick one from the list',
  'no such time zone': 'pick one from the list',
  'no such locale': 'pick one from the list',
  'no such weekday': 'a day is not one of the week',
  'a weekday twice': 'a day is there twice',
  'closes before it opens': 'a day closes before it opens',
  'a username twice': 'two of them have the same user name',
  'a backup': 'it is a backup, which is never written over: pick where the studio’s file is to be',
  'too short': 'it is too short',
  'too plain': 'it needs upper case, lower case and a digit, or 15 characters',
  'too common': 'it is one of the first that anybody would try',
  'used before': 'it was used before',
  'not 4 to 8 digits': 'write 4 to 8 digits',
  'too simple': 'it is one of the first that anybody would try',
  'only for artists': 'only artists have one',
  "not the studio's name": 'it is not the studio’s name; type it as it stands in the settings',
  'not for an export': 'an export takes every row of the filter',
  'in the future': 'it has not begun yet',
  'not a step of the board': 'the board checks in and begins; the rest is done in the agenda',
  'only with the wish for one artist': 'name an artist only when the client wants that one',
  'more than 60 times': 'it repeats at most 60 times; choose an earlier last day',
  '1 to 366': 'ask for 1 to 366 days',
  '1 to 120': 'ask for 1 to 120 days',
  '1 to 100': 'write 1 to 100',
  '1 to 50': 'ask for 1 to 50',
  '1 to 500': 'ask for 1 to 500',
  'more than a year': 'ask for a year at most',
  'more than five years': 'ask for five years at most',
  'not a folder': 'it is no folder of this computer',
  "the studio's own": 'it lies beside the studio’s own file',
  'cannot be written': 'nothing can be written there',
  'the same artist': 'nobody is their own mentor',
  'not after the start': 'it must come after the start',
  'only for guests': 'only guests have days',
  'only when archiving': 'it is asked only when an account is archived',
  'not ticked by hand': 'it ticks itself off when it is done',
  'in the past': 'it has already passed',
  '2 to 40 of a-z, 0-9, dot, dash': 'use 2 to 40 small letters, digits, dots and dashes',
  'not an amount': 'write an amount',
  'nothing to split over': 'there is nothing to split',
  '5 to 1440': 'write 5 to 1440 minutes',
  'not a whole minute': 'it must be a whole minute',
  'not an open state': 'it is not one to go back to',
  'not after the start, or more than a year': 'it must come after the start, within a year',
  'before the first day': 'it comes before the first day',
  "not this client's": 'it is not this client’s name; type it as it stands in the file',
  'the same client': 'it is the same client; pick another one',
  'already a studio of Inkpoint': 'it is a studio of Inkpoint already; open it as it is',
  'no such currency': 'ISO 4217 knows no such currency; pick one of the list',
  'not base64': 'the file could not be read; pick it again',
  'no such column': 'there is no such column',
  'not a table':
    'it is no table of lines and columns; pick another file, or look for a quotation mark that is never closed',
  'JSON, no table': 'it is JSON, no list of clients; export the list as CSV',
  'a web page or XML, no table': 'it is a web page or XML, no list of clients; export the list as CSV',
  'contact cards (vCard), no table': 'it holds contact cards (vCard); export the contacts as CSV',
  'a PDF, no table': 'it is a PDF, no list of clients; export the list as CSV',
  'a formatted document (RTF), no table': 'it is a formatted document; save the list as CSV',
  'a workbook or packed file, no table of text': 'it is a workbook or a packed file; save its sheet as CSV',
  'cut off': 'it is cut off before its end; copy it once more',
  'cut off in the middle of a letter': 'it ends in the middle of a letter; export it once more',
  'not taken': 'nothing can be sent along with it',
  'not both': 'send either the file or its text',
  'nothing in it': 'there is nothing in it; pick another file',
  'not a picture': 'it is no picture that can be kept here; choose a JPEG, PNG or WebP',
  'too large': 'it is too large; choose a smaller one',
  'either a client or a visit': 'name a client or a visit, not both',
  'not a phone': 'it is not a phone number',
  'too many cells': 'the line has more cells than the table has columns',
  'no such category': 'no item is of it',
  'of another category': 'it is of another category than the count',
  "another client's": 'it belongs to another client',
  'a picture of another client': 'the picture is among those of another client, and stays theirs',
  '1 to 42': 'ask for 1 to 42 days',
  'image use is never required': 'a visit never depends on the use of pictures',
  'outside the picture': 'it reaches outside the picture',
  'too small': 'it is too small; choose at least 64 pixels a side',
  'not of this portfolio': 'it is not in the same portfolio',
  "another artist's": 'it belongs to another artist',
  'of no visit': 'it belongs to no visit, so to no artist',
  'not how it came out': 'only finished work goes there; say that it shows the result, or how it healed',
  '1 to 3660': 'write 1 to 3660 days',
  'only for a yes or no': 'it goes only with a yes or no',
  'a name in braces that nothing fills': 'a name in braces is none that can be filled in',
  'not a question of this paper': 'a question is not one of this paper; read it again',
  'only when it was drawn': 'it belongs only to what was drawn',
  'not for this service': 'it is not meant for this service',
  'only for image use': 'it belongs only to the use of pictures',
  'after today': 'it lies in the future',
  "another than the client's": 'the client’s file says another one; correct it there first',
  'not locked': 'needs no code',
  'a code or an approver': 'enter the code or a manager’s password',
};

const byRole = 'Your role does not allow this. Nothing was changed; ask somebody whose role does.';

/** Why somebody is told no, and what to do next. */
const denials: Record<string, string> = {
  role: byRole,
  switch: 'A switch limits you to your own records here. Ask a manager if you need more.',
  not_yours: 'This is not your own record. Ask the artist it belongs to, or the front desk.',
  not_linked: 'Your account is not linked to an artist profile, so nothing here is yours. Ask a manager to link it.',
  self: 'Nobody changes their own role or closes their own account. Ask another manager, or the owner.',
  owner: 'The owner is changed only by handing the studio over. The owner does that in the settings.',
  single: 'This desk was started for one studio file and stays with it. Close it to open another one.',
};

export const errors = {
  no_session: () => 'You are signed out. Sign in to go on; nothing was changed.',
  bad_credentials: (failure) => {
    const left = failure.number('tries_left');
    const tries =
      left === undefined || left > 4
        ? ''
        : left === 0
          ? ' That was the last try: wait a little before the next one.'
          : left === 1
            ? ' One try left before a wait.'
            : ` ${left} tries left before a wait.`;
    return `That name and password do not belong together.${tries}`;
  },
  throttled: (failure) => `Too many wrong tries. Wait ${wait(failure)} and try again.`,
  password_change_required: () => 'Your password is temporary. Choose your own to go on.',
  denied: (failure) => denials[failure.text('why') ?? 'role'] ?? byRole,
  elevation_required: () => 'This needs the master code. Enter it and the action goes on.',
  client_view: () => 'This desk shows the portfolios to a client. Enter the password there first; nothing was done.',
  bad_code: (failure) => {
    const left = failure.number('tries_left');
    const tries =
      left === undefined
        ? ''
        : left === 0
          ? ' That was the last try: wait a little before the next one.'
          : left === 1
            ? ' One try left.'
            : ` ${left} tries left.`;
    return `That code is not right.${tries}`;
  },
  not_found: () => 'This no longer exists in the studio’s file. Refresh the list and pick again.',
  invalid: (failure) => {
    const name = fields[failure.field] ?? 'the form';
    const fault = faults[failure.text('reason') ?? ''];
    return fault
      ? `Please check ${name}: ${fault}.`
      : `Something about ${name} is not right. Correct it and save again.`;
  },
  conflict: (failure) =>
    reasons[failure.text('reason') ?? ''] ?? 'Somebody changed this first. Look at it as it is now, then try again.',
  key_conflict: () =>
    'This was already sent with other content, so it was not done twice. Check what is recorded, then start afresh.',
  file_in_use: (failure) => {
    // Its process number helps nobody at a desk.
    const holder = failure.text('holder')?.replace(/ \(\d+\)$/, '');
    return `The studio’s file is open in another Inkpoint${holder ? `, on ${holder}` : ''}. Close it there, then open it here.`;
  },
  file_newer: () => 'A newer Inkpoint wrote this file. Update Inkpoint to open it; the file was not touched.',
  not_a_studio: (failure): string =>
    failure.text('reason') === "its tables are not Inkpoint's"
      ? 'Somebody put other things into this studio’s file than Inkpoint does, so it is not opened; it was not touched. Bring back a backup.'
      : 'This is not a studio’s file. Choose another one; nothing was changed.',
  disk_full: () =>
    'The disk is full, so the change was not saved. Free some space and try again; everything before it is safe.',
  read_only: () =>
    'Nothing was saved: the studio’s file may not be written to. An owner or manager checks its permissions, or moves it.',
  damaged: (failure): string =>
    failure.text('reason') === 'put_back'
      ? 'An older copy of the studio’s file was put in its place, so no money is moved. Bring back the newest file, or ask the owner.'
      : failure.text('reason') === 'gone'
        ? 'The studio’s file is no longer where it was, so nothing is saved. Put it back and start Inkpoint again, or restore the last backup.'
        : failure.text('reason') === 'picture'
          ? 'This picture is no longer in the studio’s folder as it was put there. Bring the folder back from a backup, or remove the picture.'
          : 'Part of the studio’s file cannot be read. Stop here and restore the last backup; the damaged file is kept.',
  internal: () => 'Something went wrong inside Inkpoint. Nothing was saved; try again.',
} satisfies Record<Code, (failure: Failure) => string>;

function wait(failure: Failure): string {
  const seconds = Math.max(1, Math.ceil((failure.number('wait_ms') ?? 60_000) / 1000));
  return seconds === 1 ? '1 second' : seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
