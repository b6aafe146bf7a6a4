// Written from the core's list of commands by its test suite. Do not edit.

/**
 * Something a member can do. The comment beside each names the rule it comes from.
 */
export type Action = "agenda.view" | "agenda.create" | "agenda.edit" | "agenda.cancel" | "agenda.complete" | "agenda.no_show" | "agenda.block" | "agenda.export" | "clients.view" | "clients.create" | "clients.edit" | "clients.delete" | "clients.consent" | "clients.notes" | "clients.export" | "staff.view" | "staff.manage_users" | "staff.toggle_active" | "portfolio.view" | "portfolio.edit" | "portfolio.upload" | "reports.view" | "reports.export" | "reports.view_tx" | "reports.refund_void" | "reports.cash_close" | "inventory.view" | "inventory.create_item" | "inventory.edit_item" | "inventory.stock_in" | "inventory.stock_adj" | "inventory.cycle_count" | "inventory.export" | "security.settings" | "security.audit" | "security.backup" | "security.rotate_code" | "agenda.board" | "clients.merge" | "clients.reassign" | "clients.import" | "consent.templates" | "consent.waive" | "till.sell" | "till.deposit" | "till.discount" | "till.price_override" | "till.open_session" | "till.cash_move" | "till.open_drawer" | "payouts.settle" | "inventory.request" | "staff.edit_profile" | "staff.availability" | "studio.transfer" | "studio.delete";

/**
 * One row of the journal, with names joined from the living rows.
 */
export type Activity = { seq: number, at: number, member_id: string | null, member: string | null, role: string | null, command: string, kind: ActivityKind, 
/**
 * "done", or the code of a refusal.
 */
outcome: string, 
/**
 * "code", or the name of the member who approved.
 */
elevated_by: string | null, details: Record<string, unknown>, 
/**
 * What the ids among the details are called today, by the detail's name.
 */
names: { [key in string]: string }, reason: string | null, 
/**
 * How often the same refusal came within its minute.
 */
count: number, 
/**
 * This row's link in the chain, in hex.
 */
hash: string, };

export type ActivityArgs = { 
/**
 * Only rows below this sequence: the next page.
 */
before?: number | null, member_id?: Line | null, kind?: ActivityKind | null, 
/**
 * Only what was refused.
 */
refusals: boolean, 
/**
 * Only what was done by the master code or an approver.
 */
elevated: boolean, 
/**
 * Only new roles and owners (A027).
 */
role_changes: boolean, 
/**
 * From this moment…
 */
from?: number | null, 
/**
 * …until before this one.
 */
to?: number | null, 
/**
 * 1 to 500; 100 when left out.
 */
limit?: number | null, };

/**
 * What an entry is about.
 */
export type ActivityKind = "sign_in" | "people" | "agenda" | "clients" | "money" | "stock" | "settings" | "code" | "log";

export type AddItemArgs = { 
/**
 * Whose portfolio; artists add to their own (T033, T034).
 */
artist_id: Line, 
/**
 * A JPEG, PNG or WebP. Request and all, 40 MB at most.
 */
base64: FileBytes, title?: Line | null, description?: Prose | null, 
/**
 * At most 8 of 40 characters.
 */
styles?: Array<Line> | null, body_area?: Line | null, colour?: PortfolioColour | null, stage?: PortfolioStage | null, featured?: boolean | null, 
/**
 * Whether clients may see it; left out, they may.
 */
published?: boolean | null, 
/**
 * Whose tattoo it is: somebody who agreed to their pictures being shown. Left out, the visit's client; of a picture
 * that is among a client's own, that client, where they agree.
 */
client_id?: Line | null, 
/**
 * The artist's visit it was done at.
 */
appointment_id?: Line | null, };

export type AddPictureArgs = { 
/**
 * The visit it is of; an artist must name one of their own (T121).
 */
appointment_id?: Line | null, 
/**
 * Left out, the visit's client.
 */
client_id?: Line | null, kind: PictureKind, title?: Line | null, 
/**
 * A JPEG, PNG or WebP. Request and all, 40 MB at most.
 */
base64: FileBytes, };

/**
 * Some days of the agenda.
 */
export type Agenda = { from: number, to: number, 
/**
 * The studio's hours on the first day, minutes since midnight; none when it is closed.
 */
opens: number | null, closes: number | null, artists: Array<ArtistColumn>, cards: Array<Card>, blocks: Array<Block>, };

export type AgendaArgs = { 
/**
 * The first day, in the studio's zone.
 */
day: Day, 
/**
 * How many days, 1 to 42; one when left out.
 */
days?: number | null, 
/**
 * Only this artist.
 */
artist_id?: Line | null, };

export type Amount = { amount: Money, };

/**
 * An amount as a person typed it.
 */
export type AmountArgs = { text: Line, };

/**
 * Whether the head that this computer keeps outside the file lies in the file's chain.
 */
export type AnchorState = "holds" | "none" | "broken";

/**
 * What somebody answers to a question.
 */
export type Answer = { question_id: Line, 
/**
 * For a yes or no.
 */
yes?: boolean | null, 
/**
 * For any other question; beside a yes or no, what there is to say about it.
 */
text?: Prose | null, };

export type AnswerRequestArgs = { request_id: Line, answer: RequestAnswer, 
/**
 * A word to whoever asked; a reason when it is declined.
 */
note?: Line | null, };

/**
 * A second person with their own password: lets an assistant go on (D05), or stands for a difference in the drawer.
 */
export type Approver = { username: Username, password: Secret, };

/**
 * A part of a studio's file.
 */
export type Area = "file" | "journal" | "money" | "payouts" | "stock" | "papers" | "pictures" | "figures" | "rest";

/**
 * A column of the agenda.
 */
export type ArtistColumn = { artist_id: string, name: string, 
/**
 * Minutes booked in the asked days, cancelled and missed left out.
 */
booked_minutes: number, 
/**
 * Working hours of the first asked day, minutes since midnight; none on a day off.
 */
opens: number | null, closes: number | null, 
/**
 * The whole week's.
 */
hours: Array<Hours>, 
/**
 * A guest is here from and until these days; on others there are no hours (D31).
 */
from: Day | null, until: Day | null, };

/**
 * An artist as the desk needs to know them now.
 */
export type ArtistNow = { artist_id: string, name: string, 
/**
 * Working hours of today; none on a day off.
 */
opens_at: number | null, closes_at: number | null, 
/**
 * The visit in the chair.
 */
visit_id: string | null, 
/**
 * Free from then, as far as today goes…
 */
free_from: number | null, 
/**
 * …until then.
 */
free_until: number | null, 
/**
 * Walk-ins who will probably be theirs.
 */
queue: number, };

export type ArtistPart = { 
/**
 * Null: sold without an artist.
 */
artist_id: string | null, name: string | null, sales: number, gross: Money, discount: Money, goods: Money, returned: Money, tax: Money, tips: Money, 
/**
 * For own work; and of the work of those they teach.
 */
commission: Money, mentoring: Money, visits: VisitCounts, booked_minutes: number, 
/**
 * Working time without blocks.
 */
open_minutes: number, 
/**
 * Goods of the period before.
 */
before: Money, };

/**
 * An artist's terms.
 */
export type ArtistRates = { artist_id: string, name: string, active: boolean, member_id: string | null, 
/**
 * Of a service whose kind has no rate of its own.
 */
base_bp: number, rates: Array<Rate>, 
/**
 * Who teaches them, and which part of their commission goes there.
 */
mentor_id: string | null, mentor_name: string | null, mentor_bp: number, };

export type ArtistTips = { artist_id: string, name: string, amount: Money, };

export type ArtistTotal = { artist_id: string | null, name: string | null, goods: Money, tips: Money, };

export type AvailabilityArgs = { artist_id: Line, 
/**
 * The whole week; a weekday without a row is a day off.
 */
hours: Array<Hours>, };

export type BackupArgs = { 
/**
 * What the list calls it.
 */
name: Line, };

/**
 * What a backup was made for.
 */
export type BackupFor = "changes" | "close" | "asked" | "restore" | "command_line";

/**
 * A backup that lies on the shelf or in the second folder, checked when it was written.
 */
export type BackupLine = { 
/**
 * What its file is called, without ".inkpoint".
 */
name: string, at: number, why: BackupFor, 
/**
 * Of the file, without pictures.
 */
bytes: number, 
/**
 * Whether everything in it was recomputed, or only looked over since it is large.
 */
recomputed: boolean, sales: number, total: Money, appointments: number, clients: number, pictures: number, 
/**
 * How many of them were lost when it was made: everything else is in it.
 */
pictures_lost: number, 
/**
 * The sums that reports read were wrong when it was made: bringing it back makes them anew.
 */
figures_wrong: boolean, 
/**
 * Whether it lies on this computer, and whether in the second folder.
 */
here: boolean, second: boolean, };

/**
 * What trying a backup out found.
 */
export type BackupTest = { at: number, 
/**
 * Everything in it holds, and as much is in it as was when it was made.
 */
holds: boolean, entries: number, sales: number, clients: number, pictures: number, damaged: Array<Area>, state: BackupsState, };

/**
 * How a studio's backups stand.
 */
export type BackupsState = { 
/**
 * Where they lie.
 */
folder: string, last_at: number | null, 
/**
 * When the next is made, if anything changes until then.
 */
next_at: number, 
/**
 * Changes have waited for more than an hour.
 */
late: boolean, 
/**
 * Why the last try did not work.
 */
failed: Code | null, busy: boolean, second: SecondFolder | null, 
/**
 * Everything that lies in the folder, in bytes: pictures once, however many backups need them.
 */
bytes: number, tested_at: number | null, tested_well: boolean, test_due: boolean, 
/**
 * Pictures that the newest backup had to do without.
 */
lost: Array<LostPicture>, 
/**
 * The newest backup found that the sums that reports read are not what the sales come to. Everything they are made
 * from holds: they can be made anew.
 */
figures_wrong: boolean, 
/**
 * Newest first.
 */
backups: Array<BackupLine>, };

/**
 * What decided an answer.
 */
export type Because = "role" | "lent_role" | "switch";

/**
 * A file of bytes that the desk saves for the member who asked.
 */
export type BinaryFile = { 
/**
 * A file name without a folder.
 */
name: string, base64: string, rows: number, };

/**
 * Time in which an artist is not to be booked. A colleague's shows an artist no kind and no note (D28).
 */
export type Block = { id: string, artist_id: string, starts_at: number, ends_at: number, kind: BlockKind | null, note: string | null, 
/**
 * Entered together with others, such as every Monday.
 */
series_id: string | null, };

export type BlockArgs = { artist_id: Line, 
/**
 * Others who are off at the same time: a fair, a studio day (T093). The right over each is asked for.
 */
also_artists: Array<Line>, kind: BlockKind, starts_at: number, ends_at: number, 
/**
 * Whole days of the studio, from the first that it touches to the last.
 */
all_day: boolean, note?: Prose | null, 
/**
 * The same hours on the same weekday up to this day, at most 60 times.
 */
weekly_until?: Day | null, };

/**
 * Why an artist is not to be booked (T118).
 */
export type BlockKind = "vacation" | "personal" | "convention" | "pause" | "other";

export type Blocked = { 
/**
 * The first; the others have its series.
 */
block: Block, blocks: number, 
/**
 * Appointments that stand in the time: somebody has to move them.
 */
appointments: Array<Card>, };

/**
 * Today at the reception.
 */
export type Board = { from: number, to: number, now: number, artists: Array<ArtistNow>, cards: Array<Card>, blocks: Array<Block>, walk_ins: Array<WalkIn>, 
/**
 * Entries on the wait-list.
 */
waiting: number, };

export type BoardStepArgs = { appointment_id: Line, 
/**
 * confirmed, arrived or in_session: the rest of a visit is the agenda's (D23).
 */
to: VisitStatus, };

export type BookArgs = { artist_id: Line, client_id: Line, service_id: Line, starts_at: number, 
/**
 * The service's usual length when left out.
 */
minutes?: number | null, 
/**
 * The service's usual price when left out.
 */
price?: Money | null, note?: Prose | null, 
/**
 * The client's project that this is a session of.
 */
project_id?: Line | null, };

export type Booked = { card: Card, warnings: Array<Warning>, };

export type CancelArgs = { appointment_id: Line, reason?: Line | null, };

/**
 * An appointment. A colleague's shows an artist only time and client (D04): then `detail` is null.
 */
export type Card = { id: string, artist_id: string, 
/**
 * Of an artist who left, too.
 */
artist_name: string, client_name: string, starts_at: number, ends_at: number, detail: CardDetail | null, };

export type CardDeposit = { 
/**
 * What the service's rule asks for at this price.
 */
due: Money, 
/**
 * What is held now.
 */
held: Money, state: CardDepositState, };

/**
 * Where the deposit of a visit stands.
 */
export type CardDepositState = "due" | "held" | "applied" | "kept" | "returned";

/**
 * What is nothing is left out: a week of a large studio is hundreds of these, and the way into the window costs by the
 * length.
 */
export type CardDetail = { client_id: string, status: VisitStatus, service_id: string, service_name: string, 
/**
 * Agreed with the client.
 */
price: Money, note?: string, 
/**
 * Why it was cancelled.
 */
reason?: string, alerts?: string, phone?: string, email?: string, 
/**
 * Time for setting up before and cleaning after.
 */
setup_minutes?: number, cleanup_minutes?: number, 
/**
 * The tattoo of several sessions that this is one of.
 */
project?: ProjectMark, 
/**
 * When the client was last reminded.
 */
reminded_at?: number, arrived_at?: number, started_at?: number, 
/**
 * The deposit that it asks for or that was taken.
 */
deposit?: CardDeposit, 
/**
 * The sale that paid for it, unless it was voided or given back whole.
 */
sale_id?: string, 
/**
 * How it stands with what must be signed.
 */
paperwork: Paperwork, 
/**
 * How many pictures there are of it.
 */
pictures?: number, rev: number, };

/**
 * What a sale would cost. The sum of goods and tips is the total; less the deposits it is what is left to pay.
 */
export type Cart = { lines: Array<CartLine>, tips: Array<Tip>, 
/**
 * What stands on the lines together, before tax that is put on top.
 */
before_tax: Money, 
/**
 * With every tax.
 */
goods: Money, discount: Money, 
/**
 * All tax in the goods, and the part of it that was put on top.
 */
tax: Money, tax_added: Money, taxes: Array<TaxSum>, tip: Money, total: Money, 
/**
 * The deposits that pay a part of it.
 */
deposits: Array<CartDeposit>, to_pay: Money, 
/**
 * To pay when all of it is paid in cash, and what rounding to the smallest coin makes of it.
 */
cash_to_pay: Money, rounding: Money, 
/**
 * What a client may hand over in cash, exact first.
 */
cash_suggestions: Array<Money>, 
/**
 * Whether a discount was given, or a price changed: what has to be asked for beyond selling.
 */
discounted: boolean, repriced: boolean, };

/**
 * A deposit and what of it pays for a sale.
 */
export type CartDeposit = { deposit_id: string, taken_at: number, amount: Money, };

/**
 * One line of a sale, with its price worked out.
 */
export type CartLine = { service_id: string | null, item_id: string | null, artist_id: string | null, label: string, quantity: number, 
/**
 * What the file says it costs.
 */
list_price: Money, 
/**
 * What is asked for it; another than the list price needs a right of its own.
 */
unit_price: Money, discount: Money, 
/**
 * Quantity times price, less the discount: what stands on the line.
 */
before_tax: Money, tax_rate_id: string | null, 
/**
 * The rate's name; none for the usual one.
 */
tax_name: string | null, 
/**
 * Basis points; none on a receipt from before rates were kept.
 */
tax_bp: number | null, 
/**
 * All tax in the amount.
 */
tax: Money, 
/**
 * The part of the tax that was put on top, because prices are without it.
 */
tax_added: Money, 
/**
 * What the client pays for it, with every tax.
 */
amount: Money, };

/**
 * One movement of cash in the open drawer.
 */
export type CashMove = { at: number, 
/**
 * sale, refund, void, deposit_taken, deposit_returned, in, out, drop, or payout and payout_back: then the receipt is
 * its number and the reason the artist.
 */
kind: string, receipt: number | null, sale_id: string | null, amount: Money, by: string, reason: string | null, };

export type CashMoveArgs = { direction: Direction, amount: Money, reason: Line, };

/**
 * The journal's chain as it stands (D26).
 */
export type Chain = { entries: number, 
/**
 * The last entry's hash, in hex: also printed on each Z.
 */
head: string, at: number | null, anchor: AnchorState, };

export type ChangePasswordArgs = { current: Secret, new: Secret, };

export type ChangeRoleArgs = { member_id: Line, role: Role, 
/**
 * Lends the role until then; it ends by itself (A032). Left out, the role is the member's own from now on.
 */
until?: number | null, reason?: Line | null, };

export type CheckItem = { name: string, done: boolean, 
/**
 * The file knows it: nobody ticks it.
 */
automatic: boolean, at: number | null, 
/**
 * Who ticked it.
 */
by: string | null, };

export type Checklist = { kind: ChecklistKind, items: Array<CheckItem>, };

export type ChecklistArgs = { member_id: Line, };

export type ChecklistKind = "onboarding" | "leaving";

/**
 * A client as lists show them. Contacts are null for a member who may not see them: phone, mail, handle, address and
 * whom to call.
 */
export type Client = { id: string, name: string, pronouns: string | null, phone: string | null, email: string | null, instagram: string | null, address: string | null, birth_date: string | null, emergency_name: string | null, emergency_phone: string | null, alerts: string | null, preferences: string | null, source: string | null, 
/**
 * Whose client it is, if anybody's.
 */
artist_id: string | null, archived: boolean, 
/**
 * Nothing is left of them but a made-up name.
 */
erased: boolean, 
/**
 * By the last visit: an artist's own with them (D28).
 */
state: ClientState, last_visit_at: number | null, created_at: number, rev: number, };

export type ClientArgs = { client_id: Line, };

/**
 * A field of the client's form.
 */
export type ClientField = "name" | "pronouns" | "phone" | "email" | "instagram" | "address" | "birth_date" | "emergency_name" | "emergency_phone" | "alerts" | "preferences" | "source";

/**
 * Everything about one client. An artist sees own visits, notes and spend (D28).
 */
export type ClientFile = { client: Client, visits: Array<Card>, notes: Array<ClientNote>, 
/**
 * Paid so far, refunds taken off.
 */
spent: Money, 
/**
 * Whether pictures of their work may be shown, by their last word; null: they were never asked.
 */
image_use: boolean | null, 
/**
 * Receipts without a visit that this caller may see, newest first.
 */
sales: Array<ReceiptLink>, 
/**
 * Newest first.
 */
pictures: Array<Picture>, 
/**
 * Only for those who may merge.
 */
merged: Array<MergedClient>, };

/**
 * What the desk enters about a client.
 */
export type ClientForm = { name: Line, pronouns?: Line | null, phone?: Line | null, email?: Line | null, instagram?: Line | null, address?: Prose | null, birth_date?: Day | null, 
/**
 * Whom to call when something happens.
 */
emergency_name?: Line | null, emergency_phone?: Line | null, 
/**
 * Health alerts, shown wherever the client is.
 */
alerts?: Prose | null, 
/**
 * What they like and what they are sensitive to (T123).
 */
preferences?: Prose | null, 
/**
 * How they came to the studio.
 */
source?: Line | null, };

/**
 * A note about a client or a session.
 */
export type ClientNote = { id: string, appointment_id: string | null, body: string, at: number, by: string, };

/**
 * How long ago a client was last here.
 */
export type ClientState = "new" | "active" | "quiet";

/**
 * The computer's clock stands before the journal's last row (ledger rule 6).
 */
export type ClockBehind = { 
/**
 * What the clock says.
 */
clock: number, 
/**
 * When the last entry was made: what is done now is dated so until the clock has caught up.
 */
last_at: number, 
/**
 * More than a day back: no money moves until an owner or admin has said that the clock is right.
 */
money_waits: boolean, };

export type CloseArgs = { 
/**
 * How many of each coin and note are in the drawer.
 */
counts: Array<Count>, 
/**
 * Why the count differs from what is expected; needed only then.
 */
reason?: Line | null, 
/**
 * What stays in the drawer for tomorrow.
 */
float_left?: Money | null, 
/**
 * A second person, one of the drawer's confirmers; needed only for a difference above the studio's limit.
 */
approver?: Approver | null, };

/**
 * Every code a caller can meet. A code exists only because the desk acts on it.
 */
export type Code = "no_session" | "bad_credentials" | "throttled" | "password_change_required" | "denied" | "elevation_required" | "client_view" | "bad_code" | "not_found" | "invalid" | "conflict" | "key_conflict" | "file_in_use" | "file_newer" | "not_a_studio" | "disk_full" | "read_only" | "damaged" | "internal";

/**
 * Why the master code must be rotated (T068).
 */
export type CodeDue = "age" | "left" | "suspicion";

/**
 * Which letters the printer has beside the plain ones.
 */
export type CodePage = "pc858" | "pc850" | "pc437" | "pc852" | "wpc1252";

/**
 * How old the code is and who knows it.
 */
export type CodeState = { changed_at: number, changed_by: string | null, 
/**
 * When the next rotation is due (D06).
 */
due_at: number, overdue: boolean, because: CodeDue | null, assistants: Array<string>, };

/**
 * Somebody who may confirm a difference with their password.
 */
export type Confirmer = { username: string, name: string, };

export type ConsentArgs = { consent_id: Line, };

/**
 * What a paper is about. Image use stands apart: no visit needs it, and it can be taken back.
 */
export type ConsentKind = "procedure" | "health" | "image" | "other";

/**
 * A signed paper, whole.
 */
export type ConsentPaper = { consent: SignedConsent, text: string, answers: Array<GivenAnswer>, signature: Signature | null, };

/**
 * How many of one coin or note.
 */
export type Count = { 
/**
 * The coin or note, in minor units.
 */
value: Money, count: number, };

export type CountArgs = { count_id: Line, };

export type CountLine = { item_id: Line, counted: number, 
/**
 * What the desk believed was there; another quantity in the file is a conflict.
 */
expected?: number | null, };

/**
 * A count with its lines, in the order they were counted.
 */
export type CountSheet = { count: StockCount, lines: Array<CountedItem>, };

export type CountedItem = { item_id: string, sku: string, name: string, unit: string, expected: number, counted: number, cost: Money, };

/**
 * First run: everything a studio needs to open its door.
 */
export type CreateArgs = { name: Line, 
/**
 * ISO 4217, three letters.
 */
currency: Line, 
/**
 * IANA time zone.
 */
zone: Line, locale?: Line | null, language?: Language | null, week_start?: number | null, hours?: Array<Hours> | null, tax_bp?: number | null, owner: FirstOwner, artists: Array<FirstArtist>, services: Array<FirstService>, };

export type CreateItemArgs = { form: ItemForm, 
/**
 * What is on the shelf already.
 */
on_hand?: number | null, 
/**
 * The number on the label of what is on the shelf.
 */
lot?: Mark | null, 
/**
 * The last day on which that is good.
 */
expires?: Day | null, };

export type CreateUserArgs = { username: Username, name: Line, 
/**
 * Anything but owner: ownership is handed over, never given (D07).
 */
role: Role, 
/**
 * An artist profile without an account; left out, an artist gets a new profile (T082).
 */
artist_id?: Line | null, commission_bp?: number | null, };

/**
 * Shown once and kept nowhere.
 */
export type Created = { studio_id: string, file: string, 
/**
 * Opens the locked actions for an assistant.
 */
master_code: string, 
/**
 * Sets a new owner's password, once.
 */
recovery_code: string, accounts: Array<NewAccount>, };

/**
 * A new account and its one-time password, shown once (T087).
 */
export type CreatedUser = { member: Member, password: string, };

export type CropArgs = { item_id: Line, 
/**
 * Null shows all of the picture again. At least 64 pixels a side, or the picture's own side where that is shorter.
 */
crop?: PortfolioCrop | null, };

export type CycleCountArgs = { lines: Array<CountLine>, reason?: Line | null, 
/**
 * The kind of items that was counted, and none besides; left out, any.
 */
category?: Line | null, 
/**
 * Whoever counted was not shown what to expect.
 */
blind?: boolean | null, };

/**
 * How "04/05/1990" is read.
 */
export type DateOrder = "day_first" | "month_first";

/**
 * What says so.
 */
export type DateProof = "unneeded" | "given" | "shown" | "assumed" | "mixed";

/**
 * A calendar day in the studio's zone, "2026-11-20".
 */
export type Day = string;

export type DeleteArgs = { 
/**
 * The owner's own.
 */
password: Secret, 
/**
 * The studio's name, typed to be sure.
 */
studio_name: Line, };

/**
 * Where a deleted studio went.
 */
export type Deleted = { 
/**
 * A checked copy of everything.
 */
backup: string, 
/**
 * The file itself, in the trash folder beside where it was.
 */
trash: string, };

/**
 * The way into a demo studio.
 */
export type Demo = { accounts: Array<DemoAccount>, master_code: string, file: string, };

export type DemoAccount = { role: Role, name: string, username: string, password: string, };

export type DemoArgs = { 
/**
 * IANA time zone; Mexico City when left out.
 */
zone?: Line | null, language?: Language | null, };

/**
 * A deposit as it stands.
 */
export type Deposit = { id: string, client_id: string, client_name: string, appointment_id: string, artist_id: string, artist_name: string, service_name: string, 
/**
 * When the visit begins, and where it stands.
 */
starts_at: number, status: VisitStatus, amount: Money, 
/**
 * Still held.
 */
left: Money, state: DepositState, taken_at: number, taken_by: string, receipt: number, 
/**
 * For one that is held though its visit does not happen.
 */
suggestion: Suggestion | null, };

/**
 * Deposits of a day: taken and given back as money, used up by sales.
 */
export type DepositFigures = { taken: Money, returned: Money, applied: Money, kept: Money, };

export type DepositKind = "none" | "fixed" | "percent";

/**
 * What a deposit's paper is about.
 */
export type DepositPaper = "taken" | "returned";

/**
 * What is asked for in advance.
 */
export type DepositPolicy = { kind: DepositKind, 
/**
 * Minor units when fixed; basis points of the visit's price, 1 to 10000, when a share.
 */
value: number, 
/**
 * A share is at least this, in minor units.
 */
minimum: Money, };

/**
 * A numbered receipt of a deposit that was taken or given back.
 */
export type DepositReceipt = { receipt: number, kind: DepositPaper, at: number, by: string, 
/**
 * Negative when given back.
 */
amount: Money, tenders: Array<ReceiptTender>, 
/**
 * Cash handed back at the counter.
 */
change: Money, reason: string | null, deposit: Deposit, };

export type DepositReceiptArgs = { 
/**
 * The number on it.
 */
receipt: number, };

export type DepositState = "held" | "applied" | "kept" | "returned";

/**
 * What came and went as deposits in the period.
 */
export type DepositSums = { taken: Money, 
/**
 * To sales; those of sales that were voided since taken off.
 */
applied: Money, kept: Money, returned: Money, };

export type DepositsArgs = { client_id?: Line | null, appointment_id?: Line | null, 
/**
 * Only those that are still held.
 */
open_only?: boolean | null, };

export type DeskStatus = { version: string, now: number, studio: StudioCard | null, 
/**
 * Studio files opened on this computer, last first.
 */
studios: Array<Known>, 
/**
 * The studio that should have opened by itself, and why it did not.
 */
refused: Refused | null, 
/**
 * The desk serves one given file: there is no picker.
 */
single: boolean, signed_in: boolean, 
/**
 * The desk was handed to a client before the window was drawn anew.
 */
client_view: boolean, };

/**
 * Money that moves without a sale.
 */
export type Direction = "in" | "out" | "drop";

/**
 * A discount, by share or by amount.
 */
export type Discount = { "percent": number } | { "amount": Money };

/**
 * Something that was done, and how often.
 */
export type DoneSince = { command: string, times: number, };

export type Draft = { room: string, body: unknown, at: number, };

export type Drawer = { open: OpenDrawer | null, 
/**
 * What the last close left in it.
 */
suggested_float: Money, last_z: number | null, };

export type DrawerOpenedArgs = { 
/**
 * Try once more what failed.
 */
again?: boolean | null, };

export type DropDraftArgs = { room: RoomName, };

/**
 * A line that looks like somebody who is here, or like an earlier line.
 */
export type DuplicateLine = { line: number, name: string, because: Likeness, 
/**
 * It comes in nonetheless: another name stands there, under a phone or mail that several share, or everything is to
 * come in.
 */
comes_in: boolean, client_id: string | null, earlier_line: number | null, };

export type DuplicatesArgs = { 
/**
 * 1 to 200; 50 when left out.
 */
limit?: number | null, };

export type EditAppointmentArgs = { appointment_id: Line, 
/**
 * The version that was seen; another one in the file is a conflict.
 */
rev?: number | null, 
/**
 * Hands it to another artist: both are checked.
 */
artist_id?: Line | null, client_id?: Line | null, service_id?: Line | null, starts_at?: number | null, minutes?: number | null, 
/**
 * Once the client is here, another price asks for till.price_override.
 */
price?: Money | null, 
/**
 * Empty takes the note away.
 */
note?: OrEmpty | null, 
/**
 * Empty takes it out of its project.
 */
project_id?: OrEmpty | null, };

export type EditClientArgs = { client_id: Line, 
/**
 * The version that was seen; another one in the file is a conflict.
 */
rev?: number | null, 
/**
 * The whole form: a field left out is emptied, but for contacts that this caller is not shown.
 */
form: ClientForm, };

export type EditItemArgs = { item_id: Line, 
/**
 * The version that was seen; another one in the file is a conflict.
 */
rev?: number | null, form: ItemChanges, 
/**
 * An inactive item can no longer be sold.
 */
active?: boolean | null, };

/**
 * A field left out stays as it is; an empty text takes it away.
 */
export type EditItemsArgs = { 
/**
 * 1 to 200: all of them get what is sent, or none.
 */
item_ids: Array<Line>, title?: OrEmpty | null, description?: OrEmpty | null, 
/**
 * At most 8 of 40 characters; an empty list takes them away.
 */
styles?: Array<Line> | null, body_area?: OrEmpty | null, colour?: OrNone<PortfolioColour> | null, stage?: OrNone<PortfolioStage> | null, featured?: boolean | null, published?: boolean | null, 
/**
 * Whose tattoo it is: somebody who agreed to their pictures being shown. Somebody else was not at the visit: it is
 * taken away, unless another is sent. A picture that is among a client's own stays theirs.
 */
client_id?: OrEmpty | null, 
/**
 * The visit it was done at, of the same artist and client; with nobody named, its client is.
 */
appointment_id?: OrEmpty | null, };

/**
 * A field left out stays as it is; null or an empty text takes it away.
 */
export type EditLotArgs = { lot_id: Line, 
/**
 * The version that was seen; another one in the file is a conflict.
 */
rev?: number | null, 
/**
 * Taken away only where a day is left.
 */
number?: Mark | null, 
/**
 * Also a day that has passed: it is what the label says.
 */
expires?: Day | null, supplier?: Line | null, };

export type EditPictureArgs = { picture_id: Line, kind?: PictureKind | null, 
/**
 * Empty takes the title away.
 */
title?: OrEmpty | null, };

/**
 * A field left out stays as it is; an empty text takes it away.
 */
export type EditProfileArgs = { member_id: Line, name?: Line | null, pronouns?: OrEmpty | null, email?: OrEmpty | null, phone?: OrEmpty | null, about?: OrEmpty | null, 
/**
 * At most 20 of 40 characters, as the two that follow.
 */
languages?: Array<Line> | null, skills?: Array<Line> | null, styles?: Array<Line> | null, };

export type EditProjectArgs = { project_id: Line, 
/**
 * The version that was seen; another one in the file is a conflict.
 */
rev?: number | null, 
/**
 * Hands it to another artist: both are checked.
 */
artist_id?: Line | null, title?: Line | null, 
/**
 * Empty takes it away.
 */
placement?: OrEmpty | null, idea?: OrEmpty | null, planned?: number | null, 
/**
 * Finished or given up; false opens it again.
 */
closed?: boolean | null, };

export type ElevateArgs = { code?: Secret | null, approver?: Approver | null, 
/**
 * The locked action that was asked for when the lock came up; kept in the journal.
 */
action?: Action | null, reason?: Line | null, };

/**
 * An open elevation, for the countdown.
 */
export type Elevated = { expires_at: number, 
/**
 * The approving member's id, or "code".
 */
by: string, };

/**
 * How somebody works for the studio (S011, D31).
 */
export type Employment = "employed" | "self_employed" | "guest";

export type Empty = "";

export type EndViewArgs = { password: Secret, };

export type EraseArgs = { client_id: Line, 
/**
 * The client's name, typed again: this cannot be undone.
 */
name: Line, };

export type ExportArgs = Record<symbol, never>;

export type ExportReportArgs = { what: ReportWhat, format: TableFormat, 
/**
 * First and last day: at most a year, of a period's figures five.
 */
from: Day, to: Day, 
/**
 * One artist's rows alone; a statement needs one.
 */
artist_id?: Line | null, };

export type ExportScheduleArgs = { from: Day, 
/**
 * 1 to 366.
 */
days: number, artist_id?: Line | null, format: ScheduleFormat, };

export type ExportStockArgs = { table: StockTable, };

export type ExportStudioArgs = { 
/**
 * The caller's own: everything leaves.
 */
password: Secret, 
/**
 * A folder of this computer, from its root, in which the export makes one of its own; where saved files go when left
 * out.
 */
folder?: Line | null, };

/**
 * What went where.
 */
export type Exported = { 
/**
 * The folder, which is new.
 */
folder: string, tables: number, rows: number, pictures: number, 
/**
 * Signed papers, each as a document of its own.
 */
papers: number, 
/**
 * Files of pictures that are damaged or gone: the rows that name them are there.
 */
pictures_lost: number, 
/**
 * Tables of a damaged file that could not be read to their end.
 */
unread: Array<Unread>, 
/**
 * The file is gone or beyond reading, and this is its newest backup: when that was made. What was done since is not
 * in it.
 */
as_of: number | null, files: number, bytes: number, };

/**
 * An error as it crosses the wire.
 */
export type Fault = { code: Code, params: Record<string, unknown>, 
/**
 * Names the line in the log that holds the cause.
 */
correlation: string, };

export type FieldPreview = { field: ClientField, 
/**
 * Null too for a contact that this caller is not shown.
 */
keep: string | null, merge: string | null, outcome: Outcome, };

/**
 * A studio's file on this computer.
 */
export type FileArgs = { file: Line, };

/**
 * The bytes of a file: as text among the arguments, which is what scripts send, or as they came beside them.
 */
export type FileBytes = string;

/**
 * What a check of the whole file found, in words that help: what is damaged, what is not, and what to do.
 */
export type FileCheck = { at: number, holds: boolean, damaged: Array<Area>, safe: Array<Area>, 
/**
 * The newest backup from before; bringing it back is what helps when the file itself is damaged.
 */
suggest: BackupLine | null, entries: number, sealed_rows: number, 
/**
 * As the check put it, for whoever helps.
 */
problems: Array<string>, };

export type FindArgs = { 
/**
 * First day and how many, 1 to 366.
 */
from: Day, days: number, 
/**
 * Part of the client's name.
 */
text?: Line | null, artist_id?: Line | null, 
/**
 * Only in these states; an artist searches the states of own visits alone.
 */
states?: Array<VisitStatus> | null, 
/**
 * 1 to 500; 200 when left out.
 */
limit?: number | null, };

/**
 * An artist entered at first run. With a username, an account with a one-time password is made as well.
 */
export type FirstArtist = { name: Line, username?: Username | null, 
/**
 * The artist's part of a service, in basis points.
 */
commission_bp?: number | null, apprentice: boolean, };

/**
 * The owner's account at first run.
 */
export type FirstOwner = { name: Line, username: Username, password: Secret, 
/**
 * The owner tattoos too and gets a column in the agenda.
 */
tattoos: boolean, };

/**
 * A service entered at first run.
 */
export type FirstService = { name: Line, kind: ServiceKind, minutes: number, price: Money, };

export type FitsArgs = { artist_id: Line, starts_at: number, ends_at: number, };

export type ForgetReportArgs = { id: Line, };

/**
 * An artist profile that no account is linked to.
 */
export type FreeProfile = { artist_id: string, name: string, };

export type FromVisitArgs = { 
/**
 * A picture of a visit, of how it came out.
 */
picture_id: Line, };

/**
 * A visit still ahead of an artist who leaves.
 */
export type FutureVisit = { appointment_id: string, starts_at: number, ends_at: number, client_name: string, 
/**
 * To call them: somebody has to tell the client.
 */
phone: string | null, service_name: string, };

/**
 * What somebody answered, with the question as it was asked.
 */
export type GivenAnswer = { text: string, yes: boolean | null, answer: string | null, 
/**
 * What the answer put on the client.
 */
alert: string | null, };

/**
 * Who signs for a minor.
 */
export type Guardian = { name: Line, 
/**
 * Mother, father, legal guardian.
 */
relation: Line, 
/**
 * Whether somebody at the desk looked at their identity card.
 */
id_seen: boolean, };

export type GuardianName = { name: string, relation: string, };

/**
 * Why nothing can be changed in an open studio.
 */
export type Halt = "read_only" | "damaged" | "gone" | "backup";

/**
 * The studio can be looked at, but takes no change.
 */
export type Halted = { why: Halt, 
/**
 * The file itself is beyond reading: what is shown is a backup of this time.
 */
as_of: number | null, };

export type HandOverArgs = { artist_id: Line, appointments: Plan, };

/**
 * What was handed out.
 */
export type HandedOut = { 
/**
 * The paper says that it is a copy: the original is about already.
 */
copy: boolean, 
/**
 * How many copies of it are about now.
 */
copies: number, 
/**
 * The document that was asked for.
 */
file: PaperFile | null, letter: Letter | null, };

/**
 * How many visits begin in an hour of a weekday.
 */
export type HourLoad = { 
/**
 * 1 is Monday, 7 is Sunday.
 */
weekday: number, 
/**
 * 0 to 23.
 */
hour: number, visits: number, };

/**
 * Opening hours of one weekday, minutes since midnight.
 */
export type Hours = { 
/**
 * 1 is Monday, 7 is Sunday.
 */
weekday: number, opens: number, closes: number, };

export type ImportArgs = { 
/**
 * The file's bytes, in base64: what they are written in is found out.
 */
base64?: string | null, 
/**
 * Or its text.
 */
text?: string | null, 
/**
 * What each column is, null for one that is left out; found out when left out.
 */
mapping?: Array<ImportField | null> | null, 
/**
 * Whether the first line names the columns; found out when left out.
 */
header?: boolean | null, 
/**
 * How dates are read; found out when left out.
 */
dates?: DateOrder | null, 
/**
 * Leave out who is here already, rather than taking them in twice.
 */
skip_duplicates?: boolean | null, };

/**
 * A column as it was found.
 */
export type ImportColumn = { 
/**
 * Its name in the table; empty without a header.
 */
name: string, 
/**
 * What it is taken for.
 */
field: ImportField | null, 
/**
 * The first cells that say something.
 */
samples: Array<string>, };

/**
 * What a column of the table is. Several columns may be the same: names and addresses are put together, of phones and
 * the rest the first that says something counts.
 */
export type ImportField = "name" | "first_name" | "last_name" | "pronouns" | "phone" | "email" | "instagram" | "address" | "birth_date" | "emergency_name" | "emergency_phone" | "alerts" | "preferences" | "source" | "company";

/**
 * A line as it would come in.
 */
export type ImportLine = { line: number, client: ClientForm, };

/**
 * Why a line stays out, or comes in without a part of it.
 */
export type ImportReason = "above_header" | "totals" | "nobody" | "birth_in_part";

/**
 * A line that refuses nothing, and of which something stays out.
 */
export type ImportRemark = { line: number, reason: ImportReason, 
/**
 * All of it stays out.
 */
left_out: boolean, 
/**
 * What stands there, cut short.
 */
cell: string, };

export type ImportReport = { 
/**
 * "UTF-8", "windows-1252", "macintosh", "UTF-16LE", "UTF-16BE".
 */
encoding: string, 
/**
 * The character between two cells.
 */
delimiter: string, header: boolean, columns: Array<ImportColumn>, dates: DateOrder, dates_proof: DateProof, 
/**
 * Lines with something in them below the header.
 */
lines: number, 
/**
 * How many of them come in.
 */
ready: number, 
/**
 * The first of those.
 */
preview: Array<ImportLine>, refused_lines: number, 
/**
 * All of them; a preview shows the first.
 */
refused: Array<RefusedLine>, 
/**
 * Lines that are somebody who is here, or an earlier line.
 */
duplicate_lines: number, 
/**
 * Lines that share a phone or a mail with somebody of another name: they come in.
 */
possible_lines: number, 
/**
 * Both of them.
 */
duplicates: Array<DuplicateLine>, left_out_lines: number, remark_lines: number, remarks: Array<ImportRemark>, 
/**
 * How many came in: none in a preview, and none while a line is refused.
 */
imported: number, };

export type ImportTsmArgs = { 
/**
 * The database's bytes, in base64.
 */
base64: string, name: Line, 
/**
 * ISO 4217, three letters.
 */
currency: Line, 
/**
 * IANA time zone: the database's moments are on this clock.
 */
zone: Line, language?: Language | null, };

export type Item = { id: string, sku: string, 
/**
 * What a scanner reads off it, where that is not the SKU.
 */
barcode: string | null, name: string, category: string | null, unit: string, cost: Money, price: Money, minimum: number, 
/**
 * What is ordered up to; none: twice the minimum.
 */
target: number | null, supplier: string | null, 
/**
 * Sold at the counter, rather than used up in the studio.
 */
for_sale: boolean, session_use: SessionUse, 
/**
 * None: the usual tax.
 */
tax_rate_id: string | null, active: boolean, on_hand: number, 
/**
 * Of that, what is no longer good.
 */
expired: number, 
/**
 * The first day on which something of what is on hand is no longer good.
 */
next_expiry: Day | null, rev: number, };

/**
 * A field left out stays as it is; null or an empty text takes away what may be missing.
 */
export type ItemChanges = { sku?: Mark | null, 
/**
 * What a scanner reads off it, where that is not the SKU. No other item has it, as barcode or as SKU.
 */
barcode?: Mark | null, name?: Line | null, category?: Line | null, 
/**
 * Taken away, it is piece.
 */
unit?: Line | null, cost?: Money | null, price?: Money | null, minimum?: number | null, 
/**
 * What is ordered up to; taken away, twice the minimum.
 */
target?: number | null, supplier?: Line | null, 
/**
 * Sold at the counter.
 */
for_sale?: boolean | null, 
/**
 * Whether visits say that they used it.
 */
session_use?: SessionUse | null, 
/**
 * Taken away, it is the usual tax.
 */
tax_rate_id?: Line | null, };

export type ItemForm = { sku: Mark, 
/**
 * What a scanner reads off it, where that is not the SKU. No other item has it, as barcode or as SKU.
 */
barcode?: Mark | null, name: Line, category?: Line | null, 
/**
 * piece, box, bottle…; piece when left out.
 */
unit?: Line | null, cost?: Money | null, price: Money, minimum?: number | null, 
/**
 * What is ordered up to; twice the minimum when left out.
 */
target?: number | null, supplier?: Line | null, 
/**
 * Sold at the counter; yes when left out.
 */
for_sale?: boolean | null, 
/**
 * Whether visits say that they used it; no when left out.
 */
session_use?: SessionUse | null, 
/**
 * The usual tax when left out.
 */
tax_rate_id?: Line | null, };

export type ItemsArgs = { 
/**
 * 1 to 200.
 */
item_ids: Array<Line>, };

export type KeepDepositArgs = { deposit_id: Line, reason?: Line | null, };

export type KeepDraftArgs = { room: RoomName, 
/**
 * At most 64 KB of JSON; the desk alone reads it.
 */
body: unknown, };

/**
 * What a printer's cable to the drawer calls the drawer.
 */
export type KickPin = "two" | "five";

/**
 * A studio that was opened here.
 */
export type Known = { file: string, name: string, demo: boolean, opened_at: number, };

/**
 * The language of the desk.
 */
export type Language = "en" | "es-MX";

/**
 * What anybody at the desk may know of the backups.
 */
export type LastBackup = { at: number | null, late: boolean, second_late: boolean, test_due: boolean, };

export type LeaveArgs = { walk_in_id: Line, reason?: Line | null, };

/**
 * What archiving a member would leave to be done: looked at before it is done.
 */
export type Leaving = { appointments: Array<FutureVisit>, 
/**
 * This member knows the master code (T112).
 */
rotate_code: boolean, 
/**
 * Fewer than two owners and admins would be left (A030).
 */
few_admins: boolean, 
/**
 * The cash drawer was opened by this member and is still open.
 */
open_drawer: boolean, };

export type LeavingArgs = { member_id: Line, };

/**
 * The text of a mail, for the computer's own program to send.
 */
export type Letter = { 
/**
 * Empty where the caller may not know it, or nobody does.
 */
to: string, subject: string, text: string, };

/**
 * Why two clients may be one person.
 */
export type Likeness = "phone" | "mail" | "name_and_birth" | "name";

/**
 * One line of 1 to `MAX` characters.
 */
export type Line = string;

/**
 * A picture that is nowhere any more, and what is known of it.
 */
export type LostPicture = { id: string, 
/**
 * What its file is called, without ".jpg".
 */
hash: string, 
/**
 * The client whose it is, or the artist in whose portfolio it is.
 */
of: string, title: string | null, 
/**
 * When it was added.
 */
at: number, };

/**
 * A batch of an item, by the number on its label or by the day it is good until.
 */
export type Lot = { id: string, item_id: string, item_name: string, number: string | null, 
/**
 * The last day on which it is good.
 */
expires: Day | null, supplier: string | null, on_hand: number, 
/**
 * How many visits used it.
 */
visits: number, rev: number, };

export type LotArgs = { lot_id: Line, };

/**
 * A visit that used a lot.
 */
export type LotVisit = { appointment_id: string, starts_at: number, artist_name: string, client_id: string, client_name: string, 
/**
 * None where this member is not shown how to reach clients (D03).
 */
phone: string | null, email: string | null, };

export type LotsArgs = { 
/**
 * All of this item's lots; left out, whatever is on hand and no longer good in thirty days.
 */
item_id?: Line | null, };

/**
 * What a label or a barcode says, of 1 to `MAX` characters. Those that nobody sees are left out: two codes that look
 * alike are one.
 */
export type Mark = string;

export type Me = { id: string, name: string, username: string, artist_id: string | null, };

/**
 * A member as colleagues see them (T131).
 */
export type Member = { id: string, name: string, username: string, 
/**
 * The role that counts now.
 */
role: Role, 
/**
 * The role is lent until then (A032)…
 */
role_until: number | null, 
/**
 * …and this one counts again after it.
 */
role_after: Role | null, active: boolean, archived_at: number | null, artist_id: string | null, profile: Profile, employment: Employment | null, guest_from: Day | null, guest_until: Day | null, 
/**
 * Weekly hours of the artist profile.
 */
hours: Array<Hours>, 
/**
 * Open visits of today, and when the next begins; null where the caller may not see them.
 */
appointments_today: number | null, next_at: number | null, 
/**
 * The artist's part of a service, in basis points; only for those who manage accounts.
 */
commission_bp: number | null, 
/**
 * Still has to change a temporary password.
 */
must_change: boolean, last_seen_at: number | null, 
/**
 * Only for those who manage accounts.
 */
switches: Array<SwitchState>, };

export type MemberArgs = { member_id: Line, };

/**
 * What somebody did at the till.
 */
export type MemberPart = { member_id: string, name: string, sales: number, sold: Money, discount: Money, refunds: number, 
/**
 * Negative.
 */
refunded: Money, voids: number, 
/**
 * Negative.
 */
voided: Money, };

export type Mentor = { 
/**
 * Null: nobody.
 */
artist_id?: Line | null, 
/**
 * Their part of the commission, in basis points.
 */
bp: number, };

export type MergeArgs = { 
/**
 * The client that stays.
 */
keep_id: Line, 
/**
 * The duplicate: counts as the other from then on.
 */
merge_id: Line, 
/**
 * Fields that come from the duplicate although the kept client has something there.
 */
take?: Array<ClientField> | null, };

export type MergePreview = { keep: Client, merge: Client, fields: Array<FieldPreview>, moves: Array<MoveCount>, 
/**
 * Sales that count for the kept client from then on; their receipts stay as they are.
 */
sales: number, 
/**
 * Signed papers that count for the kept client from then on; none of them changes.
 */
papers: number, };

export type MergePreviewArgs = { 
/**
 * The client that stays.
 */
keep_id: Line, 
/**
 * The duplicate.
 */
merge_id: Line, };

/**
 * A duplicate that counts as this client now, and can be made a client of its own again.
 */
export type MergedClient = { client_id: string, name: string, at: number, };

/**
 * An amount in minor units (cents, or whole yen), or a sum of such: the studio's settings say which. What a caller sends
 * is a single amount, at most [`LIMIT`].
 */
export type Money = number;

/**
 * A calendar month, "2026-11".
 */
export type Month = string;

export type MonthArgs = { month: Month, artist_id?: Line | null, };

export type MonthDay = { day: Day, 
/**
 * An artist sees only the own load: how much a colleague works is part of what they earn (D04).
 */
artists: Array<MonthLoad>, };

/**
 * How full one artist's day is.
 */
export type MonthLoad = { artist_id: string, visits: number, booked_minutes: number, 
/**
 * Working time without blocks.
 */
open_minutes: number, };

/**
 * How many of what would move.
 */
export type MoveCount = { 
/**
 * "appointments", "client_notes" and the like.
 */
what: string, count: number, };

export type MoveDepositArgs = { deposit_id: Line, 
/**
 * Another visit of the same client.
 */
appointment_id: Line, };

/**
 * One entry of an item's ledger.
 */
export type Movement = { id: string, 
/**
 * Where it stands in the order of all movements: names the page that comes after it.
 */
seq: number, at: number, kind: MovementKind, quantity: number, 
/**
 * What was on hand after it.
 */
balance: number, unit_cost: Money | null, reason: string | null, lot_id: string | null, lot: string | null, 
/**
 * The receipt of the sale or refund, for those who see all of them.
 */
receipt: number | null, 
/**
 * The document of the count.
 */
count_id: string | null, count_number: number | null, by: string, };

export type MovementKind = "opening" | "delivery" | "adjustment" | "count" | "sale" | "return" | "used" | "unused";

export type MovementsArgs = { item_id: Line, 
/**
 * The `seq` of the last one that is known: the page after it.
 */
before?: number | null, };

/**
 * Everything that is to be signed for a visit, and how far it is.
 */
export type Needed = { client_id: string, client_name: string, appointment_id: string | null, 
/**
 * Empty when no service was named.
 */
service_name: string, artist_name: string | null, birth_date: string | null, 
/**
 * In whole years, today.
 */
age: number | null, 
/**
 * A guardian must sign too.
 */
guardian: boolean, 
/**
 * The service is not done at that age.
 */
too_young: boolean, waived: Waiver | null, papers: Array<Paper>, 
/**
 * What was signed for this visit, or today without one, newest first.
 */
signed: Array<SignedConsent>, };

/**
 * An appointment, or a client who came without one and what they came for.
 */
export type NeededArgs = { appointment_id?: Line | null, client_id?: Line | null, service_id?: Line | null, 
/**
 * Who will sign for a minor: stands in the text.
 */
guardian_name?: Line | null, 
/**
 * As just told, where the client's file has none yet: stands in the text.
 */
birth_date?: Day | null, };

/**
 * An account that was just made, with the password to hand over once.
 */
export type NewAccount = { name: string, username: string, password: string, };

export type NotSameArgs = { client_id: Line, other_id: Line, };

export type NoteArgs = { client_id: Line, 
/**
 * The session it is about; an artist must name one of their own (T024).
 */
appointment_id?: Line | null, body: Prose, };

/**
 * For commands that need no arguments.
 */
export type Nothing = Record<symbol, never>;

export type Notice = { id: string, kind: NoticeKind, at: number, read: boolean, 
/**
 * Who did it.
 */
by: string | null, details: Record<string, unknown>, };

/**
 * What a notice is about. The facts that come with each stand beside it.
 */
export type NoticeKind = "role_changed" | "switch_changed" | "password_reset" | "time_off" | "code_rotated" | "ownership" | "client_here" | "appointments_moved" | "client_reassigned" | "paid_out" | "payout_back" | "clock_ahead" | "supply_asked" | "supply_answered";

export type OpenArgs = { 
/**
 * Cash in the drawer at the start of the day.
 */
float: Money, };

export type OpenDrawer = { session_id: string, opened_at: number, opened_by: string, 
/**
 * Whose drawer it is now: whoever opened it, or took it over last.
 */
held_by: string, held_by_id: string, takeovers: Array<Takeover>, float: Money, 
/**
 * A blind count is due, and this caller may not know what should be in it: no movements are told (D27).
 */
blind: boolean, 
/**
 * Who may stand beside this caller for a difference above the studio's limit. Nobody: there is no limit, or the rule
 * is waived (D27).
 */
confirmers: Array<Confirmer>, 
/**
 * Newest first.
 */
moves: Array<CashMove>, };

export type OpenDrawerArgs = { reason: Line, };

/**
 * A time that is long enough.
 */
export type Opening = { artist_id: string, artist_name: string, starts_at: number, ends_at: number, 
/**
 * The gap goes on until then.
 */
free_until: number, };

export type OpeningsArgs = { 
/**
 * Any artist when left out.
 */
artist_id?: Line | null, 
/**
 * Only artists with this signature style.
 */
style?: Line | null, 
/**
 * Length with what it takes before and after, 5 to 1440.
 */
minutes: number, setup_minutes?: number | null, cleanup_minutes?: number | null, 
/**
 * The first day; nothing before now is offered.
 */
from: Day, 
/**
 * How many days to look through, 1 to 120; 30 when left out.
 */
days?: number | null, 
/**
 * 1 to 50; 12 when left out.
 */
limit?: number | null, };

/**
 * Text that may also be sent empty, which takes away what stood there.
 */
export type OrEmpty = string;

/**
 * One of a few words, or an empty text that takes away what stood there.
 */
export type OrNone<T> = T | Empty;

/**
 * One item that should be ordered.
 */
export type OrderLine = { item_id: string, sku: string, name: string, unit: string, supplier: string | null, on_hand: number, 
/**
 * Of that, what is no longer good.
 */
expired: number, minimum: number, 
/**
 * How many the team asked for.
 */
requested: number, 
/**
 * How many were sold or used up in the last thirty days.
 */
used: number, order: number, cost: Money, 
/**
 * None: more than can be said in figures.
 */
amount: Money | null, };

/**
 * What merging makes of a field.
 */
export type Outcome = "same" | "kept" | "fills" | "differs" | "joined";

/**
 * Completed visits that nobody has paid for.
 */
export type Outstanding = { visits: number, amount: Money, };

/**
 * What the studio owes an artist.
 */
export type Owed = { artist_id: string, name: string, active: boolean, 
/**
 * Earned and not paid; negative when a refund took back what was already paid.
 */
commission: Money, tips: Money, balance: Money, last_payout: Payout | null, };

/**
 * A paper as it is read and signed for one visit.
 */
export type Paper = { template_id: string, version_id: string, kind: ConsentKind, title: string, 
/**
 * Exactly what is read.
 */
text: string, 
/**
 * SHA-256 of `text`, as hexadecimal digits.
 */
text_hash: string, questions: Array<Question>, required: boolean, done: PaperDone | null, };

/**
 * That a paper is signed.
 */
export type PaperDone = { consent_id: string, at: number, signer: string, 
/**
 * Good for visits that begin before then; none for a paper of one visit.
 */
valid_until: number | null, image_use: boolean | null, };

/**
 * A document that the desk saves for the member who asked.
 */
export type PaperFile = { 
/**
 * A file name without a folder.
 */
name: string, base64: string, };

/**
 * How a visit stands with its required papers.
 */
export type Paperwork = { needed: number, missing: number, 
/**
 * Somebody said that it goes on without.
 */
waived: boolean, };

/**
 * From which step on the gate holds.
 */
export type PaperworkAt = "check_in" | "checkout";

/**
 * What happens where required paperwork is missing.
 */
export type PaperworkGate = "off" | "warn" | "block";

/**
 * Money paid to an artist, with a number of its own.
 */
export type Payout = { id: string, number: number, at: number, by: string, artist_id: string, artist_name: string, 
/**
 * The last day that it settles.
 */
until: Day, tender: PayoutTender, amount: Money, 
/**
 * Of the amount.
 */
commission: Money, tips: Money, note: string | null, 
/**
 * The number of the payout that this one takes back: its amounts are negative.
 */
reverses: number | null, 
/**
 * The number of the one that took this payout back.
 */
reversed_by: number | null, };

/**
 * How an artist is paid.
 */
export type PayoutTender = "cash" | "transfer" | "earlier";

export type PayoutsArgs = { artist_id?: Line | null, 
/**
 * First and last day; the last year when left out.
 */
from?: Day | null, to?: Day | null, };

export type PeriodArgs = { 
/**
 * First and last day in the studio's zone, at most five years.
 */
from: Day, to: Day, 
/**
 * One artist's work alone; an artist's own, whatever is asked for.
 */
artist_id?: Line | null, };

export type PeriodReport = { from: Day, to: Day, 
/**
 * The period of the same length before it.
 */
before_from: Day, before_to: Day, 
/**
 * The studio's sums; otherwise of one artist's rows alone.
 */
whole: boolean, 
/**
 * The points are months.
 */
by_month: boolean, totals: Totals, before: Totals, series: Array<Point>, before_series: Array<Point>, 
/**
 * For an artist the own part alone.
 */
artists: Array<ArtistPart>, services: Array<ThingPart>, items: Array<ThingPart>, 
/**
 * Empty for one artist, as the two that follow.
 */
tenders: Array<TenderPart>, 
/**
 * A blind count is due, and this caller may not know what should be in the drawer: no tenders are told (D27).
 */
blind: boolean, taxes: Array<TaxPart>, members: Array<MemberPart>, hours: Array<HourLoad>, outstanding: Outstanding, deposits: DepositSums, 
/**
 * Deposits that clients have with the studio now.
 */
deposits_held: Money, booked_minutes: number, open_minutes: number, };

/**
 * A picture of a client, of one visit or of none. An artist sees those of own visits (D28).
 */
export type Picture = { id: string, appointment_id: string | null, client_id: string, 
/**
 * The visit's.
 */
artist_id: string | null, kind: PictureKind, title: string | null, 
/**
 * Of the large copy, in pixels.
 */
width: number, height: number, added_at: number, 
/**
 * Who added it.
 */
by: string, 
/**
 * A portfolio shows it too.
 */
in_portfolio: boolean, };

export type PictureArgs = { picture_id: Line, };

/**
 * The bytes of a picture.
 */
export type PictureData = { mime: string, base64: string, };

/**
 * What a picture shows.
 */
export type PictureKind = "reference" | "progress" | "result" | "healed";

/**
 * How large a picture is wanted.
 */
export type PictureSize = "thumb" | "full";

export type PicturesArgs = { 
/**
 * All of a client's, newest first…
 */
client_id?: Line | null, 
/**
 * …or those of one visit, oldest first.
 */
appointment_id?: Line | null, };

export type PinArgs = { 
/**
 * As text, like the password's: whatever is typed gets the same answer.
 */
username: Secret, pin: Secret, };

/**
 * What becomes of a leaver's appointments (T113).
 */
export type Plan = { "hand_to": Line } | { "cancel": Line };

/**
 * One day, or one month of a long period.
 */
export type Point = { 
/**
 * The day, or the month's first.
 */
day: Day, goods: Money, tips: Money, returned: Money, sales: number, visits: number, };

/**
 * What the matrix answers (T001 to T005).
 */
export type Policy = "allow" | "own" | "locked" | "deny";

/**
 * A page of the portfolios with what they can be narrowed by.
 */
export type Portfolio = { 
/**
 * Those who work here, and those who left and have pictures.
 */
artists: Array<PortfolioArtist>, 
/**
 * Of all portfolios, as the filters offer them.
 */
styles: Array<string>, body_areas: Array<string>, 
/**
 * How many there are of the filter, this page or not.
 */
total: number, items: Array<PortfolioItem>, };

/**
 * Everything left out does not narrow.
 */
export type PortfolioArgs = { artist_id?: Line | null, 
/**
 * As it is written with the picture.
 */
style?: Line | null, body_area?: Line | null, colour?: PortfolioColour | null, stage?: PortfolioStage | null, featured?: boolean | null, published?: boolean | null, 
/**
 * How many to pass over; each answer holds 200 at most.
 */
skip?: number | null, };

/**
 * An artist with pictures, or who could have some.
 */
export type PortfolioArtist = { artist_id: string, name: string, 
/**
 * One who left keeps their portfolio (T113).
 */
active: boolean, pictures: number, };

/**
 * Whose tattoo it is.
 */
export type PortfolioClient = { id: string, name: string, };

/**
 * Whether a tattoo has colours.
 */
export type PortfolioColour = "colour" | "black";

/**
 * A rectangle of a picture, in pixels of all of it as it is kept.
 */
export type PortfolioCrop = { x: number, y: number, width: number, height: number, };

/**
 * A picture of a portfolio, as the studio sees it.
 */
export type PortfolioItem = { id: string, artist_id: string, artist_name: string, title: string | null, description: string | null, styles: Array<string>, body_area: string | null, colour: PortfolioColour | null, stage: PortfolioStage | null, featured: boolean, 
/**
 * The artist lets clients see it.
 */
published: boolean, permission: PortfolioPermission, 
/**
 * Published, and nobody's permission is missing: the client's view has it.
 */
shown: boolean, 
/**
 * Only for whoever may change the picture and see this client.
 */
client: PortfolioClient | null, appointment_id: string | null, 
/**
 * Of the large copy, in pixels.
 */
width: number, height: number, 
/**
 * The part that is shown of a larger picture, only for whoever may change it; none when all of it is shown.
 */
crop: PortfolioCrop | null, 
/**
 * Of what it was cut from; as large as itself when it is shown whole.
 */
original_width: number, original_height: number, 
/**
 * Another one with other bytes: what a window kept of the picture until then is of no use.
 */
version: string, added_at: number, 
/**
 * Who added it.
 */
by: string, };

/**
 * What the client whose tattoo it is says to its being shown.
 */
export type PortfolioPermission = "not_asked" | "given" | "missing";

/**
 * What is wanted of a portfolio's picture.
 */
export type PortfolioSize = "thumb" | "full" | "original";

/**
 * When the picture was taken.
 */
export type PortfolioStage = "fresh" | "healed";

/**
 * Everything a client may see.
 */
export type PortfolioView = { 
/**
 * Those who work here and have something to show.
 */
artists: Array<ShownArtist>, 
/**
 * Artist by artist, featured ones first.
 */
pictures: Array<ShownPicture>, };

export type PreviewArgs = { 
/**
 * 32, 42 or 48.
 */
columns: number, letters: CodePage, 
/**
 * Another note than the studio's, at most 500 characters.
 */
note?: string | null, };

export type PrintArgs = { 
/**
 * The number on it: of a sale, a refund, a void, or of a deposit.
 */
receipt: number, way: Way, };

export type PrintXArgs = { way: Way, };

export type PrintZArgs = { z: number, way: Way, };

/**
 * A report that was printed, or the document to save.
 */
export type Printed = { file: PaperFile | null, };

/**
 * What a member says of themselves (S010); every colleague sees it (T131).
 */
export type Profile = { pronouns: string | null, email: string | null, phone: string | null, about: string | null, languages: Array<string>, skills: Array<string>, 
/**
 * Signature styles.
 */
styles: Array<string>, };

export type Project = { id: string, client_id: string, client_name: string, artist_id: string, artist_name: string, title: string, 
/**
 * Where on the body.
 */
placement: string | null, idea: string | null, 
/**
 * Sessions agreed on.
 */
planned: number, 
/**
 * Sessions that are over.
 */
done: number, closed_at: number | null, sessions: Array<ProjectSession>, rev: number, };

/**
 * Which session of which project.
 */
export type ProjectMark = { project_id: string, title: string, 
/**
 * Counted from one, cancelled and missed ones left out.
 */
session: number, planned: number, };

/**
 * A visit of a project, in the order of time; cancelled and missed ones too.
 */
export type ProjectSession = { appointment_id: string, starts_at: number, status: VisitStatus, service_name: string, };

export type ProjectsArgs = { client_id?: Line | null, artist_id?: Line | null, 
/**
 * Closed ones too.
 */
closed: boolean, };

/**
 * Text of 1 to `MAX` characters that may hold line breaks.
 */
export type Prose = string;

/**
 * Something a paper asks.
 */
export type Question = { id: string, text: string, kind: QuestionKind, 
/**
 * What a yes puts on the client for everybody to see (D23): "Nickel allergy".
 */
alert: string | null, };

/**
 * A question as the desk enters it.
 */
export type QuestionForm = { 
/**
 * Of a question that was there before; a new one gets its own.
 */
id?: Line | null, text: Prose, kind: QuestionKind, 
/**
 * What a yes puts on the client.
 */
alert?: Line | null, };

export type QuestionKind = "yes_no" | "text";

export type QuoteArgs = { appointment_id?: Line | null, lines: Array<SellLine>, 
/**
 * Off the whole sale (needs till.discount).
 */
discount?: Discount | null, tips: Array<TipLine>, 
/**
 * The visit's deposits that pay a part; all that are held when left out.
 */
deposits?: Array<Line> | null, };

export type Rate = { kind: RateKind, 
/**
 * Basis points, 0 to 10000.
 */
bp: number, };

/**
 * What a rate is for: a kind of service, or whatever is sold over the counter.
 */
export type RateKind = "tattoo" | "piercing" | "consultation" | "other" | "item";

export type ReassignArgs = { client_id: Line, 
/**
 * Whose client it is from now on; left out or null: nobody's.
 */
artist_id?: Line | null, };

/**
 * Who must be told when a maker calls a lot back.
 */
export type Recall = { lot: Lot, visits: Array<LotVisit>, 
/**
 * Visits of colleagues, which this member is not shown (D04).
 */
others: number, };

/**
 * A numbered receipt, of a sale, a refund or a void.
 */
export type Receipt = { sale_id: string, receipt: number, kind: SaleKind, at: number, by: string, client_id: string | null, client_name: string | null, appointment_id: string | null, 
/**
 * The sale that a refund or void took back.
 */
original: ReceiptLink | null, 
/**
 * What was taken back from this sale.
 */
reversals: Array<ReceiptLink>, reason: string | null, lines: Array<ReceiptLine>, tips: Array<ReceiptTip>, tenders: Array<ReceiptTender>, 
/**
 * What stands on the lines together, before tax that was put on top.
 */
before_tax: Money, 
/**
 * With every tax.
 */
goods: Money, discount: Money, tax: Money, tax_added: Money, taxes: Array<TaxSum>, tip: Money, 
/**
 * Goods and tips.
 */
total: Money, deposits: Array<ReceiptDeposit>, 
/**
 * Paid beyond that, or less, because there is no smaller coin.
 */
rounding: Money, 
/**
 * Total and rounding less the deposits: what the tenders paid.
 */
paid: Money, 
/**
 * The deposit of a visit that did not happen became this sale.
 */
kept_deposit: boolean, 
/**
 * How many copies of it are about, beside the original.
 */
copies: number, 
/**
 * Whether this is one of those.
 */
copy: boolean, 
/**
 * Cash handed back at the counter.
 */
change: Money, 
/**
 * What can still be refunded.
 */
refundable: Money, 
/**
 * Still in the open drawer's time and untouched: it can be voided.
 */
voidable: boolean, };

export type ReceiptArgs = { sale_id: Line, };

/**
 * A deposit that paid a part of a sale; negative where a void gave it back to be held.
 */
export type ReceiptDeposit = { deposit_id: string, 
/**
 * The receipt it was taken with.
 */
receipt: number, taken_at: number, amount: Money, };

/**
 * One line of a receipt.
 */
export type ReceiptLine = { id: string, label: string, artist_id: string | null, artist_name: string | null, service_id: string | null, item_id: string | null, quantity: number, list_price: Money, unit_price: Money, discount: Money, 
/**
 * Quantity times price, less the discount.
 */
before_tax: Money, tax_rate_id: string | null, 
/**
 * The rate's name; none for the usual one.
 */
tax_name: string | null, 
/**
 * Basis points; none on a receipt from before rates were kept.
 */
tax_bp: number | null, tax: Money, 
/**
 * The part of the tax that was put on top of the price.
 */
tax_added: Money, 
/**
 * With every tax.
 */
amount: Money, 
/**
 * Not yet given back.
 */
amount_left: Money, quantity_left: number, };

/**
 * Another receipt that this one points at, or that points at this one.
 */
export type ReceiptLink = { sale_id: string, receipt: number, kind: SaleKind, at: number, total: Money, reason: string | null, };

export type ReceiptTender = { tender: Tender, amount: Money, given: Money, change: Money, };

export type ReceiptTip = { artist_id: string, artist_name: string, amount: Money, amount_left: Money, };

/**
 * The way back for an owner who lost the password (D22).
 */
export type RecoverArgs = { recovery_code: Secret, new_password: Secret, };

/**
 * The next recovery code, shown once: the old one has done its work.
 */
export type Recovered = { username: string, recovery_code: string, };

/**
 * Shown once, kept as a hash.
 */
export type RecoveryCode = { recovery_code: string, };

export type RefundArgs = { sale_id: Line, 
/**
 * What goes back; everything that is left, tips too, when left out.
 */
lines?: Array<RefundLine> | null, 
/**
 * Tips that go back, beside the lines.
 */
tips?: Array<TipLine> | null, tender: Tender, reason: Line, 
/**
 * Returned items go back on the shelf; yes when left out.
 */
restock?: boolean | null, };

/**
 * A line to give back.
 */
export type RefundLine = { line_id: Line, 
/**
 * How many come back; with neither quantity nor amount, all that is left.
 */
quantity?: number | null, 
/**
 * How much goes back; the quantity's share when left out.
 */
amount?: Money | null, };

export type Refused = { studio: Known, fault: Fault, };

/**
 * A line that cannot come in. While there is one, nothing does.
 */
export type RefusedLine = { 
/**
 * As the file counts, from 1.
 */
line: number, field: ImportField | null, 
/**
 * "too long", "control character", "not a day", "not a phone", "too many cells"; of the whole file "no name column",
 * "cell too long", or "quote not closed": a quotation mark on it swallows the rest of the file.
 */
reason: string, 
/**
 * The cell, cut short.
 */
cell: string, };

export type RemindArgs = { appointment_id: Line, by: RemindBy, };

/**
 * How a client was reminded. The words and the sending are the desk's; the core keeps that it was done.
 */
export type RemindBy = "mail" | "phone" | "message";

/**
 * What whoever runs the studio or its stock is reminded of; nothing for everybody else.
 */
export type Reminders = { 
/**
 * The master code must be rotated, and why (D06).
 */
code_due: CodeDue | null, 
/**
 * A month whose review nobody has signed (A028).
 */
review_due: Month | null, 
/**
 * Fewer than two active owners and admins, and others besides (A020, A030).
 */
few_admins: boolean, 
/**
 * The owner has no recovery code that works.
 */
needs_recovery_code: boolean, 
/**
 * Items below their minimum, for whoever books deliveries.
 */
stock_low: number, 
/**
 * Lots on hand that are no longer good in thirty days, for the same.
 */
stock_expiring: number, };

export type RenewRecoveryArgs = { password: Secret, };

export type ReopenArgs = { appointment_id: Line, 
/**
 * An open state: what it was before the step that is taken back.
 */
status: VisitStatus, };

export type ReorderArgs = { item_id: Line, 
/**
 * Another of the same portfolio; left out, it goes to the end.
 */
before_id?: Line | null, };

export type ReportWhat = "transactions" | "period" | "payouts" | "statement";

/**
 * What the desk says to a request.
 */
export type RequestAnswer = "ordered" | "done" | "declined";

export type RequestArgs = { kind: RequestKind, 
/**
 * The item it is about…
 */
item_id?: Line | null, 
/**
 * …or what it is called, where the studio has none such.
 */
what?: Line | null, 
/**
 * How many are wanted, or how many are really there.
 */
quantity?: number | null, note?: Line | null, };

export type RequestKind = "need" | "wrong";

export type RequestState = "open" | "ordered" | "done" | "declined" | "withdrawn";

export type RestoreBackupArgs = { name: Line, 
/**
 * The member's own.
 */
password: Secret, };

/**
 * What would be gone if a backup took the file's place: everything that was done since.
 */
export type RestorePreview = { backup: BackupLine, 
/**
 * Entries of the journal since then.
 */
entries: number, 
/**
 * Of these, what was done most often; nothing when the file did not go on from this backup.
 */
done: Array<DoneSince>, 
/**
 * Receipts written since then, taken-back ones among them, and what they come to.
 */
sales: number, total: Money, appointments: number, clients: number, pictures: number, 
/**
 * People who were erased since then; they are erased again.
 */
erased: number, 
/**
 * Members whose role, rights or password changed since then: they keep what they have today.
 */
rights_kept: number, 
/**
 * A code was made anew since then, or is due: it stays as it is today.
 */
codes_kept: boolean, 
/**
 * Whether the file went on from this backup. If not, somebody put the file back before, and what is told here is
 * only a difference.
 */
descends: boolean, 
/**
 * The file is gone or cannot be read: what was done since cannot be told, and nothing above says so.
 */
uncounted: boolean, };

export type RestoreSettingArgs = { id: Line, };

/**
 * What a restore did.
 */
export type Restored = { 
/**
 * When the backup was made.
 */
at: number, 
/**
 * The copy that was made of the file as it was; none when it could not be copied whole.
 */
safety: string | null, 
/**
 * Where the replaced file lies when no copy of it could be made.
 */
aside: string | null, 
/**
 * Pictures that the backup could not bring back.
 */
pictures_lost: number, 
/**
 * Visits to come of artists who left since the backup: they are to be handed on or cancelled again.
 */
stranded: number, };

export type ReturnDepositArgs = { deposit_id: Line, 
/**
 * All that is held when left out.
 */
amount?: Money | null, tender: Tender, reason: Line, };

/**
 * A refund or void of a day.
 */
export type Reversal = { sale_id: string, receipt: number, kind: SaleKind, at: number, by: string, total: Money, reason: string | null, original_receipt: number, };

export type Review = { month: Month, from: number, to: number, signed_at: number | null, signed_by: string | null, note: string | null, accounts: ReviewAccounts, role_changes: Array<ReviewRole>, 
/**
 * Standing today.
 */
switches: Array<ReviewSwitch>, refusals: Array<ReviewRefusal>, failed_sign_ins: Array<ReviewTries>, elevated: Array<ReviewElevated>, 
/**
 * How often the locked actions were opened.
 */
elevations: number, exports: Array<ReviewExport>, days: Array<ReviewDay>, code: CodeState, rotations: number, 
/**
 * Fewer than two active owners and admins, and others besides (A020, A030).
 */
few_admins: boolean, 
/**
 * More than three of them: switches do for the rest (A031, T090).
 */
many_admins: boolean, last_backup_at: number | null, last_drill_at: number | null, chain: Chain, };

export type ReviewAccount = { name: string, role: Role, 
/**
 * When it was made, archived or last used.
 */
at: number | null, };

export type ReviewAccounts = { 
/**
 * Active members of each role, today.
 */
active: Record<Role, number>, created: Array<ReviewAccount>, archived: Array<ReviewAccount>, 
/**
 * Who left or tattoos no more and still has visits ahead, with the first of them (T113).
 */
unsettled: Array<ReviewAccount>, never_signed_in: Array<ReviewAccount>, 
/**
 * Active, and not seen for thirty days.
 */
idle: Array<ReviewAccount>, };

export type ReviewArgs = { 
/**
 * "2026-11".
 */
month: Month, };

/**
 * How a day went, for a plot.
 */
export type ReviewDay = { day: Day, failed_sign_ins: number, refusals: number, elevated: number, };

/**
 * Something done under elevation.
 */
export type ReviewElevated = { member: string | null, 
/**
 * "code", or the name of who approved.
 */
by: string, command: string, count: number, };

export type ReviewExport = { at: number, member: string | null, command: string, rows: number | null, };

/**
 * Somebody was told no.
 */
export type ReviewRefusal = { member: string | null, code: string, command: string, count: number, };

export type ReviewRole = { at: number, member: string | null, by: string | null, old_role: string | null, new_role: string | null, until: number | null, reason: string | null, };

export type ReviewSwitch = { member: string, name: SwitchName, on: boolean, until: number | null, reason: string | null, };

export type ReviewTries = { 
/**
 * None: a name that nobody has.
 */
member: string | null, count: number, };

export type RightRow = { action: Action, 
/**
 * What holds now.
 */
answer: Policy, 
/**
 * What the member's own role says.
 */
by_role: Policy, because: Because, switch: SwitchName | null, 
/**
 * When the switch or the lent role stops by itself.
 */
until: number | null, 
/**
 * Locked, and open until then by the master code at this desk.
 */
opened_until: number | null, };

/**
 * Everything one member may do now, and why.
 */
export type Rights = { member_id: string, role: Role, 
/**
 * The member's own role, when another is lent.
 */
own_role: Role, lent_until: number | null, 
/**
 * Without an artist profile nothing is one's own (T082).
 */
linked: boolean, 
/**
 * Whether phone, mail and address are shown.
 */
contacts: boolean, rows: Array<RightRow>, };

export type RightsArgs = { 
/**
 * Oneself when left out.
 */
member_id?: Line | null, };

/**
 * One role per member (T079, D01). The order is the order of the matrix's columns.
 */
export type Role = "owner" | "admin" | "assistant" | "artist" | "apprentice";

/**
 * Which screen's: small letters, parts joined by dots, such as "till" or "clients.form".
 */
export type RoomName = string;

/**
 * The new code: shown once, kept nowhere (T065).
 */
export type Rotated = { code: string, changed_at: number, 
/**
 * Who must be told straight away (T067).
 */
assistants: Array<string>, };

export type SaleKind = "sale" | "refund" | "void";

export type SaveReportArgs = { 
/**
 * A new one when left out.
 */
id?: Line | null, name: Line, what: ReportWhat, format: TableFormat, period: SavedPeriod, 
/**
 * A statement needs one.
 */
artist_id?: Line | null, 
/**
 * A folder of this computer, from its root (needs reports.export).
 */
folder?: Line | null, };

/**
 * A client that was written, and others with the same phone number.
 */
export type Saved = { client: Client, 
/**
 * Perhaps the same person: ids of clients with this phone number.
 */
same_phone: Array<string>, };

/**
 * Which days a kept report is about, from whenever it is looked at.
 */
export type SavedPeriod = "today" | "this_week" | "last_week" | "this_month" | "last_month" | "this_quarter" | "last_quarter" | "this_year" | "last_year";

/**
 * A report kept by a name.
 */
export type SavedReport = { id: string, name: string, what: ReportWhat, format: TableFormat, period: SavedPeriod, 
/**
 * The days that this is today.
 */
from: Day, to: Day, artist_id: string | null, 
/**
 * Where it is written at each month's end, if anywhere.
 */
folder: string | null, 
/**
 * The last month that was written there.
 */
written: Month | null, 
/**
 * When a file was last written there.
 */
written_at: number | null, 
/**
 * The last try did not work: the folder is gone, or full.
 */
failed: boolean, };

export type ScheduleFormat = "csv" | "ics";

export type SearchArgs = { 
/**
 * Beginnings of words of a name, handle or mail, or at least three digits of a phone number; empty lists by name.
 */
text: string, 
/**
 * 1 to 200; 20 when left out.
 */
limit?: number | null, 
/**
 * The archived ones instead.
 */
archived?: boolean | null, };

export type SeatArgs = { walk_in_id: Line, artist_id: Line, service_id: Line, 
/**
 * The service's usual length when left out.
 */
minutes?: number | null, };

export type SecondArgs = { 
/**
 * A folder of this computer, from its root; none takes it away.
 */
folder?: Line | null, };

/**
 * The second folder, and what is wrong with it.
 */
export type SecondFolder = { folder: string, 
/**
 * The last try did not work; it is tried again.
 */
failed: Code | null, 
/**
 * Nothing was brought there for more than a day.
 */
late: boolean, 
/**
 * The newest that lies there.
 */
last_at: number | null, };

/**
 * A password or code on its way in. Never printed, never serialised.
 */
export type Secret = string;

export type SellArgs = { appointment_id?: Line | null, 
/**
 * The appointment's client when left out.
 */
client_id?: Line | null, lines: Array<SellLine>, 
/**
 * Off the whole sale (needs till.discount).
 */
discount?: Discount | null, tips: Array<TipLine>, 
/**
 * The visit's deposits that pay a part; all that are held when left out.
 */
deposits?: Array<Line> | null, 
/**
 * Their amounts add up to what is left to pay; to its rounded sum when all of it is cash.
 */
tenders: Array<TenderLine>, };

/**
 * Something being sold: a service or an item, never both.
 */
export type SellLine = { service_id?: Line | null, item_id?: Line | null, 
/**
 * Who did it; the appointment's artist when left out.
 */
artist_id?: Line | null, 
/**
 * 1 to 9999; one when left out.
 */
quantity?: number | null, 
/**
 * Another price than the file's (needs till.price_override).
 */
unit_price?: Money | null, 
/**
 * Off this line (needs till.discount).
 */
discount?: Discount | null, };

/**
 * Something the studio does for a price.
 */
export type Service = { id: string, name: string, kind: ServiceKind, minutes: number, price: Money, 
/**
 * Time the artist needs before and after, for setting up and cleaning.
 */
setup_minutes: number, cleanup_minutes: number, 
/**
 * None: the usual rate.
 */
tax_rate_id: string | null, deposit: DepositPolicy, 
/**
 * Below this age, in years, a guardian signs too; 0: never.
 */
guardian_below: number, 
/**
 * Below this age the service is not done, guardian or not; 0: no limit.
 */
minimum_age: number, active: boolean, };

/**
 * A new service, or with an id a changed one.
 */
export type ServiceArgs = { service_id?: Line | null, name: Line, kind: ServiceKind, minutes: number, price: Money, 
/**
 * Minutes for setting up before and cleaning after, 0 to 240; left out, they stay.
 */
setup_minutes?: number | null, cleanup_minutes?: number | null, 
/**
 * Empty is the usual rate; left out, it stays.
 */
tax_rate_id?: OrEmpty | null, 
/**
 * Left out, it stays.
 */
deposit?: DepositPolicy | null, 
/**
 * Ages in years, 0 to 99, 0 sets no limit; left out, they stay.
 */
guardian_below?: number | null, minimum_age?: number | null, 
/**
 * An inactive service can no longer be booked.
 */
active?: boolean | null, };

export type ServiceKind = "tattoo" | "piercing" | "consultation" | "other";

/**
 * What a visit says of an item that it used.
 */
export type SessionUse = "none" | "part" | "whole";

/**
 * What an archiving leaves to be done.
 */
export type SetActive = { member: Member, 
/**
 * An assistant left: the master code must be rotated (T112).
 */
rotate_code: boolean, 
/**
 * Appointments still ahead of an artist who left (T113).
 */
future_appointments: number, 
/**
 * Fewer than two owners and admins are left (A030).
 */
few_admins: boolean, settled: Settled, };

export type SetActiveArgs = { member_id: Line, active: boolean, 
/**
 * What becomes of an artist's appointments; left out, they stay where they are for somebody to settle.
 */
appointments?: Plan | null, };

export type SetPinArgs = { password: Secret, 
/**
 * 4 to 8 digits; null takes the PIN away.
 */
pin?: Secret | null, };

export type SetRatesArgs = { artist_id: Line, 
/**
 * Left out, it stays, as the two that follow.
 */
base_bp?: number | null, 
/**
 * The whole list; a kind that is not in it takes the base.
 */
rates?: Array<Rate> | null, mentor?: Mentor | null, };

export type SetShareArgs = { appointment_id: Line, 
/**
 * Basis points; null: as usual.
 */
bp?: number | null, };

export type SetSwitchArgs = { member_id: Line, name: SwitchName, 
/**
 * Null puts the cell back to what the role says.
 */
on?: boolean | null, 
/**
 * After this the switch stops by itself.
 */
until?: number | null, reason?: Line | null, };

/**
 * A new template, or with an id a changed one.
 */
export type SetTemplateArgs = { template_id?: Line | null, name: Line, kind: ConsentKind, required: boolean, 
/**
 * For how many days one signature is good, 1 to 3660; left out: each visit anew.
 */
valid_days?: number | null, 
/**
 * None listed: every service.
 */
service_ids: Array<Line>, active: boolean, title: Line, body: Prose, questions: Array<QuestionForm>, };

/**
 * A setting as it stood before somebody changed it.
 */
export type SettingChange = { id: string, name: string, 
/**
 * What it was.
 */
value: unknown, changed_at: number, by: string | null, };

/**
 * Everything a studio sets for itself.
 */
export type Settings = { name: string, 
/**
 * ISO 4217. Fixed once made: every amount in the file is in it.
 */
currency: string, 
/**
 * Minor units in one unit, as a power of ten.
 */
exponent: number, 
/**
 * BCP 47: how figures and dates are written.
 */
locale: string, language: Language, 
/**
 * IANA time zone.
 */
zone: string, 
/**
 * 1 is Monday, 7 is Sunday.
 */
week_start: number, 
/**
 * Opening hours; a weekday without a row is closed.
 */
hours: Array<Hours>, 
/**
 * The usual tax, in basis points; a service or an item may have a rate of its own.
 */
tax_bp: number, 
/**
 * Whether the tax is inside the prices, or put on top of them.
 */
prices_include_tax: boolean, 
/**
 * The smallest coin that cash is paid in, in minor units; 0 pays to the cent.
 */
cash_rounding: Money, 
/**
 * A visit cancelled later than this many hours before it suggests keeping its deposit, 0 to 720.
 */
deposit_cancel_hours: number, 
/**
 * Whoever closes the drawer counts before they are told what should be in it.
 */
blind_count: boolean, 
/**
 * A difference above this needs a second person at the close; none: never.
 */
difference_limit: Money | null, 
/**
 * How long the master code opens the locked actions (T060), 1 to 30.
 */
elevation_minutes: number, 
/**
 * When an idle desk locks, 1 to 30.
 */
idle_minutes: number, 
/**
 * After how many days a rotation of the master code is due (D06).
 */
rotation_days: number, 
/**
 * Whether an elevation must say why (D05).
 */
elevation_reason: boolean, 
/**
 * Whether the desk locks when a sale is done.
 */
lock_after_sale: boolean, 
/**
 * Address, tax number, thanks: printed on every receipt.
 */
receipt_note: string, 
/**
 * The receipt printer's name or address on the network; empty: there is none.
 */
printer_host: string, printer_port: number, 
/**
 * Characters on a line of its paper: 32, 42 or 48.
 */
printer_columns: number, printer_letters: CodePage, printer_pin: KickPin, 
/**
 * Whether it opens the drawer when cash moves.
 */
printer_drawer: boolean, 
/**
 * What happens where required paperwork is missing.
 */
paperwork_gate: PaperworkGate, 
/**
 * From which step on.
 */
paperwork_at: PaperworkAt, 
/**
 * For how many years a signed consent outlives an erasure (D29), 1 to 30.
 */
consent_years: number, 
/**
 * Whether an artist's share is of the price after discounts; otherwise the studio bears them.
 */
commission_after_discount: boolean, };

/**
 * What a change of settings may name. A field left out stays as it is.
 */
export type SettingsArgs = { name?: Line | null, locale?: Line | null, language?: Language | null, zone?: Line | null, week_start?: number | null, hours?: Array<Hours> | null, tax_bp?: number | null, prices_include_tax?: boolean | null, cash_rounding?: Money | null, deposit_cancel_hours?: number | null, blind_count?: boolean | null, 
/**
 * Below zero takes the limit away.
 */
difference_limit?: Money | null, elevation_minutes?: number | null, idle_minutes?: number | null, rotation_days?: number | null, elevation_reason?: boolean | null, lock_after_sale?: boolean | null, 
/**
 * At most 500 characters; empty takes it away.
 */
receipt_note?: string | null, 
/**
 * Empty takes the printer away.
 */
printer_host?: OrEmpty | null, printer_port?: number | null, 
/**
 * 32, 42 or 48.
 */
printer_columns?: number | null, printer_letters?: CodePage | null, printer_pin?: KickPin | null, printer_drawer?: boolean | null, paperwork_gate?: PaperworkGate | null, paperwork_at?: PaperworkAt | null, consent_years?: number | null, commission_after_discount?: boolean | null, };

export type SettleArgs = { artist_id: Line, 
/**
 * The last day that is settled: at most what was earned by its end is paid.
 */
until: Day, amount: Money, tender: PayoutTender, note?: Line | null, };

export type SettleWaitArgs = { waiting_id: Line, outcome: WaitOutcome, };

/**
 * What came of a plan.
 */
export type Settled = { moved: number, cancelled: number, 
/**
 * Of somebody who left, what went to the other artist beside the visits: open projects, wishes on the wait-list,
 * clients.
 */
projects: number, wishes: number, clients: number, 
/**
 * The other artist is booked or off at these times: somebody has to settle them one by one.
 */
not_moved: Array<FutureVisit>, };

export type ShareArgs = { appointment_id: Line, };

/**
 * A file that the desk saves for the member who asked.
 */
export type SheetFile = { 
/**
 * A file name without a folder.
 */
name: string, text: string, rows: number, };

export type ShowItemArgs = { item_id: Line, size: PortfolioSize, };

export type ShowPictureArgs = { picture_id: Line, size: PictureSize, };

export type ShownArtist = { artist_id: string, name: string, };

/**
 * A picture for clients: nobody's name but the artist's.
 */
export type ShownPicture = { id: string, artist_id: string, title: string | null, description: string | null, styles: Array<string>, body_area: string | null, colour: PortfolioColour | null, stage: PortfolioStage | null, featured: boolean, 
/**
 * Of the large copy, in pixels.
 */
width: number, height: number, 
/**
 * Another one with other bytes.
 */
version: string, };

export type SignArgs = { appointment_id?: Line | null, client_id?: Line | null, service_id?: Line | null, version_id: Line, 
/**
 * Of the text that was read.
 */
text_hash: Line, answers: Array<Answer>, 
/**
 * For image use, and only there: whether pictures may be shown.
 */
image_use?: boolean | null, signer_name: Line, 
/**
 * When the client's file has none: kept there.
 */
birth_date?: Day | null, guardian?: Guardian | null, method: SigningMethod, 
/**
 * For what was drawn, and only there.
 */
signature?: Signature | null, };

export type SignInArgs = { 
/**
 * As text: whatever is typed gets the same answer.
 */
username: Secret, password: Secret, };

export type SignReviewArgs = { month: Month, note?: Prose | null, };

/**
 * A signature as it was drawn: points with their time, never a picture.
 */
export type Signature = { 
/**
 * Of the field it was drawn in.
 */
width: number, height: number, strokes: Array<Array<SignaturePoint>>, };

/**
 * A point of a signature.
 */
export type SignaturePoint = { x: number, y: number, 
/**
 * Milliseconds, from wherever the pen's clock counts.
 */
t: number, 
/**
 * How hard the pen pressed, 0 to 1.
 */
p?: number | null, };

/**
 * A paper that somebody signed.
 */
export type SignedConsent = { id: string, 
/**
 * The client that counts now, after a merge.
 */
client_id: string, client_name: string, appointment_id: string | null, template_name: string, kind: ConsentKind, title: string, version_number: number, at: number, signer: string, guardian: GuardianName | null, method: SigningMethod, image_use: boolean | null, text_hash: string, 
/**
 * Who handed it over, and is the witness where nothing was drawn.
 */
by: string, 
/**
 * Whether it is still exactly what was signed.
 */
intact: boolean, withdrawn_at: number | null, };

/**
 * A month's signature.
 */
export type SignedReview = { month: Month, signed_at: number, };

/**
 * How somebody signed. What is not drawn has the member at the desk as its witness.
 */
export type SigningMethod = "drawn" | "typed" | "on_paper";

/**
 * A line of a slip as it comes off the roll.
 */
export type SlipLine = { text: string, weight: Weight, };

export type StartProjectArgs = { client_id: Line, artist_id: Line, title: Line, 
/**
 * Where on the body.
 */
placement?: OrEmpty | null, idea?: OrEmpty | null, 
/**
 * Sessions agreed on, 1 to 100.
 */
planned: number, };

/**
 * An artist's money over some days. The closing balance is what the ledger owes them then.
 */
export type Statement = { artist_id: string, artist_name: string, from: Day, to: Day, 
/**
 * From when on commission is kept, where sales are older than that.
 */
since: number | null, rates: ArtistRates, opening: Money, services: StatementPart, items: StatementPart, 
/**
 * Of kept deposits.
 */
deposits: StatementPart, 
/**
 * From the work of those they teach.
 */
mentoring: Money, 
/**
 * What refunds took back, negative.
 */
taken_back: Money, 
/**
 * Tips that went back taken off.
 */
tips: Money, 
/**
 * Paid out, negative; what was taken back is off it.
 */
payouts: Money, closing: Money, 
/**
 * Deposits that clients have with the studio for this artist's visits, now.
 */
deposits_held: Money, lines: Array<StatementLine>, };

export type StatementArgs = { 
/**
 * An artist's own when left out.
 */
artist_id?: Line | null, 
/**
 * First and last day, at most a year.
 */
from: Day, to: Day, };

export type StatementKind = "sale" | "refund" | "void" | "mentor" | "deposit" | "payout" | "payout_back";

/**
 * One line of a statement.
 */
export type StatementLine = { at: number, kind: StatementKind, sale_id: string | null, 
/**
 * Of the receipt or of the payout.
 */
number: number | null, client_name: string | null, label: string | null, gross: Money, discount: Money, tax: Money, basis: Money, bp: number | null, commission: Money, tips: Money, 
/**
 * Negative; positive where one was taken back.
 */
payout: Money, 
/**
 * What is owed after it.
 */
balance: Money, };

/**
 * What was sold, and what of it is the artist's.
 */
export type StatementPart = { count: number, 
/**
 * Before discounts.
 */
gross: Money, discount: Money, tax: Money, 
/**
 * What the share is of.
 */
basis: Money, commission: Money, };

export type StepArgs = { appointment_id: Line, };

export type StockAdjArgs = { item_id: Line, 
/**
 * Added, or taken away when negative.
 */
quantity: number, reason: Line, 
/**
 * The lot it is about. Left out, what goes off first is taken away, and what is added is of no lot.
 */
lot_id?: Line | null, };

/**
 * A count as it was posted.
 */
export type StockCount = { id: string, number: number, at: number, by: string, category: string | null, blind: boolean, reason: string | null, items: number, 
/**
 * How many items were not as expected.
 */
differing: number, 
/**
 * What the differences were worth at the cost of that day: missing pieces are negative.
 */
worth: Money, };

export type StockInArgs = { item_id: Line, quantity: number, 
/**
 * What each piece cost. The item's cost becomes the average of this and of what is on hand, to the cent; left out, it
 * stays.
 */
unit_cost?: Money | null, reason?: Line | null, 
/**
 * The number on the label.
 */
lot?: Mark | null, 
/**
 * The last day on which it is good: today or later.
 */
expires?: Day | null, 
/**
 * Where it came from, when that is not the item's usual supplier.
 */
supplier?: Line | null, };

export type StockTable = "items" | "lots" | "reorder";

/**
 * What anybody may know of the studio that is open, before signing in: no client, no takings.
 */
export type StudioCard = { id: string, demo: boolean, settings: Settings, 
/**
 * The zone to show times in: the studio's, or one of the same offset where its clocks never change.
 */
clock_zone: string, 
/**
 * Coins and notes, largest first, in minor units.
 */
denominations: Array<number>, 
/**
 * False: the file is not the one this computer last saw, and money commands are refused.
 */
anchored: boolean, 
/**
 * The computer's clock was set back.
 */
clock: ClockBehind | null, backup: LastBackup, 
/**
 * Why nothing can be changed, if so.
 */
halted: Halted | null, };

/**
 * What the studio's rule says about the deposit of a visit that does not happen.
 */
export type Suggestion = "keep" | "return";

/**
 * A period's money. For an artist, own lines and tips only, and no tenders.
 */
export type Summary = { from: number, to: number, sales: number, reversals: number, 
/**
 * Lines after discounts, refunds taken off.
 */
goods: Money, discount: Money, tax: Money, tips: Money, total: Money, artists: Array<ArtistTotal>, 
/**
 * What came in and went out in each way, deposits too: what the ledger has.
 */
tenders: Array<TenderSum>, 
/**
 * A blind count is due, and this caller may not know what should be in the drawer: no tenders are told (D27).
 */
blind: boolean, };

export type SummaryArgs = { 
/**
 * First and last day, in the studio's zone.
 */
from: Day, to: Day, artist_id?: Line | null, };

export type SuppliesArgs = { 
/**
 * All of a client's visits…
 */
client_id?: Line | null, 
/**
 * …or one visit.
 */
appointment_id?: Line | null, };

export type SupplyLine = { item_id: Line, 
/**
 * Left out where the piece is of no lot: whoever has it in their skin must be found again.
 */
lot_id?: Line | null, 
/**
 * Pieces that leave the shelf. None: part of one that was opened before, or of an item used whole, that stock says
 * there is none left. Left out, one of an item used whole, and none of any other.
 */
quantity?: number | null, };

export type SupplyRequest = { id: string, kind: RequestKind, item_id: string | null, 
/**
 * The item's name, or what was written.
 */
what: string, 
/**
 * How many are wanted, or how many are really there.
 */
quantity: number | null, note: string | null, at: number, member_id: string, by: string, state: RequestState, answer: string | null, answered_at: number | null, answered_by: string | null, };

export type SuspicionArgs = { reason: Line, };

export type SwitchName = "view_shop_calendar" | "manage_shop_calendar" | "view_shop_clients" | "manage_shop_clients" | "reception_board" | "view_shop_analytics" | "view_client_contacts";

export type SwitchState = { name: SwitchName, on: boolean, until: number | null, reason: string | null, };

/**
 * A table as text, or a workbook as bytes.
 */
export type TableFile = SheetFile | BinaryFile;

export type TableFormat = "csv" | "xlsx";

export type TakeBackArgs = { payout_id: Line, reason: Line, };

export type TakeDepositArgs = { appointment_id: Line, amount: Money, 
/**
 * Their amounts add up to the deposit.
 */
tenders: Array<TenderLine>, };

export type TakeOverArgs = { reason: Line, };

/**
 * Somebody of the owner's or the admins' took over a drawer that another left open.
 */
export type Takeover = { at: number, member_id: string, by: string, reason: string, };

export type TaxPart = { 
/**
 * Null: receipts that did not keep their rate.
 */
bp: number | null, 
/**
 * Without the tax.
 */
net: Money, tax: Money, };

/**
 * A rate beside the usual one: reduced, or none at all.
 */
export type TaxRate = { id: string, name: string, 
/**
 * Basis points.
 */
bp: number, 
/**
 * An inactive one is not offered any more; what has it keeps it.
 */
active: boolean, };

/**
 * A new rate, or with an id a changed one. Receipts keep the rate they were made with.
 */
export type TaxRateArgs = { tax_rate_id?: Line | null, name: Line, 
/**
 * Basis points, 0 to 9999.
 */
bp: number, active?: boolean | null, };

/**
 * What was taxed at one rate.
 */
export type TaxSum = { 
/**
 * None for the usual rate.
 */
name: string | null, 
/**
 * Basis points; none for receipts from before rates were kept.
 */
bp: number | null, 
/**
 * Without the tax.
 */
net: Money, tax: Money, };

/**
 * A paper that the studio has people sign.
 */
export type Template = { id: string, name: string, kind: ConsentKind, 
/**
 * Whether a visit is incomplete without it.
 */
required: boolean, 
/**
 * For how many days one signature is good; none: each visit anew.
 */
valid_days: number | null, 
/**
 * None listed: every service.
 */
service_ids: Array<string>, active: boolean, 
/**
 * What it says now.
 */
version: TemplateVersion, 
/**
 * How many versions there were, this one counted.
 */
versions: number, };

export type TemplateArgs = { template_id: Line, };

/**
 * What a template says, or once said.
 */
export type TemplateVersion = { id: string, 
/**
 * Counted from one.
 */
number: number, title: string, 
/**
 * Paragraphs with blank lines between them; lines that begin with "- " are a list's; names in braces are filled in.
 */
body: string, questions: Array<Question>, made_at: number, by: string | null, };

/**
 * How something is paid. Card and transfer are recorded, not processed (D16).
 */
export type Tender = "cash" | "card" | "transfer";

export type TenderLine = { tender: Tender, 
/**
 * What it pays of the total.
 */
amount: Money, 
/**
 * What was handed over in cash; the rest is change.
 */
given?: Money | null, };

export type TenderPart = { tender: Tender, taken: Money, 
/**
 * Negative.
 */
returned: Money, net: Money, 
/**
 * Of what was taken and of what went back: as deposits.
 */
deposits_taken: Money, deposits_returned: Money, };

export type TenderSum = { tender: Tender, amount: Money, };

export type TenderTotal = { tender: Tender, 
/**
 * Taken in and given back, deposits too.
 */
sales: Money, refunds: Money, net: Money, };

export type TermsArgs = { member_id: Line, 
/**
 * Null: nobody said.
 */
employment?: Employment | null, 
/**
 * For a guest: the first and the last day.
 */
guest_from?: Day | null, guest_until?: Day | null, 
/**
 * The artist's part of a service in basis points; left out, it stays.
 */
commission_bp?: number | null, };

/**
 * A printer to try, before or after it is kept in the settings.
 */
export type TestPrintArgs = { host: Line, port: number, columns: number, letters: CodePage, };

/**
 * A service or an item.
 */
export type ThingPart = { id: string, name: string, 
/**
 * Refunds taken off.
 */
quantity: number, gross: Money, discount: Money, goods: Money, returned: Money, tax: Money, 
/**
 * Goods of the period before.
 */
before: Money, };

export type TickArgs = { member_id: Line, item: Line, done: boolean, };

/**
 * A name on the sign-in screen.
 */
export type Tile = { username: string, name: string, role: Role, 
/**
 * Their PIN works on this computer today.
 */
pin: boolean, };

/**
 * A tip and whose it is.
 */
export type Tip = { artist_id: string, amount: Money, };

export type TipLine = { artist_id: Line, amount: Money, };

/**
 * The sums of a period. For one artist, of their lines and tips alone.
 */
export type Totals = { 
/**
 * Receipts, and refunds and voids among them.
 */
sales: number, reversals: number, 
/**
 * Before discounts.
 */
gross: Money, discount: Money, 
/**
 * After discounts, refunds taken off.
 */
goods: Money, 
/**
 * What refunds and voids took off the goods, negative.
 */
returned: Money, tax: Money, 
/**
 * Of the tax, put on top of prices without it.
 */
tax_added: Money, 
/**
 * Goods without the tax.
 */
net: Money, tips: Money, 
/**
 * Goods and tips.
 */
total: Money, 
/**
 * The artists' part, with what mentors get of it. Null where it would tell a colleague's.
 */
commission: Money | null, visits: VisitCounts, new_clients: number, };

/**
 * A line of the list of receipts. Sales and deposits are numbered together, so the list has no holes.
 */
export type Transaction = { 
/**
 * None for a deposit's own paper.
 */
sale_id: string | null, 
/**
 * A move has no paper: the number of the last one before it.
 */
receipt: number, kind: TransactionKind, at: number, by: string, client_name: string | null, 
/**
 * What stands on the first line, and how many more there are.
 */
label: string, more_lines: number, goods: Money, tips: Money, total: Money, tenders: Array<Tender>, 
/**
 * Given back so far, negative.
 */
reversed: Money, 
/**
 * On a deposit's own paper, and on a sale that a kept deposit became.
 */
deposit: TransactionDeposit | null, };

/**
 * The deposit that a line of the list is about.
 */
export type TransactionDeposit = { deposit_id: string, 
/**
 * Taken, given back (negative), kept by this sale, or moved.
 */
amount: Money, };

/**
 * What a line of the list of receipts is.
 */
export type TransactionKind = "sale" | "refund" | "void" | "deposit_taken" | "deposit_returned" | "deposit_moved";

export type TransactionsArgs = { from: Day, to: Day, artist_id?: Line | null, 
/**
 * Only receipts below this number: the next page.
 */
before?: number | null, 
/**
 * How many numbered papers, 1 to 500; 100 when left out.
 */
limit?: number | null, };

export type TransferArgs = { member_id: Line, 
/**
 * The owner's own.
 */
password: Secret, 
/**
 * The studio's name, typed to be sure.
 */
studio_name: Line, };

/**
 * An account with the password to hand over once; none for whoever is archived.
 */
export type TsmAccount = { role: Role, name: string, username: string, password: string | null, };

/**
 * How often something was done to the rows of a table.
 */
export type TsmCount = { reason: TsmReason, left_out: boolean, rows: number, };

/**
 * The new studio. Codes and passwords are shown once and kept nowhere.
 */
export type TsmImported = { file: string, report: TsmReport, accounts: Array<TsmAccount>, master_code: string, recovery_code: string, };

export type TsmOther = { table: string, rows: number, };

/**
 * Why a row was changed, or stayed behind.
 */
export type TsmReason = "text_cut" | "no_name" | "date_unread" | "date_ahead" | "number_unread" | "flag_unread" | "number_as_text" | "rounded" | "link_missing" | "state_unknown" | "on_hold" | "length_changed" | "tender_unknown" | "refunded" | "deposit_returned" | "refund_elsewhere" | "refund_artist" | "refund_moved" | "deposit" | "commission_limited" | "commission_reckoned" | "commission_later" | "commission_of_nobody" | "desk_role" | "username_changed" | "profile_made" | "profile_dropped" | "sku_changed" | "not_used" | "no_place" | "twice" | "deleted" | "nothing_paid" | "not_money" | "too_much" | "nothing_to_refund" | "no_date" | "role_unknown" | "picture_elsewhere";

/**
 * One thing that was done to a row.
 */
export type TsmRemark = { table: string, 
/**
 * Its id there, or its place with a # in front.
 */
row: string, reason: TsmReason, 
/**
 * The row stayed behind.
 */
left_out: boolean, column: string | null, 
/**
 * What stood there, cut short.
 */
value: string | null, };

/**
 * The account of every row.
 */
export type TsmReport = { 
/**
 * SHA-256 of the database's file.
 */
sha256: string, 
/**
 * The database may have its newest changes in a file beside it, which was not sent along.
 */
log_apart: boolean, studio: string, currency: string, 
/**
 * Decimals of the currency.
 */
exponent: number, zone: string, tables: Array<TsmTable>, 
/**
 * Tables that are no part of it, such as settings.
 */
others: Array<TsmOther>, sums: Array<TsmSum>, 
/**
 * Who becomes the owner: a user name of here.
 */
owner: string, 
/**
 * Nobody there was an active administrator: the owner's account is new.
 */
owner_made: boolean, 
/**
 * Visits of the past that nobody completed or cancelled.
 */
open_visits: number, 
/**
 * Visits to come that run into another one of the same artist.
 */
overlaps: number, remarks: Array<TsmRemark>, 
/**
 * How many there are, shown or not.
 */
remarks_in_all: number, };

/**
 * A sum there and here. What is there and what was reckoned here is what came in, what was left out, and the rounding.
 */
export type TsmSum = { of: TsmSumOf, 
/**
 * In whole units, with every decimal that stood there.
 */
there: string, 
/**
 * What did not stand there: commission by the rules of here. Negative when refunds took more back.
 */
reckoned: Money, 
/**
 * What the studio now says.
 */
imported: Money, left_out: string, rounding: string, };

/**
 * What is added up.
 */
export type TsmSumOf = "cash" | "card" | "transfer" | "payments" | "commission" | "visit_prices";

/**
 * What became of a table. Imported and left out together are its rows; changed ones are among the imported.
 */
export type TsmTable = { table: string, 
/**
 * Whether the file has it.
 */
there: boolean, rows: number, imported: number, changed: number, left_out: number, counts: Array<TsmCount>, 
/**
 * Columns that this version does not have.
 */
missing: Array<string>, 
/**
 * Columns that have no place here.
 */
unread: Array<string>, };

/**
 * Two clients that may be one person; the older record first.
 */
export type Twins = { first: Client, second: Client, because: Array<Likeness>, };

export type UnblockArgs = { block_id: Line, 
/**
 * This one and all that follow of its series, of the same artist.
 */
following: boolean, };

export type UndoUseArgs = { supply_id: Line, };

export type UnmergeArgs = { 
/**
 * The duplicate that is to be a client of its own again.
 */
merge_id: Line, };

/**
 * What a merge takes back.
 */
export type Unmerged = { kept: Client, restored: Client, };

/**
 * What a damaged file did not give up.
 */
export type Unread = { table: string, 
/**
 * How many of its rows are in the export all the same.
 */
rows: number, };

export type UseArgs = { appointment_id: Line, 
/**
 * 1 to 50.
 */
supplies: Array<SupplyLine>, };

/**
 * What a member types to sign in: 2 to 40 lower-case letters, digits, dots, dashes. Exact, so that no look-alike
 * signs in as somebody else.
 */
export type Username = string;

/**
 * What a check of the whole file found.
 */
export type Verified = { entries: number, sealed_rows: number, holds: boolean, problems: Array<string>, anchor: AnchorState, };

/**
 * Visits that were to begin in the period, by what became of them.
 */
export type VisitCounts = { 
/**
 * Still to come or going on.
 */
open: number, completed: number, no_show: number, cancelled: number, };

/**
 * The share agreed for one visit.
 */
export type VisitShare = { appointment_id: string, 
/**
 * Null: as usual.
 */
bp: number | null, usual_bp: number, };

/**
 * Where a visit stands.
 */
export type VisitStatus = "booked" | "confirmed" | "arrived" | "in_session" | "completed" | "no_show" | "cancelled";

/**
 * Something that a visit used.
 */
export type VisitSupply = { id: string, appointment_id: string, starts_at: number, artist_name: string, service_name: string, item_id: string, item_name: string, category: string | null, unit: string, lot_id: string | null, 
/**
 * The number on the label.
 */
lot: string | null, expires: Day | null, 
/**
 * Pieces that left the shelf; none: part of one that was open.
 */
quantity: number, at: number, by: string, };

export type VoidArgs = { sale_id: Line, reason: Line, };

export type WaitArgs = { client_id: Line, 
/**
 * Any artist when left out: for those who book for everybody.
 */
artist_id?: Line | null, service_id: Line, 
/**
 * The service's usual length when left out.
 */
minutes?: number | null, 
/**
 * The days that would suit.
 */
from: Day, until: Day, note?: Prose | null, };

/**
 * How an entry ended.
 */
export type WaitOutcome = "booked" | "withdrawn";

export type Waiting = { id: string, client_id: string, client_name: string, alerts: string | null, phone: string | null, email: string | null, 
/**
 * None: any artist.
 */
artist_id: string | null, artist_name: string | null, service_id: string, service_name: string, minutes: number, from: Day, until: Day, note: string | null, created_at: number, };

export type WaiveArgs = { appointment_id: Line, reason: Line, };

/**
 * That a visit goes on although paperwork is missing.
 */
export type Waiver = { at: number, by: string, reason: string | null, };

/**
 * Somebody who came without an appointment and waits.
 */
export type WalkIn = { id: string, client_id: string, client_name: string, alerts: string | null, phone: string | null, wish: Wish, artist_id: string | null, artist_name: string | null, service_id: string | null, service_name: string | null, 
/**
 * How long it will take, as far as is known.
 */
minutes: number, note: string | null, arrived_at: number, 
/**
 * When their turn probably comes, and with whom; none when nobody has room today.
 */
turn_at: number | null, turn_artist_id: string | null, };

export type WalkInArgs = { client_id: Line, wish: Wish, 
/**
 * For the wish of one artist, and only then.
 */
artist_id?: Line | null, service_id?: Line | null, note?: Prose | null, };

/**
 * Something the desk should know but may go past (D16).
 */
export type Warning = "outside_hours" | "in_the_past" | "in_buffer";

/**
 * How a paper left the desk.
 */
export type Way = "page" | "printer" | "pdf" | "mail";

/**
 * How much a row stands out.
 */
export type Weight = "minor" | "plain" | "strong" | "large";

/**
 * Who is at the desk and what they may do now.
 */
export type Whoami = { member: Me, role: Role, 
/**
 * The policy that holds for this member now, for every action. Stays locked while elevated (D21).
 */
actions: Record<Action, Policy>, elevation: Elevated | null, 
/**
 * This desk was handed to a client: it shows portfolios, and the member's password takes it back.
 */
client_view: boolean, 
/**
 * The temporary password must be changed before anything else (T087).
 */
must_change_password: boolean, 
/**
 * The role is lent until then (A032)…
 */
role_until: number | null, 
/**
 * …and this one counts again after it.
 */
role_after: Role | null, reminders: Reminders, has_pin: boolean, 
/**
 * A reminder is due after ninety (D11).
 */
password_age_days: number, 
/**
 * Notices not read yet (D12).
 */
unread: number, 
/**
 * The member's own switches (D03).
 */
switches: Array<SwitchState>, now: number, 
/**
 * The computer's clock was set back.
 */
clock: ClockBehind | null, };

/**
 * Whom somebody without an appointment wants.
 */
export type Wish = "artist" | "next" | "none";

export type WithdrawArgs = { consent_id: Line, reason?: Line | null, };

export type WithdrawRequestArgs = { request_id: Line, };

/**
 * The open drawer's day so far: not numbered, not sealed.
 */
export type XReport = { session_id: string, at: number, opened_at: number, opened_by: string, held_by: string, float: Money, expected: Money, first_receipt: number | null, last_receipt: number | null, sales: number, refunds: number, voids: number, goods: Money, discount: Money, tax: Money, taxes: Array<TaxSum>, tips: Money, tips_by_artist: Array<ArtistTips>, total: Money, 
/**
 * Paid beyond the totals, or less, because there is no smaller coin.
 */
rounding: Money, deposits: DepositFigures, tenders: Array<TenderTotal>, reversals: Array<Reversal>, moves: Array<CashMove>, 
/**
 * All sales since the studio began, before refunds.
 */
perpetual: Money, };

export type ZArgs = { z: number, };

/**
 * A line of the list of closings.
 */
export type ZLine = { z: number, closed_at: number, closed_by: string, counted: Money, difference: Money, };

/**
 * A closed drawer, sealed for good.
 */
export type ZReport = { z: number, session_id: string, opened_at: number, opened_by: string, closed_at: number, closed_by: string, float: Money, counts: Array<Count>, counted: Money, expected: Money, difference: Money, reason: string | null, 
/**
 * Who else stood for the difference.
 */
approved_by: string | null, 
/**
 * The rule of the second person gave way: nobody else could stand for the difference (D27), or whoever did had a hand
 * in the drawer too, as everybody who could.
 */
waived: boolean, takeovers: Array<Takeover>, float_left: Money, to_safe: Money, 
/**
 * The journal's head at the close: sequence and hash (D26).
 */
head: string, first_receipt: number | null, last_receipt: number | null, sales: number, refunds: number, voids: number, goods: Money, discount: Money, tax: Money, taxes: Array<TaxSum>, tips: Money, tips_by_artist: Array<ArtistTips>, total: Money, 
/**
 * Paid beyond the totals, or less, because there is no smaller coin.
 */
rounding: Money, deposits: DepositFigures, tenders: Array<TenderTotal>, reversals: Array<Reversal>, moves: Array<CashMove>, 
/**
 * All sales since the studio began, before refunds.
 */
perpetual: Money, };

/** The currencies a studio can choose from, with their decimals. */
export const currencies: Record<string, number> = {
  AED: 2,
  AFN: 2,
  ALL: 2,
  AMD: 2,
  AOA: 2,
  ARS: 2,
  AUD: 2,
  AWG: 2,
  AZN: 2,
  BAM: 2,
  BBD: 2,
  BDT: 2,
  BGN: 2,
  BHD: 3,
  BIF: 0,
  BMD: 2,
  BND: 2,
  BOB: 2,
  BRL: 2,
  BSD: 2,
  BTN: 2,
  BWP: 2,
  BYN: 2,
  BZD: 2,
  CAD: 2,
  CDF: 2,
  CHF: 2,
  CLP: 0,
  CNY: 2,
  COP: 2,
  CRC: 2,
  CUC: 2,
  CUP: 2,
  CVE: 2,
  CZK: 2,
  DJF: 0,
  DKK: 2,
  DOP: 2,
  DZD: 2,
  EGP: 2,
  ERN: 2,
  ETB: 2,
  EUR: 2,
  FJD: 2,
  FKP: 2,
  GBP: 2,
  GEL: 2,
  GHS: 2,
  GIP: 2,
  GMD: 2,
  GNF: 0,
  GTQ: 2,
  GYD: 2,
  HKD: 2,
  HNL: 2,
  HRK: 2,
  HTG: 2,
  HUF: 2,
  IDR: 2,
  ILS: 2,
  INR: 2,
  IQD: 3,
  IRR: 2,
  ISK: 0,
  JMD: 2,
  JOD: 3,
  JPY: 0,
  KES: 2,
  KGS: 2,
  KHR: 2,
  KMF: 0,
  KPW: 2,
  KRW: 0,
  KWD: 3,
  KYD: 2,
  KZT: 2,
  LAK: 2,
  LBP: 2,
  LKR: 2,
  LRD: 2,
  LSL: 2,
  LYD: 3,
  MAD: 2,
  MDL: 2,
  MGA: 2,
  MKD: 2,
  MMK: 2,
  MNT: 2,
  MOP: 2,
  MRU: 2,
  MUR: 2,
  MVR: 2,
  MWK: 2,
  MXN: 2,
  MYR: 2,
  MZN: 2,
  NAD: 2,
  NGN: 2,
  NIO: 2,
  NOK: 2,
  NPR: 2,
  NZD: 2,
  OMR: 3,
  PAB: 2,
  PEN: 2,
  PGK: 2,
  PHP: 2,
  PKR: 2,
  PLN: 2,
  PYG: 0,
  QAR: 2,
  RON: 2,
  RSD: 2,
  RUB: 2,
  RWF: 0,
  SAR: 2,
  SBD: 2,
  SCR: 2,
  SDG: 2,
  SEK: 2,
  SGD: 2,
  SHP: 2,
  SLE: 2,
  SLL: 2,
  SOS: 2,
  SRD: 2,
  SSP: 2,
  STN: 2,
  SVC: 2,
  SYP: 2,
  SZL: 2,
  THB: 2,
  TJS: 2,
  TMT: 2,
  TND: 3,
  TOP: 2,
  TRY: 2,
  TTD: 2,
  TWD: 2,
  TZS: 2,
  UAH: 2,
  UGX: 0,
  USD: 2,
  UYU: 2,
  UZS: 2,
  VED: 2,
  VES: 2,
  VND: 0,
  VUV: 0,
  WST: 2,
  XAF: 0,
  XCD: 2,
  XCG: 2,
  XOF: 0,
  XPF: 0,
  YER: 2,
  ZAR: 2,
  ZMW: 2,
  ZWG: 2,
  ZWL: 2,
};

/** Every command of the door. */
export interface Commands {
  /** what is open at this desk, and which studios it knows */
  "desk.status": { kind: "query"; keyed: false; args: Nothing; reply: DeskStatus };
  /** first run: make a studio, its owner and its codes */
  "studio.create": { kind: "change"; keyed: false; args: CreateArgs; reply: Created };
  /** make a demo studio with a year of believable data */
  "studio.demo": { kind: "change"; keyed: false; args: DemoArgs; reply: Demo };
  /** what bringing a studio of Tattoo Studio Manager over would do */
  "studio.import_tsm_preview": { kind: "query"; keyed: false; args: ImportTsmArgs; reply: TsmReport };
  /** bring a studio over from Tattoo Studio Manager */
  "studio.import_tsm": { kind: "change"; keyed: false; args: ImportTsmArgs; reply: TsmImported };
  /** open a studio's file */
  "studio.open": { kind: "change"; keyed: false; args: FileArgs; reply: DeskStatus };
  /** take a studio off this computer's list */
  "studio.forget": { kind: "change"; keyed: false; args: FileArgs; reply: DeskStatus };
  /** sign out and go back to the picker */
  "studio.leave": { kind: "change"; keyed: false; args: Nothing; reply: DeskStatus };
  /** names for the sign-in screen */
  "session.tiles": { kind: "query"; keyed: false; args: Nothing; reply: Array<Tile> };
  /** sign in with a password */
  "session.sign_in": { kind: "change"; keyed: false; args: SignInArgs; reply: Whoami };
  /** sign in with the PIN, where the password was typed today */
  "session.sign_in_pin": { kind: "change"; keyed: false; args: PinArgs; reply: Whoami };
  /** set the owner's password with the recovery code */
  "session.recover": { kind: "change"; keyed: false; args: RecoverArgs; reply: Recovered };
  /** end the session */
  "session.sign_out": { kind: "change"; keyed: false; args: Nothing; reply: Nothing };
  /** lock the desk; the next sign-in may be anybody's */
  "session.lock": { kind: "change"; keyed: false; args: Nothing; reply: Nothing };
  /** who is signed in and what they may do now */
  "session.whoami": { kind: "query"; keyed: false; args: Nothing; reply: Whoami };
  /** change the own password */
  "session.change_password": { kind: "change"; keyed: false; args: ChangePasswordArgs; reply: Whoami };
  /** set or take away the own PIN */
  "session.set_pin": { kind: "change"; keyed: false; args: SetPinArgs; reply: Whoami };
  /** a new recovery code, shown once */
  "session.renew_recovery": { kind: "change"; keyed: false; args: RenewRecoveryArgs; reply: RecoveryCode };
  /** open the locked actions with the master code or an approver */
  "session.elevate": { kind: "change"; keyed: false; args: ElevateArgs; reply: Whoami };
  /** close the locked actions again */
  "session.drop_elevation": { kind: "change"; keyed: false; args: Nothing; reply: Whoami };
  /** keep unfinished work for its owner */
  "session.keep_draft": { kind: "change"; keyed: false; args: KeepDraftArgs; reply: Nothing };
  /** the own unfinished work */
  "session.drafts": { kind: "query"; keyed: false; args: Nothing; reply: Array<Draft> };
  /** unfinished work that is done or given up */
  "session.drop_draft": { kind: "change"; keyed: false; args: DropDraftArgs; reply: Nothing };
  /** what the member was told, newest first */
  "session.notices": { kind: "query"; keyed: false; args: Nothing; reply: Array<Notice> };
  /** the member has read their notices */
  "session.read_notices": { kind: "change"; keyed: false; args: Nothing; reply: Nothing };
  /** hand the studio to another member */
  "studio.transfer": { kind: "change"; keyed: false; args: TransferArgs; reply: Nothing };
  /** write everything to a new folder, for another program */
  "studio.export": { kind: "change"; keyed: false; args: ExportStudioArgs; reply: Exported };
  /** back the studio up and move its file to the trash */
  "studio.delete": { kind: "change"; keyed: false; args: DeleteArgs; reply: Deleted };
  /** services with length and price */
  "studio.services": { kind: "query"; keyed: false; args: Nothing; reply: Array<Service> };
  /** add or change a service */
  "studio.set_service": { kind: "change"; keyed: false; args: ServiceArgs; reply: Service };
  /** the tax rates beside the usual one */
  "studio.tax_rates": { kind: "query"; keyed: false; args: Nothing; reply: Array<TaxRate> };
  /** add or change a tax rate */
  "studio.set_tax_rate": { kind: "change"; keyed: false; args: TaxRateArgs; reply: TaxRate };
  /** read an amount as it was typed */
  "studio.amount": { kind: "query"; keyed: false; args: AmountArgs; reply: Amount };
  /** some days of the agenda */
  "agenda.list": { kind: "query"; keyed: false; args: AgendaArgs; reply: Agenda };
  /** book an appointment */
  "agenda.book": { kind: "change"; keyed: false; args: BookArgs; reply: Booked };
  /** move or change an appointment */
  "agenda.edit": { kind: "change"; keyed: false; args: EditAppointmentArgs; reply: Booked };
  /** the client confirmed */
  "agenda.confirm": { kind: "change"; keyed: false; args: StepArgs; reply: Card };
  /** check in: the client is here */
  "agenda.arrive": { kind: "change"; keyed: false; args: StepArgs; reply: Card };
  /** the session begins */
  "agenda.start": { kind: "change"; keyed: false; args: StepArgs; reply: Card };
  /** the session is done */
  "agenda.complete": { kind: "change"; keyed: false; args: StepArgs; reply: Card };
  /** the client did not come */
  "agenda.no_show": { kind: "change"; keyed: false; args: StepArgs; reply: Card };
  /** cancel an appointment */
  "agenda.cancel": { kind: "change"; keyed: false; args: CancelArgs; reply: Card };
  /** take the last step of a visit back */
  "agenda.reopen": { kind: "change"; keyed: false; args: ReopenArgs; reply: Card };
  /** time off and other blocks */
  "agenda.block": { kind: "change"; keyed: false; args: BlockArgs; reply: Blocked };
  /** take a block away */
  "agenda.unblock": { kind: "change"; keyed: false; args: UnblockArgs; reply: Nothing };
  /** keep that the client was reminded */
  "agenda.remind": { kind: "change"; keyed: false; args: RemindArgs; reply: Card };
  /** one appointment */
  "agenda.visit": { kind: "query"; keyed: false; args: StepArgs; reply: Card };
  /** visits as a list, by name and state */
  "agenda.find": { kind: "query"; keyed: false; args: FindArgs; reply: Array<Card> };
  /** the next free times that are long enough */
  "agenda.openings": { kind: "query"; keyed: false; args: OpeningsArgs; reply: Array<Opening> };
  /** how full the days of a month are */
  "agenda.month": { kind: "query"; keyed: false; args: MonthArgs; reply: Array<MonthDay> };
  /** the schedule as a table or a calendar file */
  "agenda.export": { kind: "change"; keyed: false; args: ExportScheduleArgs; reply: SheetFile };
  /** tattoos of several sessions */
  "projects.list": { kind: "query"; keyed: false; args: ProjectsArgs; reply: Array<Project> };
  /** begin a project */
  "projects.start": { kind: "change"; keyed: false; args: StartProjectArgs; reply: Project };
  /** change, close or hand over a project */
  "projects.edit": { kind: "change"; keyed: false; args: EditProjectArgs; reply: Project };
  /** who would come if there were time */
  "waitlist.list": { kind: "query"; keyed: false; args: Nothing; reply: Array<Waiting> };
  /** who could come into a freed slot */
  "waitlist.fits": { kind: "query"; keyed: false; args: FitsArgs; reply: Array<Waiting> };
  /** put somebody on the wait-list */
  "waitlist.add": { kind: "change"; keyed: false; args: WaitArgs; reply: Array<Waiting> };
  /** take somebody off the wait-list */
  "waitlist.settle": { kind: "change"; keyed: false; args: SettleWaitArgs; reply: Array<Waiting> };
  /** today at the reception */
  "board.today": { kind: "query"; keyed: false; args: Nothing; reply: Board };
  /** confirm, check in or begin a visit from the board */
  "board.step": { kind: "change"; keyed: false; args: BoardStepArgs; reply: Card };
  /** somebody came without an appointment */
  "board.walk_in": { kind: "change"; keyed: false; args: WalkInArgs; reply: Board };
  /** a walk-in's turn: a visit that begins now */
  "board.seat": { kind: "change"; keyed: false; args: SeatArgs; reply: Board };
  /** a walk-in did not want to wait */
  "board.leave": { kind: "change"; keyed: false; args: LeaveArgs; reply: Board };
  /** find clients by name, handle, mail or phone */
  "clients.search": { kind: "query"; keyed: false; args: SearchArgs; reply: Array<Client> };
  /** one client with visits, notes and spend */
  "clients.open": { kind: "query"; keyed: false; args: ClientArgs; reply: ClientFile };
  /** add a client */
  "clients.create": { kind: "change"; keyed: false; args: ClientForm; reply: Saved };
  /** change a client's data */
  "clients.edit": { kind: "change"; keyed: false; args: EditClientArgs; reply: Saved };
  /** archive a client */
  "clients.delete": { kind: "change"; keyed: false; args: ClientArgs; reply: Client };
  /** bring an archived client back */
  "clients.restore": { kind: "change"; keyed: false; args: ClientArgs; reply: Client };
  /** hand a client to another artist */
  "clients.reassign": { kind: "change"; keyed: false; args: ReassignArgs; reply: Client };
  /** clients that may be one person */
  "clients.duplicates": { kind: "query"; keyed: false; args: DuplicatesArgs; reply: Array<Twins> };
  /** keep that two clients are different people */
  "clients.not_same": { kind: "change"; keyed: false; args: NotSameArgs; reply: Array<Twins> };
  /** what merging two clients would do */
  "clients.merge_preview": { kind: "query"; keyed: false; args: MergePreviewArgs; reply: MergePreview };
  /** make one client of two */
  "clients.merge": { kind: "change"; keyed: false; args: MergeArgs; reply: Client };
  /** take a merge back */
  "clients.unmerge": { kind: "change"; keyed: false; args: UnmergeArgs; reply: Unmerged };
  /** forget a person; their money stays */
  "clients.erase": { kind: "change"; keyed: false; args: EraseArgs; reply: Client };
  /** the list of clients as a table */
  "clients.export": { kind: "change"; keyed: false; args: ExportArgs; reply: SheetFile };
  /** everything about one person, for them */
  "clients.personal_data": { kind: "change"; keyed: false; args: ClientArgs; reply: SheetFile };
  /** what importing a table would do */
  "clients.import_preview": { kind: "query"; keyed: false; args: ImportArgs; reply: ImportReport };
  /** take another tool's list of clients in */
  "clients.import": { kind: "change"; keyed: false; args: ImportArgs; reply: ImportReport };
  /** write a session note */
  "clients.note": { kind: "change"; keyed: false; args: NoteArgs; reply: ClientNote };
  /** what the studio has people sign */
  "consent.templates": { kind: "query"; keyed: false; args: Nothing; reply: Array<Template> };
  /** what a template said over time */
  "consent.template_versions": { kind: "query"; keyed: false; args: TemplateArgs; reply: Array<TemplateVersion> };
  /** add or change a paper that people sign */
  "consent.set_template": { kind: "change"; keyed: false; args: SetTemplateArgs; reply: Template };
  /** what is to be signed for a visit, as it will be read */
  "consent.needed": { kind: "query"; keyed: false; args: NeededArgs; reply: Needed };
  /** take a signature under a paper */
  "consent.sign": { kind: "change"; keyed: false; args: SignArgs; reply: SignedConsent };
  /** what a client signed */
  "consent.list": { kind: "query"; keyed: false; args: ClientArgs; reply: Array<SignedConsent> };
  /** a signed paper, whole */
  "consent.open": { kind: "query"; keyed: false; args: ConsentArgs; reply: ConsentPaper };
  /** a signed paper as a document */
  "consent.paper": { kind: "change"; keyed: false; args: ConsentArgs; reply: PaperFile };
  /** take image use back */
  "consent.withdraw": { kind: "change"; keyed: false; args: WithdrawArgs; reply: SignedConsent };
  /** let a visit go on although paperwork is missing */
  "consent.waive": { kind: "change"; keyed: false; args: WaiveArgs; reply: Card };
  /** keep a picture of a visit or a client */
  "pictures.add": { kind: "change"; keyed: false; args: AddPictureArgs; reply: Picture };
  /** the pictures of a client or of a visit */
  "pictures.list": { kind: "query"; keyed: false; args: PicturesArgs; reply: Array<Picture> };
  /** the bytes of a picture */
  "pictures.show": { kind: "query"; keyed: false; args: ShowPictureArgs; reply: PictureData };
  /** change what a picture is called or shows */
  "pictures.edit": { kind: "change"; keyed: false; args: EditPictureArgs; reply: Picture };
  /** take a picture out of sight */
  "pictures.remove": { kind: "change"; keyed: false; args: PictureArgs; reply: Picture };
  /** bring a removed picture back */
  "pictures.restore": { kind: "change"; keyed: false; args: PictureArgs; reply: Picture };
  /** the artists' portfolios, narrowed down */
  "portfolio.list": { kind: "query"; keyed: false; args: PortfolioArgs; reply: Portfolio };
  /** the bytes of a portfolio's picture */
  "portfolio.show": { kind: "query"; keyed: false; args: ShowItemArgs; reply: PictureData };
  /** add a picture to a portfolio */
  "portfolio.add": { kind: "change"; keyed: false; args: AddItemArgs; reply: PortfolioItem };
  /** put a visit's picture into its artist's portfolio */
  "portfolio.from_visit": { kind: "change"; keyed: false; args: FromVisitArgs; reply: PortfolioItem };
  /** change what is said of pictures, or who may see them */
  "portfolio.edit": { kind: "change"; keyed: false; args: EditItemsArgs; reply: Array<PortfolioItem> };
  /** show a part of a picture, or all of it again */
  "portfolio.crop": { kind: "change"; keyed: false; args: CropArgs; reply: PortfolioItem };
  /** move a picture within its portfolio */
  "portfolio.reorder": { kind: "change"; keyed: false; args: ReorderArgs; reply: PortfolioItem };
  /** take pictures out of a portfolio */
  "portfolio.remove": { kind: "change"; keyed: false; args: ItemsArgs; reply: Array<PortfolioItem> };
  /** bring removed pictures back */
  "portfolio.restore": { kind: "change"; keyed: false; args: ItemsArgs; reply: Array<PortfolioItem> };
  /** hand the desk to a client, who looks at portfolios */
  "portfolio.begin_view": { kind: "change"; keyed: false; args: Nothing; reply: Whoami };
  /** what clients see of the portfolios */
  "portfolio.view": { kind: "query"; keyed: false; args: Nothing; reply: PortfolioView };
  /** take the desk back with the own password */
  "portfolio.end_view": { kind: "change"; keyed: false; args: EndViewArgs; reply: Whoami };
  /** what a sale would cost */
  "till.quote": { kind: "query"; keyed: false; args: QuoteArgs; reply: Cart };
  /** sell and take the payment */
  "till.sell": { kind: "change"; keyed: true; args: SellArgs; reply: Receipt };
  /** a receipt again */
  "till.receipt": { kind: "query"; keyed: false; args: ReceiptArgs; reply: Receipt };
  /** hand a receipt out: the first is the original, every later one a copy */
  "till.print": { kind: "change"; keyed: false; args: PrintArgs; reply: HandedOut };
  /** give money back for a sale or part of it */
  "till.refund": { kind: "change"; keyed: true; args: RefundArgs; reply: Receipt };
  /** take a whole sale back before its Z */
  "till.void": { kind: "change"; keyed: true; args: VoidArgs; reply: Receipt };
  /** take a deposit for a visit */
  "till.take_deposit": { kind: "change"; keyed: true; args: TakeDepositArgs; reply: DepositReceipt };
  /** deposits and where they stand */
  "till.deposits": { kind: "query"; keyed: false; args: DepositsArgs; reply: Array<Deposit> };
  /** the receipt of a deposit again */
  "till.deposit_receipt": { kind: "query"; keyed: false; args: DepositReceiptArgs; reply: DepositReceipt };
  /** let a deposit count for another visit */
  "till.move_deposit": { kind: "change"; keyed: false; args: MoveDepositArgs; reply: Deposit };
  /** keep the deposit of a visit that did not happen */
  "till.keep_deposit": { kind: "change"; keyed: true; args: KeepDepositArgs; reply: Receipt };
  /** give a deposit back */
  "till.return_deposit": { kind: "change"; keyed: true; args: ReturnDepositArgs; reply: DepositReceipt };
  /** the cash drawer and what moved in it */
  "till.drawer": { kind: "query"; keyed: false; args: Nothing; reply: Drawer };
  /** open the drawer with a float */
  "till.open_session": { kind: "change"; keyed: true; args: OpenArgs; reply: Drawer };
  /** pay in, pay out, or drop into the safe */
  "till.cash_move": { kind: "change"; keyed: true; args: CashMoveArgs; reply: Drawer };
  /** open the drawer without a sale */
  "till.open_drawer": { kind: "change"; keyed: false; args: OpenDrawerArgs; reply: Nothing };
  /** take over a drawer that somebody left open */
  "till.take_over": { kind: "change"; keyed: false; args: TakeOverArgs; reply: Drawer };
  /** count the drawer and seal the day with a Z report */
  "till.close_session": { kind: "change"; keyed: true; args: CloseArgs; reply: ZReport };
  /** a period's totals */
  "reports.summary": { kind: "query"; keyed: false; args: SummaryArgs; reply: Summary };
  /** a period in figures, beside the one before it */
  "reports.period": { kind: "query"; keyed: false; args: PeriodArgs; reply: PeriodReport };
  /** receipts, a period, payouts or a statement as a table or workbook */
  "reports.export": { kind: "change"; keyed: false; args: ExportReportArgs; reply: TableFile };
  /** reports kept by a name */
  "reports.saved": { kind: "query"; keyed: false; args: Nothing; reply: Array<SavedReport> };
  /** keep a report by a name */
  "reports.save": { kind: "change"; keyed: false; args: SaveReportArgs; reply: Array<SavedReport> };
  /** keep a report no longer */
  "reports.forget": { kind: "change"; keyed: false; args: ForgetReportArgs; reply: Array<SavedReport> };
  /** receipts of a period */
  "reports.transactions": { kind: "query"; keyed: false; args: TransactionsArgs; reply: Array<Transaction> };
  /** the closings of the drawer */
  "reports.z_reports": { kind: "query"; keyed: false; args: Nothing; reply: Array<ZLine> };
  /** the open drawer's day so far */
  "reports.x_report": { kind: "query"; keyed: false; args: Nothing; reply: XReport };
  /** a Z report again */
  "reports.z_report": { kind: "query"; keyed: false; args: ZArgs; reply: ZReport };
  /** print the open drawer's day so far, or make a document of it */
  "reports.print_x": { kind: "change"; keyed: false; args: PrintXArgs; reply: Printed };
  /** print a Z report, or make a document of it */
  "reports.print_z": { kind: "change"; keyed: false; args: PrintZArgs; reply: Printed };
  /** whether the drawer opened for the last cash, and once more if not */
  "printing.drawer": { kind: "query"; keyed: false; args: DrawerOpenedArgs; reply: Nothing };
  /** a receipt as it comes off the roll */
  "printing.preview": { kind: "query"; keyed: false; args: PreviewArgs; reply: Array<SlipLine> };
  /** print a test page, or say why not */
  "printing.test": { kind: "query"; keyed: false; args: TestPrintArgs; reply: Nothing };
  /** an artist's earnings, tips and payouts, line by line */
  "payouts.statement": { kind: "query"; keyed: false; args: StatementArgs; reply: Statement };
  /** an artist's statement as a document */
  "payouts.statement_paper": { kind: "change"; keyed: false; args: StatementArgs; reply: PaperFile };
  /** what the studio owes each artist */
  "payouts.owed": { kind: "query"; keyed: false; args: Nothing; reply: Array<Owed> };
  /** what was paid to the artists */
  "payouts.list": { kind: "query"; keyed: false; args: PayoutsArgs; reply: Array<Payout> };
  /** pay an artist what is owed */
  "payouts.settle": { kind: "change"; keyed: true; args: SettleArgs; reply: Payout };
  /** take back a payout that was wrong */
  "payouts.take_back": { kind: "change"; keyed: true; args: TakeBackArgs; reply: Payout };
  /** every artist's commission terms */
  "payouts.rates": { kind: "query"; keyed: false; args: Nothing; reply: Array<ArtistRates> };
  /** set an artist's commission terms */
  "payouts.set_rates": { kind: "change"; keyed: false; args: SetRatesArgs; reply: ArtistRates };
  /** the share agreed for one visit */
  "payouts.share": { kind: "query"; keyed: false; args: ShareArgs; reply: VisitShare };
  /** agree on another share for one visit */
  "payouts.set_share": { kind: "change"; keyed: false; args: SetShareArgs; reply: VisitShare };
  /** items with what is on hand */
  "inventory.list": { kind: "query"; keyed: false; args: Nothing; reply: Array<Item> };
  /** add an item */
  "inventory.create_item": { kind: "change"; keyed: false; args: CreateItemArgs; reply: Item };
  /** change an item */
  "inventory.edit_item": { kind: "change"; keyed: false; args: EditItemArgs; reply: Item };
  /** book a delivery; with a unit cost, the item's cost becomes the average of what is on hand */
  "inventory.stock_in": { kind: "change"; keyed: false; args: StockInArgs; reply: Item };
  /** adjust a quantity */
  "inventory.stock_adj": { kind: "change"; keyed: false; args: StockAdjArgs; reply: Item };
  /** physical count */
  "inventory.cycle_count": { kind: "change"; keyed: false; args: CycleCountArgs; reply: Array<Item> };
  /** counts that were posted */
  "inventory.counts": { kind: "query"; keyed: false; args: Nothing; reply: Array<StockCount> };
  /** one count with its lines */
  "inventory.count": { kind: "query"; keyed: false; args: CountArgs; reply: CountSheet };
  /** the lots of an item, or what goes off soon */
  "inventory.lots": { kind: "query"; keyed: false; args: LotsArgs; reply: Array<Lot> };
  /** put right what was misread from a label */
  "inventory.edit_lot": { kind: "change"; keyed: false; args: EditLotArgs; reply: Lot };
  /** an item's ledger */
  "inventory.movements": { kind: "query"; keyed: false; args: MovementsArgs; reply: Array<Movement> };
  /** which visits used a lot */
  "inventory.recall": { kind: "query"; keyed: false; args: LotArgs; reply: Recall };
  /** the lots that a visit may have used */
  "inventory.usable": { kind: "query"; keyed: false; args: Nothing; reply: Array<Lot> };
  /** what a visit used, or all visits of a client */
  "inventory.supplies": { kind: "query"; keyed: false; args: SuppliesArgs; reply: Array<VisitSupply> };
  /** write down what a visit used */
  "inventory.use_supplies": { kind: "change"; keyed: false; args: UseArgs; reply: Array<VisitSupply> };
  /** take back what was written down by mistake */
  "inventory.undo_use": { kind: "change"; keyed: false; args: UndoUseArgs; reply: Array<VisitSupply> };
  /** what the team asked the desk for */
  "inventory.requests": { kind: "query"; keyed: false; args: Nothing; reply: Array<SupplyRequest> };
  /** ask the desk for something, or say that a quantity is wrong */
  "inventory.request": { kind: "change"; keyed: false; args: RequestArgs; reply: SupplyRequest };
  /** take an own request back that nobody answered */
  "inventory.drop_request": { kind: "change"; keyed: false; args: WithdrawRequestArgs; reply: SupplyRequest };
  /** say what becomes of a request */
  "inventory.answer_request": { kind: "change"; keyed: false; args: AnswerRequestArgs; reply: SupplyRequest };
  /** what to order, by supplier */
  "inventory.reorder": { kind: "query"; keyed: false; args: Nothing; reply: Array<OrderLine> };
  /** what to order as a document */
  "inventory.reorder_paper": { kind: "change"; keyed: false; args: Nothing; reply: PaperFile };
  /** items, lots or what to order as a table */
  "inventory.export": { kind: "change"; keyed: false; args: ExportStockArgs; reply: SheetFile };
  /** the directory */
  "staff.list": { kind: "query"; keyed: false; args: Nothing; reply: Array<Member> };
  /** make an account with a one-time password */
  "staff.create_user": { kind: "change"; keyed: false; args: CreateUserArgs; reply: CreatedUser };
  /** a new one-time password for a member */
  "staff.reset_password": { kind: "change"; keyed: false; args: MemberArgs; reply: CreatedUser };
  /** change a member's role */
  "staff.change_role": { kind: "change"; keyed: false; args: ChangeRoleArgs; reply: Member };
  /** archive or reactivate an account */
  "staff.set_active": { kind: "change"; keyed: false; args: SetActiveArgs; reply: SetActive };
  /** what archiving a member would leave to be done */
  "staff.leaving": { kind: "query"; keyed: false; args: LeavingArgs; reply: Leaving };
  /** give an artist's appointments to another, or cancel them */
  "staff.hand_over": { kind: "change"; keyed: false; args: HandOverArgs; reply: Settled };
  /** every action with its answer and why */
  "staff.rights": { kind: "query"; keyed: false; args: RightsArgs; reply: Rights };
  /** change a member's profile */
  "staff.edit_profile": { kind: "change"; keyed: false; args: EditProfileArgs; reply: Member };
  /** set an artist's weekly hours */
  "staff.availability": { kind: "change"; keyed: false; args: AvailabilityArgs; reply: Array<Hours> };
  /** set a member's employment and share */
  "staff.set_terms": { kind: "change"; keyed: false; args: TermsArgs; reply: Member };
  /** artist profiles without an account */
  "staff.profiles": { kind: "query"; keyed: false; args: Nothing; reply: Array<FreeProfile> };
  /** what is done for somebody who comes or leaves */
  "staff.checklist": { kind: "query"; keyed: false; args: ChecklistArgs; reply: Checklist };
  /** tick something off a member's list */
  "staff.tick": { kind: "change"; keyed: false; args: TickArgs; reply: Checklist };
  /** set or clear a member's switch */
  "staff.set_switch": { kind: "change"; keyed: false; args: SetSwitchArgs; reply: Member };
  /** change the studio's settings */
  "security.settings": { kind: "change"; keyed: false; args: SettingsArgs; reply: Settings };
  /** what the settings were before */
  "security.history": { kind: "query"; keyed: false; args: Nothing; reply: Array<SettingChange> };
  /** put a setting back to what it was */
  "security.restore_setting": { kind: "change"; keyed: false; args: RestoreSettingArgs; reply: Settings };
  /** how old the master code is and who knows it */
  "security.code_state": { kind: "query"; keyed: false; args: Nothing; reply: CodeState };
  /** say that the master code may be known: it is due at once */
  "security.report_suspicion": { kind: "change"; keyed: false; args: SuspicionArgs; reply: CodeState };
  /** make a new master code, shown once */
  "security.rotate_code": { kind: "change"; keyed: false; args: Nothing; reply: Rotated };
  /** say that a clock set back by more than a day is right */
  "security.confirm_clock": { kind: "change"; keyed: false; args: Nothing; reply: ClockBehind };
  /** where the backups are, when the next is due, what each holds */
  "backups.state": { kind: "query"; keyed: false; args: Nothing; reply: BackupsState };
  /** make a backup now */
  "backups.make": { kind: "change"; keyed: false; args: Nothing; reply: BackupsState };
  /** make the sums that reports read anew from sales that hold */
  "backups.mend_figures": { kind: "change"; keyed: false; args: Nothing; reply: BackupsState };
  /** keep each backup in a second folder as well */
  "backups.set_second": { kind: "change"; keyed: false; args: SecondArgs; reply: BackupsState };
  /** try a backup out without putting it in anybody's place */
  "backups.test": { kind: "change"; keyed: false; args: BackupArgs; reply: BackupTest };
  /** what would be gone if a backup took the file's place */
  "backups.preview": { kind: "query"; keyed: false; args: BackupArgs; reply: RestorePreview };
  /** put a backup in the file's place */
  "backups.restore": { kind: "change"; keyed: false; args: RestoreBackupArgs; reply: Restored };
  /** check the whole file, and what to do about what is found */
  "backups.check": { kind: "query"; keyed: false; args: Nothing; reply: FileCheck };
  /** the activity log */
  "activity.list": { kind: "query"; keyed: false; args: ActivityArgs; reply: Array<Activity> };
  /** the activity log as a table */
  "activity.export": { kind: "change"; keyed: false; args: ActivityArgs; reply: SheetFile };
  /** where the journal's chain stands */
  "activity.chain": { kind: "query"; keyed: false; args: Nothing; reply: Chain };
  /** check the whole file */
  "activity.verify": { kind: "query"; keyed: false; args: Nothing; reply: Verified };
  /** a month's review, filled in */
  "activity.review": { kind: "query"; keyed: false; args: ReviewArgs; reply: Review };
  /** sign a month's review */
  "activity.sign_review": { kind: "change"; keyed: false; args: SignReviewArgs; reply: SignedReview };
}
