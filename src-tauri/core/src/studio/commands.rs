//! What the desk can ask about the studio itself.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::picker::{self, Known};
use super::{DepositPolicy, Hours, Language, Service, ServiceKind, Settings, SettingsArgs, TaxRate, store};
use crate::access::password;
use crate::backups::commands::{self as backups, LastBackup};
use crate::clock::Millis;
use crate::consent::{PaperworkAt, PaperworkGate, starters};
use crate::door::{Call, Change, Desk, Look};
use crate::error::{Error, Fault, Result, Why};
use crate::ids::{fresh_code, fresh_id};
use crate::money::Money;
use crate::printing::encode::{CodePage, KickPin};
use crate::security::commands::{self as security, ClockBehind};
use crate::staff::{self, Username};
use crate::storage::{Halt, OpenOptions, StudioFile};
use crate::text::{Id, Line, Name, Secret, ShortOrEmpty};

/// For commands that need no arguments.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// What anybody may know of the studio that is open, before signing in: no client, no takings.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct StudioCard {
    pub id: String,
    pub demo: bool,
    pub settings: Settings,
    /// The zone to show times in: the studio's, or one of the same offset where its clocks never change.
    pub clock_zone: String,
    /// Coins and notes, largest first, in minor units.
    pub denominations: Vec<i64>,
    /// False: the file is not the one this computer last saw, and money commands are refused.
    pub anchored: bool,
    /// The computer's clock was set back.
    pub clock: Option<ClockBehind>,
    pub backup: LastBackup,
    /// Why nothing can be changed, if so.
    pub halted: Option<Halted>,
}

/// The studio can be looked at, but takes no change.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Halted {
    pub why: Halt,
    /// The file itself is beyond reading: what is shown is a backup of this time.
    pub as_of: Option<Millis>,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Refused {
    pub studio: Known,
    pub fault: Fault,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct DeskStatus {
    pub version: String,
    pub now: Millis,
    pub studio: Option<StudioCard>,
    /// Studio files opened on this computer, last first.
    pub studios: Vec<Known>,
    /// The studio that should have opened by itself, and why it did not.
    pub refused: Option<Refused>,
    /// The desk serves one given file: there is no picker.
    pub single: bool,
    pub signed_in: bool,
    /// The desk was handed to a client before the window was drawn anew.
    pub client_view: bool,
}

pub(crate) fn status(desk: &Desk, call: &Call<'_>, _: Nothing) -> Result<DeskStatus> {
    let studio = match desk.studio() {
        Ok(open) => {
            // Somebody asks every minute: soon after the cause is gone, the desk goes on.
            desk.recover(&open);
            desk.heed_damage(&open);
            let (settings, demo, clock) = desk.query(call.command, |look| {
                Ok((look.settings()?, store::is_demo(look.db())?, security::clock(look)?))
            })?;
            let denominations = super::denominations(&settings);
            let steady = settings.zone()?.steady(desk.tools().clock.now().wall)?;
            let clock_zone = steady.unwrap_or_else(|| settings.zone.clone());
            Some(StudioCard {
                id: open.id.clone(),
                demo,
                settings,
                clock_zone,
                denominations,
                anchored: open.anchored && open.file.is_in_place(),
                clock,
                backup: backups::last(desk)?,
                halted: open.file.halted().map(|(why, as_of)| Halted { why, as_of }),
            })
        }
        Err(_) => None,
    };
    let here = desk.session().as_ref().map(|session| session.client_view);
    Ok(DeskStatus {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        now: desk.tools().clock.now().wall,
        studio,
        studios: picker::list(desk.place()),
        refused: desk.refused().map(|(studio, fault)| Refused { studio, fault }),
        single: desk.place().single().is_some(),
        signed_in: here.is_some(),
        client_view: here == Some(true),
    })
}

/// The owner's account at first run.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct FirstOwner {
    pub name: Name,
    pub username: Username,
    pub password: Secret,
    /// The owner tattoos too and gets a column in the agenda.
    #[serde(default)]
    pub tattoos: bool,
}

/// An artist entered at first run. With a username, an account with a one-time password is made as well.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct FirstArtist {
    pub name: Name,
    pub username: Option<Username>,
    /// The artist's part of a service, in basis points.
    pub commission_bp: Option<i64>,
    #[serde(default)]
    pub apprentice: bool,
}

/// A service entered at first run.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct FirstService {
    pub name: Name,
    pub kind: ServiceKind,
    pub minutes: i64,
    pub price: Money,
}

/// First run: everything a studio needs to open its door.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct CreateArgs {
    pub name: Name,
    /// ISO 4217, three letters.
    pub currency: Line<3>,
    /// IANA time zone.
    pub zone: Line<64>,
    pub locale: Option<Line<35>>,
    pub language: Option<Language>,
    pub week_start: Option<i64>,
    pub hours: Option<Vec<Hours>>,
    pub tax_bp: Option<i64>,
    pub owner: FirstOwner,
    #[serde(default)]
    pub artists: Vec<FirstArtist>,
    #[serde(default)]
    pub services: Vec<FirstService>,
}

/// An account that was just made, with the password to hand over once.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct NewAccount {
    pub name: String,
    pub username: String,
    pub password: String,
}

/// Shown once and kept nowhere.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Created {
    pub studio_id: String,
    pub file: String,
    /// Opens the locked actions for an assistant.
    pub master_code: String,
    /// Sets a new owner's password, once.
    pub recovery_code: String,
    pub accounts: Vec<NewAccount>,
}

/// Monday to Saturday, 10:00 to 20:00.
fn usual_hours() -> Vec<Hours> {
    (1..=6).map(|weekday| Hours { weekday, opens: 600, closes: 1200 }).collect()
}

fn first_settings(args: &CreateArgs) -> Result<Settings> {
    let currency = args.currency.to_string();
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(Error::invalid("currency", "three capital letters"));
    }
    let Some(exponent) = crate::currency::exponent(&currency) else {
        return Err(Error::invalid("currency", "no such currency"));
    };
    let language = args.language.unwrap_or(Language::English);
    let settings = Settings {
        name: args.name.to_string(),
        exponent,
        currency,
        locale: match (&args.locale, language) {
            (Some(locale), _) => locale.to_string(),
            (None, Language::English) => "en-US".to_owned(),
            (None, Language::Spanish) => "es-MX".to_owned(),
        },
        language,
        zone: args.zone.to_string(),
        week_start: args.week_start.unwrap_or(1),
        hours: args.hours.clone().unwrap_or_else(usual_hours),
        tax_bp: args.tax_bp.unwrap_or(0),
        prices_include_tax: true,
        cash_rounding: Money::ZERO,
        deposit_cancel_hours: 48,
        blind_count: false,
        difference_limit: None,
        elevation_minutes: 5,
        idle_minutes: 5,
        rotation_days: 90,
        elevation_reason: false,
        lock_after_sale: false,
        receipt_note: String::new(),
        printer_host: String::new(),
        printer_port: 9_100,
        printer_columns: 42,
        printer_letters: CodePage::Pc858,
        printer_pin: KickPin::Two,
        printer_drawer: true,
        paperwork_gate: PaperworkGate::Warn,
        paperwork_at: PaperworkAt::CheckIn,
        consent_years: 10,
        commission_after_discount: true,
    };
    check(&settings)?;
    Ok(settings)
}

fn check(settings: &Settings) -> Result<()> {
    settings.zone()?;
    Hours::check(&settings.hours, "hours")?;
    let within = |value: i64, range: std::ops::RangeInclusive<i64>, field: &'static str| {
        if range.contains(&value) { Ok(()) } else { Err(Error::invalid(field, "out of range")) }
    };
    within(settings.week_start, 1..=7, "week_start")?;
    within(settings.tax_bp, 0..=9_999, "tax_bp")?;
    within(settings.cash_rounding.minor(), 0..=100_000, "cash_rounding")?;
    within(settings.deposit_cancel_hours, 0..=720, "deposit_cancel_hours")?;
    within(settings.elevation_minutes, crate::access::elevation::MINUTES, "elevation_minutes")?;
    within(settings.idle_minutes, 1..=30, "idle_minutes")?;
    within(settings.rotation_days, 1..=366, "rotation_days")?;
    within(settings.consent_years, 1..=30, "consent_years")?;
    let locale_parts = settings
        .locale
        .split('-')
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if !locale_parts || settings.locale.split('-').next().is_none_or(|language| language.len() < 2) {
        return Err(Error::invalid("locale", "no such locale"));
    }
    if settings.receipt_note.chars().count() > 500 || settings.receipt_note.contains('\0') {
        return Err(Error::invalid("receipt_note", "too long"));
    }
    crate::printing::check(&settings.printer_host, settings.printer_port, settings.printer_columns)?;
    Ok(())
}

/// A first account with the hash that its password became.
struct Prepared {
    artist_id: String,
    name: String,
    commission_bp: i64,
    account: Option<(NewAccount, bool, String)>,
}

pub(crate) fn create(desk: &Desk, call: &Call<'_>, args: CreateArgs) -> Result<Created> {
    let file = desk.place().file_for(&args.name);
    let id = fresh_id(&*desk.tools().random, desk.tools().clock.now().wall)?;
    create_at(desk, call, args, &file, New { id, demo: false, options: OpenOptions::default() })
}

/// What a studio's file is besides what its owner says.
#[derive(Debug)]
pub(crate) struct New {
    pub id: String,
    pub demo: bool,
    pub options: OpenOptions,
}

/// Makes a studio at `path` and opens it at this desk.
pub(crate) fn create_at(
    desk: &Desk,
    call: &Call<'_>,
    args: CreateArgs,
    path: &Path,
    new: New,
) -> Result<Created> {
    let New { id: studio_id, demo, options } = new;
    let tools = desk.tools().clone();
    let settings = first_settings(&args)?;
    password::check(
        args.owner.password.reveal(),
        &[&args.owner.username, &args.owner.name, &args.name],
        "owner.password",
    )?;
    if args.artists.len() > 100 || args.services.len() > 500 {
        return Err(Error::invalid("artists", "too many"));
    }
    for service in &args.services {
        check_service(service.minutes, service.price)?;
    }
    let master_code = fresh_code(&*tools.random, 10)?;
    let recovery_code = fresh_code(&*tools.random, 20)?;
    let master_hash = password::hash(&master_code, tools.cost, &*tools.random)?;
    let recovery_hash = password::hash(&recovery_code, tools.cost, &*tools.random)?;
    let owner_hash = password::hash(args.owner.password.reveal(), tools.cost, &*tools.random)?;
    let now = tools.clock.now().wall;
    let mut artists = Vec::new();
    let mut usernames = vec![args.owner.username.to_string()];
    for artist in &args.artists {
        let account = match &artist.username {
            Some(username) => {
                if usernames.contains(&username.to_string()) {
                    return Err(Error::invalid("artists", "a username twice"));
                }
                usernames.push(username.to_string());
                let password = password::temporary(&*tools.random)?;
                let hash = password::hash(&password, tools.cost, &*tools.random)?;
                let made =
                    NewAccount { name: artist.name.to_string(), username: username.to_string(), password };
                Some((made, artist.apprentice, hash))
            }
            None => None,
        };
        artists.push(Prepared {
            artist_id: crate::ids::fresh_id(&*tools.random, now)?,
            name: artist.name.to_string(),
            commission_bp: staff::commission(artist.commission_bp, "artists")?,
            account,
        });
    }

    let studio = StudioFile::create(path, options)?;
    let made = (|| {
        desk.take_in(studio, studio_id.clone())?;
        desk.change_once(call, |cx| {
            let permit = cx.grant().whole()?;
            let db = cx.write(&permit);
            store::found(db, &studio_id, demo, now)?;
            let fields = serde_json::to_value(&settings).map_err(Error::internal)?;
            for (name, value) in fields.as_object().into_iter().flatten() {
                store::put_setting(db, cx.db(), &cx.id()?, name, value, now, None)?;
            }
            crate::reports::daily::store::cut(db, cx.db(), &settings.zone)?;
            for (name, hash) in [("master_code", &master_hash), ("recovery_code", &recovery_hash)] {
                crate::security::store::put_secret(db, name, hash, now, None)?;
            }
            let owner_artist = if args.owner.tattoos { Some(cx.id()?) } else { None };
            if let Some(artist) = &owner_artist {
                staff::store::add_artist(db, artist, &args.owner.name, 10_000, &settings.hours, now)?;
            }
            let owner = cx.id()?;
            staff::store::add_member(
                db,
                &staff::NewMember {
                    id: &owner,
                    username: &args.owner.username,
                    name: &args.owner.name,
                    role: crate::access::Role::Owner,
                    artist: owner_artist.as_deref(),
                    hash: &owner_hash,
                    must_change: false,
                },
                now,
            )?;
            for artist in &artists {
                staff::store::add_artist(
                    db,
                    &artist.artist_id,
                    &artist.name,
                    artist.commission_bp,
                    &settings.hours,
                    now,
                )?;
                if let Some((account, apprentice, hash)) = &artist.account {
                    let role = if *apprentice {
                        crate::access::Role::Apprentice
                    } else {
                        crate::access::Role::Artist
                    };
                    staff::store::add_member(
                        db,
                        &staff::NewMember {
                            id: &cx.id()?,
                            username: &account.username,
                            name: &account.name,
                            role,
                            artist: Some(&artist.artist_id),
                            hash,
                            must_change: true,
                        },
                        now,
                    )?;
                }
            }
            for service in &args.services {
                let service = Service {
                    id: cx.id()?,
                    name: service.name.to_string(),
                    kind: service.kind,
                    minutes: service.minutes,
                    price: service.price,
                    setup_minutes: 0,
                    cleanup_minutes: 0,
                    tax_rate_id: None,
                    deposit: super::DepositPolicy::NONE,
                    guardian_below: super::OF_AGE,
                    minimum_age: 0,
                    active: true,
                };
                store::put_service(db, &service)?;
            }
            starters::add(cx, &permit, settings.language, &owner)?;
            cx.on_behalf_of(&owner, crate::access::Role::Owner);
            cx.note("member", owner.as_str());
            Ok(())
        })
    })();
    if let Err(error) = made {
        // Half a studio is worse than none: nothing of it was ever acknowledged.
        desk.close();
        if let Err(left) = std::fs::remove_file(path) {
            log::warn!("unfinished studio left behind: {left}");
        }
        return Err(error);
    }
    remember(desk, &settings.name, demo)?;
    let studio = desk.studio()?;
    desk.put_anchor(&studio);
    Ok(Created {
        studio_id: studio.id.clone(),
        file: path.to_string_lossy().into_owned(),
        master_code: spaced(&master_code),
        recovery_code: spaced(&recovery_code),
        accounts: artists.into_iter().filter_map(|artist| artist.account.map(|(made, _, _)| made)).collect(),
    })
}

/// Groups of five, as codes are shown.
pub(crate) fn spaced(code: &str) -> String {
    code.as_bytes().chunks(5).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

fn remember(desk: &Desk, name: &str, demo: bool) -> Result<()> {
    let studio = desk.studio()?;
    picker::remember(
        desk.place(),
        Known {
            file: studio.file.path().to_string_lossy().into_owned(),
            name: name.to_owned(),
            demo,
            opened_at: desk.tools().clock.now().wall,
        },
    )
}

/// A studio's file on this computer.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct FileArgs {
    pub file: Line<1024>,
}

pub(crate) fn open(desk: &Desk, call: &Call<'_>, args: FileArgs) -> Result<DeskStatus> {
    if desk.place().single().is_some() {
        return Err(Error::denied(Why::SingleFile));
    }
    open_known(desk, call, Path::new(&*args.file))
}

/// Opens a studio and puts it first on the list.
pub(crate) fn open_known(desk: &Desk, call: &Call<'_>, path: &Path) -> Result<DeskStatus> {
    desk.open(path)?;
    let (name, demo) =
        desk.query(call.command, |look| Ok((look.settings()?.name, store::is_demo(look.db())?)))?;
    remember(desk, &name, demo)?;
    status(desk, call, Nothing {})
}

pub(crate) fn forget(desk: &Desk, call: &Call<'_>, args: FileArgs) -> Result<DeskStatus> {
    picker::forget(desk.place(), Path::new(&*args.file))?;
    status(desk, call, Nothing {})
}

/// Signs out and goes back to the picker.
pub(crate) fn leave(desk: &Desk, call: &Call<'_>, _: Nothing) -> Result<DeskStatus> {
    if desk.place().single().is_some() {
        return Err(Error::denied(Why::SingleFile));
    }
    desk.close();
    status(desk, call, Nothing {})
}

pub(crate) fn services(look: &Look<'_>, _: Nothing) -> Result<Vec<Service>> {
    store::services(look.db())
}

/// A new service, or with an id a changed one.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ServiceArgs {
    pub service_id: Option<Id>,
    pub name: Name,
    pub kind: ServiceKind,
    pub minutes: i64,
    pub price: Money,
    /// Minutes for setting up before and cleaning after, 0 to 240; left out, they stay.
    pub setup_minutes: Option<i64>,
    pub cleanup_minutes: Option<i64>,
    /// Empty is the usual rate; left out, it stays.
    pub tax_rate_id: Option<ShortOrEmpty>,
    /// Left out, it stays.
    pub deposit: Option<DepositPolicy>,
    /// Ages in years, 0 to 99, 0 sets no limit; left out, they stay.
    pub guardian_below: Option<i64>,
    pub minimum_age: Option<i64>,
    /// An inactive service can no longer be booked.
    pub active: Option<bool>,
}

fn check_service(minutes: i64, price: Money) -> Result<()> {
    if !(5..=1440).contains(&minutes) {
        return Err(Error::invalid("minutes", "out of range"));
    }
    if price.is_negative() {
        return Err(Error::invalid("price", "negative"));
    }
    Ok(())
}

pub(crate) fn set_service(cx: &mut Change<'_>, args: ServiceArgs) -> Result<Service> {
    check_service(args.minutes, args.price)?;
    for (field, minutes) in [("setup_minutes", args.setup_minutes), ("cleanup_minutes", args.cleanup_minutes)]
    {
        if minutes.is_some_and(|minutes| !(0..=240).contains(&minutes)) {
            return Err(Error::invalid(field, "out of range"));
        }
    }
    let deposit = args.deposit.map(DepositPolicy::check).transpose()?;
    for (field, age) in [("guardian_below", args.guardian_below), ("minimum_age", args.minimum_age)] {
        if age.is_some_and(|age| !(0..=99).contains(&age)) {
            return Err(Error::invalid(field, "out of range"));
        }
    }
    let permit = cx.grant().whole()?;
    let tax_rate = args.tax_rate_id.map(ShortOrEmpty::into_text);
    let before = match &args.service_id {
        Some(id) => Some(store::service_by_id(cx.db(), id)?.ok_or(Error::NotFound { what: "service" })?),
        None => None,
    };
    if let Some(Some(rate)) = &tax_rate {
        store::offered_rate(cx.db(), rate, before.as_ref().and_then(|one| one.tax_rate_id.as_deref()))?;
    }
    let id = before.as_ref().map_or_else(|| cx.id(), |before| Ok(before.id.clone()))?;
    let service = Service {
        id,
        name: args.name.to_string(),
        kind: args.kind,
        minutes: args.minutes,
        price: args.price,
        setup_minutes: args.setup_minutes.or(before.as_ref().map(|one| one.setup_minutes)).unwrap_or(0),
        cleanup_minutes: args.cleanup_minutes.or(before.as_ref().map(|one| one.cleanup_minutes)).unwrap_or(0),
        tax_rate_id: tax_rate.unwrap_or_else(|| before.as_ref().and_then(|one| one.tax_rate_id.clone())),
        deposit: deposit.or(before.as_ref().map(|one| one.deposit)).unwrap_or(DepositPolicy::NONE),
        guardian_below: args
            .guardian_below
            .or(before.as_ref().map(|one| one.guardian_below))
            .unwrap_or(super::OF_AGE),
        minimum_age: args.minimum_age.or(before.as_ref().map(|one| one.minimum_age)).unwrap_or(0),
        active: args.active.unwrap_or(true),
    };
    store::put_service(cx.write(&permit), &service)?;
    cx.note("service", service.id.as_str());
    cx.note("price", service.price.minor());
    Ok(service)
}

pub(crate) fn tax_rates(look: &Look<'_>, _: Nothing) -> Result<Vec<TaxRate>> {
    store::tax_rates(look.db())
}

/// A new rate, or with an id a changed one. Receipts keep the rate they were made with.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct TaxRateArgs {
    pub tax_rate_id: Option<Id>,
    pub name: Line<60>,
    /// Basis points, 0 to 9999.
    pub bp: i64,
    pub active: Option<bool>,
}

pub(crate) fn set_tax_rate(cx: &mut Change<'_>, args: TaxRateArgs) -> Result<TaxRate> {
    if !(0..=9_999).contains(&args.bp) {
        return Err(Error::invalid("bp", "out of range"));
    }
    let permit = cx.grant().whole()?;
    let id = match &args.tax_rate_id {
        Some(id) => store::tax_rate(cx.db(), id)?.ok_or(Error::NotFound { what: "tax_rate" })?.id,
        None => cx.id()?,
    };
    let rate = TaxRate { id, name: args.name.into(), bp: args.bp, active: args.active.unwrap_or(true) };
    if store::tax_rates(cx.db())?.iter().any(|other| other.name == rate.name && other.id != rate.id) {
        return Err(Error::Conflict { reason: "name_taken" });
    }
    store::put_tax_rate(cx.write(&permit), &rate)?;
    cx.note("tax_rate", rate.id.as_str());
    cx.note("bp", rate.bp);
    Ok(rate)
}

/// An amount as a person typed it.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct AmountArgs {
    pub text: Line<40>,
}

#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Amount {
    pub amount: Money,
}

pub(crate) fn amount(look: &Look<'_>, args: AmountArgs) -> Result<Amount> {
    let exponent = look.settings()?.exponent;
    Ok(Amount { amount: super::parse_amount(&args.text, exponent)? })
}

pub(crate) fn set_settings(cx: &mut Change<'_>, args: SettingsArgs) -> Result<Settings> {
    let mut settings = cx.settings()?;
    if let Some(name) = &args.name {
        settings.name = name.to_string();
    }
    if let Some(locale) = &args.locale {
        settings.locale = locale.to_string();
    }
    if let Some(zone) = &args.zone {
        settings.zone = zone.to_string();
    }
    if let Some(hours) = args.hours {
        settings.hours = hours;
    }
    if let Some(note) = args.receipt_note {
        settings.receipt_note = note;
    }
    if let Some(host) = args.printer_host {
        settings.printer_host = host.into_text().unwrap_or_default();
    }
    settings.printer_port = args.printer_port.unwrap_or(settings.printer_port);
    settings.printer_columns = args.printer_columns.unwrap_or(settings.printer_columns);
    settings.printer_letters = args.printer_letters.unwrap_or(settings.printer_letters);
    settings.printer_pin = args.printer_pin.unwrap_or(settings.printer_pin);
    settings.printer_drawer = args.printer_drawer.unwrap_or(settings.printer_drawer);
    settings.language = args.language.unwrap_or(settings.language);
    settings.week_start = args.week_start.unwrap_or(settings.week_start);
    settings.tax_bp = args.tax_bp.unwrap_or(settings.tax_bp);
    settings.prices_include_tax = args.prices_include_tax.unwrap_or(settings.prices_include_tax);
    settings.cash_rounding = args.cash_rounding.unwrap_or(settings.cash_rounding);
    settings.deposit_cancel_hours = args.deposit_cancel_hours.unwrap_or(settings.deposit_cancel_hours);
    settings.blind_count = args.blind_count.unwrap_or(settings.blind_count);
    if let Some(limit) = args.difference_limit {
        settings.difference_limit = Some(limit).filter(|limit| !limit.is_negative());
    }
    settings.elevation_minutes = args.elevation_minutes.unwrap_or(settings.elevation_minutes);
    settings.idle_minutes = args.idle_minutes.unwrap_or(settings.idle_minutes);
    settings.rotation_days = args.rotation_days.unwrap_or(settings.rotation_days);
    settings.elevation_reason = args.elevation_reason.unwrap_or(settings.elevation_reason);
    settings.lock_after_sale = args.lock_after_sale.unwrap_or(settings.lock_after_sale);
    settings.paperwork_gate = args.paperwork_gate.unwrap_or(settings.paperwork_gate);
    settings.paperwork_at = args.paperwork_at.unwrap_or(settings.paperwork_at);
    settings.consent_years = args.consent_years.unwrap_or(settings.consent_years);
    settings.commission_after_discount =
        args.commission_after_discount.unwrap_or(settings.commission_after_discount);
    write_settings(cx, settings)
}

/// Checks the settings as a whole, writes what changed and keeps what it was (A033).
fn write_settings(cx: &mut Change<'_>, settings: Settings) -> Result<Settings> {
    let permit = cx.grant().whole()?;
    check(&settings)?;
    let fields = serde_json::to_value(&settings).map_err(Error::internal)?;
    let by = cx.caller()?.id.clone();
    let mut changed = Vec::new();
    for (name, value) in fields.as_object().into_iter().flatten() {
        if store::put_setting(cx.write(&permit), cx.db(), &cx.id()?, name, value, cx.now(), Some(&by))? {
            changed.push(name.as_str());
        }
    }
    // Another zone has other days.
    crate::reports::daily::store::cut(cx.write(&permit), cx.db(), &settings.zone)?;
    cx.note("settings", json!(changed));
    Ok(settings)
}

/// A setting as it stood before somebody changed it.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct SettingChange {
    pub id: String,
    pub name: String,
    /// What it was.
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
    pub changed_at: Millis,
    pub by: Option<String>,
}

/// The last two hundred changes, newest first.
pub(crate) fn history(look: &Look<'_>, _: Nothing) -> Result<Vec<SettingChange>> {
    look.grant().whole()?;
    store::setting_history(look.db(), 200)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct RestoreSettingArgs {
    pub id: Id,
}

/// Puts a setting back to what it was before a change (A033). That is a change too, and can be put back.
pub(crate) fn restore_setting(cx: &mut Change<'_>, args: RestoreSettingArgs) -> Result<Settings> {
    cx.grant().whole()?;
    let change = store::setting_change(cx.db(), &args.id)?.ok_or(Error::NotFound { what: "setting" })?;
    let mut fields = serde_json::to_value(cx.settings()?).map_err(Error::internal)?;
    if let Some(place) = fields.get_mut(&change.name) {
        *place = change.value;
    }
    let settings = serde_json::from_value(fields)
        .map_err(|error| Error::Damaged(format!("setting {}: {error}", change.name)))?;
    cx.note("restored", change.id);
    write_settings(cx, settings)
}
