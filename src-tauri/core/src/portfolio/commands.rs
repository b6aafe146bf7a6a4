//! What the desk can ask about portfolios.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::value::RawValue;
use ts_rs::TS;

use super::store::{self, Filter, ItemRow, Original, Words};
use super::{
    Permissions, Portfolio, PortfolioClient, PortfolioColour, PortfolioCrop, PortfolioItem,
    PortfolioPermission, PortfolioSize, PortfolioStage, agrees, version,
};
use crate::access::{Action, Owner, Permit};
use crate::agenda::store as agenda;
use crate::clients::commands::{check_stands, may_see};
use crate::door::{Call, Change, Desk, FileBytes, Look, TakesFile};
use crate::error::{Error, Result};
use crate::pictures::{self, Part, PictureData, PictureKind, PictureSize};
use crate::staff::store as staff;
use crate::text::{Id, Line, Name, Note, NoteOrEmpty, OrEmpty};

/// Styles that a picture is given.
const MOST_STYLES: usize = 8;
/// Pictures that one request changes.
const MOST_AT_ONCE: usize = 200;
/// The shortest side that is cut out of a picture, unless the picture's own is shorter: less than that is seen nowhere.
const SHORTEST: i64 = 64;
/// Pictures on one page.
const PAGE: i64 = 200;

// ---- looking -----------------------------------------------------------------------------------------------------------

/// Everything left out does not narrow.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct PortfolioArgs {
    pub artist_id: Option<Id>,
    /// As it is written with the picture.
    pub style: Option<Line<40>>,
    pub body_area: Option<Line<60>>,
    pub colour: Option<PortfolioColour>,
    pub stage: Option<PortfolioStage>,
    pub featured: Option<bool>,
    pub published: Option<bool>,
    /// How many to pass over; each answer holds 200 at most.
    pub skip: Option<i64>,
}

/// The portfolios are open to everybody in the studio (T031, T036, T113).
pub(crate) fn list(look: &Look<'_>, args: PortfolioArgs) -> Result<Portfolio> {
    let skip = args.skip.unwrap_or(0);
    if skip < 0 {
        return Err(Error::invalid("skip", "negative"));
    }
    let db = look.db();
    let filter = Filter {
        artist: args.artist_id.as_deref(),
        style: args.style.as_deref(),
        body_area: args.body_area.as_deref(),
        colour: args.colour,
        stage: args.stage,
        featured: args.featured,
        published: args.published,
    };
    let mut permissions = Permissions::default();
    let items = store::list(db, &filter, skip, PAGE)?
        .into_iter()
        .map(|row| seen(look, &mut permissions, row))
        .collect::<Result<_>>()?;
    Ok(Portfolio {
        artists: store::artists(db)?,
        styles: store::styles(db)?,
        body_areas: store::body_areas(db)?,
        total: store::count(db, &filter)?,
        items,
    })
}

/// A picture as this caller sees it: whose tattoo it is, is told only to whoever may change it and see the client (A012).
fn seen(look: &Look<'_>, permissions: &mut Permissions, row: ItemRow) -> Result<PortfolioItem> {
    let permission = permissions.of(look.db(), &row.people)?;
    let works_here = store::artist_works_here(look.db(), &row.artist)?;
    let edits = look
        .may(Action::PortfolioEdit)
        .and_then(|grant| grant.over(Some(Owner::Artist(row.artist.clone())), "picture"))
        .is_ok();
    let told = edits && row.client.as_ref().is_none_or(|(id, _)| may_see(look, id).is_ok());
    let (original_width, original_height) = match &row.original {
        Some(original) if edits => (original.width, original.height),
        _ => (row.width, row.height),
    };
    let words = row.words;
    Ok(PortfolioItem {
        id: row.id,
        artist_id: row.artist,
        artist_name: row.artist_name,
        title: words.title,
        description: words.description,
        styles: words.styles,
        body_area: words.body_area,
        colour: words.colour,
        stage: words.stage,
        featured: words.featured,
        published: words.published,
        permission,
        shown: words.published && works_here && permission != PortfolioPermission::Missing,
        client: row.client.filter(|_| told).map(|(id, name)| PortfolioClient { id, name }),
        appointment_id: row.appointment.filter(|_| told),
        width: row.width,
        height: row.height,
        crop: row.original.filter(|_| edits).map(|original| PortfolioCrop {
            x: original.x,
            y: original.y,
            width: row.width,
            height: row.height,
        }),
        original_width,
        original_height,
        version: version(&row.hash),
        added_at: row.added_at,
        by: row.by,
    })
}

fn found(look: &Look<'_>, id: &str) -> Result<PortfolioItem> {
    let row = store::by_id(look.db(), id)?.ok_or(Error::NotFound { what: "picture" })?;
    seen(look, &mut Permissions::default(), row)
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ShowItemArgs {
    pub item_id: Id,
    pub size: PortfolioSize,
}

/// The bytes of a picture. While a client looks, of those alone that clients may see; what one was cut from, only for
/// whoever may cut it.
pub(crate) fn show(desk: &Desk, call: &Call<'_>, args: ShowItemArgs) -> Result<PictureData> {
    let none = || Error::NotFound { what: "picture" };
    let (hashes, size) = desk.query(call.command, |look| {
        let row = store::by_id(look.db(), &args.item_id)?;
        let in_view = look.caller()?.client_view;
        let size = match args.size {
            PortfolioSize::Thumb => PictureSize::Thumb,
            PortfolioSize::Full => PictureSize::Full,
            PortfolioSize::Original if in_view => return Err(none()),
            PortfolioSize::Original => {
                look.may(Action::PortfolioEdit)?.over(owner(row.as_ref()), "picture")?;
                PictureSize::Full
            }
        };
        let row = row.filter(|row| !row.removed).ok_or_else(none)?;
        let original = row.original.clone().filter(|_| args.size == PortfolioSize::Original);
        let hashes = match original {
            Some(original) => (original.hash, original.thumb_hash),
            None => store::hashes(look.db(), &row.id)?,
        };
        if in_view && !seen(look, &mut Permissions::default(), row)?.shown {
            return Err(none());
        }
        Ok((hashes, size))
    })?;
    pictures::read(desk, &hashes, size)
}

fn owner(row: Option<&ItemRow>) -> Option<Owner> {
    row.map(|row| Owner::Artist(row.artist.clone()))
}

// ---- adding ------------------------------------------------------------------------------------------------------------

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct AddItemArgs {
    /// Whose portfolio; artists add to their own (T033, T034).
    pub artist_id: Id,
    /// A JPEG, PNG or WebP. Request and all, 40 MB at most.
    pub base64: FileBytes,
    pub title: Option<Name>,
    pub description: Option<Note>,
    /// At most 8 of 40 characters.
    pub styles: Option<Vec<Line<40>>>,
    pub body_area: Option<Line<60>>,
    pub colour: Option<PortfolioColour>,
    pub stage: Option<PortfolioStage>,
    pub featured: Option<bool>,
    /// Whether clients may see it; left out, they may.
    pub published: Option<bool>,
    /// Whose tattoo it is: somebody who agreed to their pictures being shown. Left out, the visit's client; of a picture
    /// that is among a client's own, that client, where they agree.
    pub client_id: Option<Id>,
    /// The artist's visit it was done at.
    pub appointment_id: Option<Id>,
}

impl TakesFile for AddItemArgs {
    fn file(&mut self) -> &mut FileBytes {
        &mut self.base64
    }
}

fn check_styles(styles: Option<&Vec<Line<40>>>) -> Result<()> {
    if styles.is_some_and(|styles| styles.len() > MOST_STYLES) {
        return Err(Error::invalid("styles", "too many"));
    }
    Ok(())
}

/// Without repetitions, in the order they were sent.
fn texts(styles: Vec<Line<40>>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(styles.len());
    for style in styles.into_iter().map(String::from) {
        if !kept.contains(&style) {
            kept.push(style);
        }
    }
    kept
}

/// Adds a picture to a portfolio (T033, T124). Unpacking it and writing it down comes before the transaction.
pub(crate) fn add(
    desk: &Desk,
    args: AddItemArgs,
) -> Result<impl FnOnce(&mut Change<'_>) -> Result<PortfolioItem> + use<>> {
    check_styles(args.styles.as_ref())?;
    let incoming = pictures::take_in(desk, args.base64)?;
    Ok(move |cx: &mut Change<'_>| {
        let permit = cx.grant().over(artist_owner(cx, &args.artist_id)?, "artist")?;
        let (client, visit) = (args.client_id.as_deref(), args.appointment_id.as_deref());
        let client = whose(cx, &args.artist_id, (&incoming.staged.hash, None, None), client, visit)?;
        let words = Words {
            title: args.title.map(String::from),
            description: args.description.map(String::from),
            styles: texts(args.styles.unwrap_or_default()),
            body_area: args.body_area.map(String::from),
            colour: args.colour,
            stage: args.stage,
            featured: args.featured.unwrap_or(false),
            published: args.published.unwrap_or(true),
        };
        // In its place before a row names it.
        incoming.staged.keep()?;
        put_in(
            cx,
            &permit,
            Incoming {
                artist: &args.artist_id,
                client: client.as_deref(),
                appointment: args.appointment_id.as_deref(),
                words: &words,
                hashes: (&incoming.staged.hash, &incoming.staged.thumb_hash),
                size: (incoming.width.into(), incoming.height.into()),
            },
        )
    })
}

/// What is about to stand in a portfolio.
struct Incoming<'a> {
    artist: &'a str,
    client: Option<&'a str>,
    appointment: Option<&'a str>,
    words: &'a Words,
    /// Of the picture and of its small copy.
    hashes: (&'a str, &'a str),
    size: (i64, i64),
}

fn put_in(cx: &mut Change<'_>, permit: &Permit, incoming: Incoming<'_>) -> Result<PortfolioItem> {
    let id = cx.id()?;
    let by = cx.caller()?.id.clone();
    let new = store::New {
        id: &id,
        artist: incoming.artist,
        client: incoming.client,
        appointment: incoming.appointment,
        words: incoming.words,
        hash: incoming.hashes.0,
        thumb_hash: incoming.hashes.1,
        width: incoming.size.0,
        height: incoming.size.1,
        member: &by,
    };
    store::add(cx.write(permit), &new, cx.now())?;
    cx.note("picture", id.as_str());
    cx.note("artist", incoming.artist);
    if let Some(client) = incoming.client {
        cx.note("client", client);
    }
    found(cx, &id)
}

fn artist_owner(look: &Look<'_>, artist: &str) -> Result<Option<Owner>> {
    Ok(staff::artist_exists(look.db(), artist)?.then(|| Owner::Artist(artist.to_owned())))
}

/// Whose tattoo it is. Somebody is named only while they agree to pictures of them being shown, and only by whoever may
/// see them; a visit only by whoever may add to its artist's portfolio. A picture that is among a client's own is theirs,
/// also when nobody is named; so is one that somebody was named for where else it stands, for as long as it says so there.
fn whose(
    look: &Look<'_>,
    artist: &str,
    (hash, original, row): (&str, Option<&str>, Option<&str>),
    client: Option<&str>,
    appointment: Option<&str>,
) -> Result<Option<String>> {
    let visit = match appointment {
        None => None,
        Some(id) => {
            let visit = agenda::appointment(look.db(), id)?;
            let owner = visit.as_ref().map(|visit| Owner::Artist(visit.artist.clone()));
            look.grant().over(owner, "appointment")?;
            visit
        }
    };
    if let Some(visit) = &visit {
        if visit.artist != artist {
            return Err(Error::invalid("appointment_id", "another artist's"));
        }
        if client.is_some_and(|client| client != visit.client) {
            return Err(Error::invalid("appointment_id", "another client's"));
        }
    }
    let people = store::people_of(look.db(), hash, original)?;
    let elsewhere = store::named_for(look.db(), hash, original, row)?;
    let named = client.map(str::to_owned).or(visit.map(|visit| visit.client));
    let mut agree = true;
    for person in people.iter().chain(&elsewhere).chain(&named) {
        agree &= agrees(look.db(), person)?;
    }
    let Some(named) = named else {
        // Nobody is named: it goes in, and clients do not see it until those whose it is agree.
        return Ok(people.into_iter().next().filter(|_| agree));
    };
    may_see(look, &named)?;
    check_stands(look, &named)?;
    if !people.is_empty() && !people.contains(&named) {
        return Err(not_theirs());
    }
    if agree { Ok(Some(named)) } else { Err(Error::Conflict { reason: "no_image_use" }) }
}

/// The picture is among those of another client, and shows that one's skin whatever is said here.
fn not_theirs() -> Error {
    Error::invalid("client_id", "a picture of another client")
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct FromVisitArgs {
    /// A picture of a visit, of how it came out.
    pub picture_id: Id,
}

/// Puts a picture of a visit into its artist's portfolio (T127), where the client agreed to that. The bytes stay where
/// they are: both rows name them.
pub(crate) fn from_visit(cx: &mut Change<'_>, args: FromVisitArgs) -> Result<PortfolioItem> {
    let picture = pictures::store::by_id(cx.db(), &args.picture_id)?;
    let owner =
        picture.as_ref().map(|picture| picture.artist_id.clone().map_or(Owner::Nobody, Owner::Artist));
    let permit = cx.grant().over(owner, "picture")?;
    let picture = picture.ok_or(Error::NotFound { what: "picture" })?;
    let (full, thumb) =
        pictures::store::hashes(cx.db(), &picture.id)?.ok_or(Error::NotFound { what: "picture" })?;
    let (Some(artist), Some(visit)) = (picture.artist_id, picture.appointment_id) else {
        return Err(Error::invalid("picture_id", "of no visit"));
    };
    let stage = match picture.kind {
        // Somebody else's work, or not finished.
        PictureKind::Reference | PictureKind::Progress => {
            return Err(Error::invalid("picture_id", "not how it came out"));
        }
        PictureKind::Result => PortfolioStage::Fresh,
        PictureKind::Healed => PortfolioStage::Healed,
    };
    let client = whose(cx, &artist, (&full, None, None), Some(&picture.client_id), Some(&visit))?;
    if store::has(cx.db(), &artist, &full)? {
        return Err(Error::Conflict { reason: "in_portfolio" });
    }
    let words = Words {
        title: picture.title,
        description: None,
        styles: Vec::new(),
        body_area: None,
        colour: None,
        stage: Some(stage),
        featured: false,
        published: true,
    };
    put_in(
        cx,
        &permit,
        Incoming {
            artist: &artist,
            client: client.as_deref(),
            appointment: Some(&visit),
            words: &words,
            hashes: (&full, &thumb),
            size: (picture.width, picture.height),
        },
    )
}

// ---- changing ----------------------------------------------------------------------------------------------------------

/// One of a few words, or an empty text that takes away what stood there.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(untagged)]
pub enum OrNone<T> {
    Said(T),
    None(Empty),
}

#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
pub enum Empty {
    #[serde(rename = "")]
    Empty,
}

impl<T> OrNone<T> {
    fn said(self) -> Option<T> {
        match self {
            OrNone::Said(word) => Some(word),
            OrNone::None(Empty::Empty) => None,
        }
    }
}

/// A field left out stays as it is; an empty text takes it away.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct EditItemsArgs {
    /// 1 to 200: all of them get what is sent, or none.
    pub item_ids: Vec<Id>,
    pub title: Option<OrEmpty<120, false>>,
    pub description: Option<NoteOrEmpty>,
    /// At most 8 of 40 characters; an empty list takes them away.
    pub styles: Option<Vec<Line<40>>>,
    pub body_area: Option<OrEmpty<60, false>>,
    pub colour: Option<OrNone<PortfolioColour>>,
    pub stage: Option<OrNone<PortfolioStage>>,
    pub featured: Option<bool>,
    pub published: Option<bool>,
    /// Whose tattoo it is: somebody who agreed to their pictures being shown. Somebody else was not at the visit: it is
    /// taken away, unless another is sent. A picture that is among a client's own stays theirs.
    pub client_id: Option<OrEmpty<64, false>>,
    /// The visit it was done at, of the same artist and client; with nobody named, its client is.
    pub appointment_id: Option<OrEmpty<64, false>>,
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ItemsArgs {
    /// 1 to 200.
    pub item_ids: Vec<Id>,
}

/// Reads pictures and asks for the right over each, in the order of D18.
fn own(cx: &mut Change<'_>, ids: &[Id]) -> Result<Vec<(Permit, ItemRow)>> {
    if ids.is_empty() || ids.len() > MOST_AT_ONCE {
        return Err(Error::invalid("item_ids", "1 to 200"));
    }
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let row = store::by_id(cx.db(), id)?;
        let permit = cx.grant().over(owner(row.as_ref()), "picture")?;
        rows.push((permit, row.ok_or(Error::NotFound { what: "picture" })?));
    }
    if let Some((_, first)) = rows.first() {
        let (id, artist) = (first.id.clone(), first.artist.clone());
        if rows.iter().all(|(_, row)| row.artist == artist) {
            cx.note("artist", artist);
        }
        if rows.len() == 1 {
            cx.note("picture", id);
        } else {
            cx.note("pictures", i64::try_from(rows.len()).map_err(Error::internal)?);
            cx.note("ids", rows.iter().map(|(_, row)| row.id.clone()).collect::<Vec<_>>());
        }
    }
    Ok(rows)
}

pub(crate) fn edit(cx: &mut Change<'_>, args: EditItemsArgs) -> Result<Vec<PortfolioItem>> {
    check_styles(args.styles.as_ref())?;
    let rows = own(cx, &args.item_ids)?;
    let title = args.title.map(OrEmpty::into_text);
    let description = args.description.map(OrEmpty::into_text);
    let styles = args.styles.map(texts);
    let body_area = args.body_area.map(OrEmpty::into_text);
    let client = args.client_id.map(OrEmpty::into_text);
    let visit = args.appointment_id.map(OrEmpty::into_text);
    for (permit, row) in &rows {
        let before = row.words.clone();
        let words = Words {
            title: title.clone().unwrap_or(before.title),
            description: description.clone().unwrap_or(before.description),
            styles: styles.clone().unwrap_or(before.styles),
            body_area: body_area.clone().unwrap_or(before.body_area),
            colour: args.colour.map_or(before.colour, OrNone::said),
            stage: args.stage.map_or(before.stage, OrNone::said),
            featured: args.featured.unwrap_or(before.featured),
            published: args.published.unwrap_or(before.published),
        };
        store::put(cx.write(permit), &row.id, &words)?;
        let linked = (row.client.as_ref().map(|(id, _)| id.as_str()), row.appointment.as_deref());
        let client = client.as_ref().map_or(linked.0, Option::as_deref);
        let kept = linked.1.filter(|_| client == linked.0);
        let visit = visit.as_ref().map_or(kept, Option::as_deref);
        if (client, visit) != linked {
            // Whoever took their permission back is not gone round by saying that it is nobody's skin, or another's.
            if let Some(before) = linked.0.filter(|before| client != Some(*before))
                && !agrees(cx.db(), before)?
            {
                return Err(Error::Conflict { reason: "no_image_use" });
            }
            let bytes = (row.hash.as_str(), row.original_hash(), Some(row.id.as_str()));
            if client.is_none() && !store::people_of(cx.db(), bytes.0, bytes.1)?.is_empty() {
                return Err(not_theirs());
            }
            // Taking a visit away shows nobody: that needs no permission.
            let client = if (client, visit) == (linked.0, None) {
                client.map(str::to_owned)
            } else {
                whose(cx, &row.artist, bytes, client, visit)?
            };
            store::link(cx.write(permit), &row.id, client.as_deref(), visit)?;
        }
    }
    rows.iter().map(|(_, row)| found(cx, &row.id)).collect()
}

/// Takes pictures out of a portfolio. Their bytes stay, so that this can be taken back.
pub(crate) fn remove(cx: &mut Change<'_>, args: ItemsArgs) -> Result<Vec<PortfolioItem>> {
    let at = cx.now();
    set_removed(cx, &args, Some(at))
}

pub(crate) fn restore(cx: &mut Change<'_>, args: ItemsArgs) -> Result<Vec<PortfolioItem>> {
    set_removed(cx, &args, None)
}

fn set_removed(cx: &mut Change<'_>, args: &ItemsArgs, at: Option<i64>) -> Result<Vec<PortfolioItem>> {
    let rows = own(cx, &args.item_ids)?;
    for (permit, row) in &rows {
        store::set_removed(cx.write(permit), &row.id, at)?;
    }
    rows.iter().map(|(_, row)| found(cx, &row.id)).collect()
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct CropArgs {
    pub item_id: Id,
    /// Null shows all of the picture again. At least 64 pixels a side, or the picture's own side where that is shorter.
    pub crop: Option<PortfolioCrop>,
}

/// Shows a part of a picture, always cut from all of it: what was kept stays, so that another part can be shown, or all
/// again. Cutting it and writing it down comes before the transaction.
pub(crate) fn crop(desk: &Desk, call: &Call<'_>, args: CropArgs) -> Result<Box<RawValue>> {
    if let Some(reply) = desk.replayed(call)? {
        return Ok(reply);
    }
    desk.stands(&*desk.studio()?, call.command)?;
    if let Some(crop) = &args.crop {
        if crop.x < 0 || crop.y < 0 {
            return Err(outside());
        }
        if crop.width < 1 || crop.height < 1 {
            return Err(too_small());
        }
    }
    let whole = desk.query(call.command, |look| {
        let row = store::by_id(look.db(), &args.item_id)?;
        look.grant().over(owner(row.as_ref()), "picture")?;
        whole(look, row.as_ref())
    })?;
    let part = match args.crop {
        None => None,
        Some(crop) => whole.part(crop)?,
    };
    let cut = match part {
        None => {
            // What nothing can be cut from any more cannot be shown again either.
            pictures::check(desk, &whole.hash)?;
            None
        }
        Some(part) => Some((part, pictures::cut(desk, &whole.hash, part)?)),
    };
    desk.change(call, |cx| {
        let [(permit, row)]: [(Permit, ItemRow); 1] = own(cx, std::slice::from_ref(&args.item_id))?
            .try_into()
            .map_err(|_| Error::internal("one picture was asked for"))?;
        // Removed meanwhile. What it was cut from is the same for as long as there is the row.
        let whole = self::whole(cx, Some(&row))?;
        let shown = match &cut {
            None => store::Shown {
                hash: &whole.hash,
                thumb_hash: &whole.thumb_hash,
                width: whole.width,
                height: whole.height,
                original: None,
            },
            Some((part, incoming)) => {
                // In its place before a row names it.
                incoming.staged.keep()?;
                store::Shown {
                    hash: &incoming.staged.hash,
                    thumb_hash: &incoming.staged.thumb_hash,
                    width: incoming.width.into(),
                    height: incoming.height.into(),
                    original: Some(Original { x: part.x.into(), y: part.y.into(), ..whole.clone() }),
                }
            }
        };
        store::show(cx.write(&permit), &row.id, &shown)?;
        cx.sweep_pictures();
        found(cx, &row.id)
    })
}

fn outside() -> Error {
    Error::invalid("crop", "outside the picture")
}

fn too_small() -> Error {
    Error::invalid("crop", "too small")
}

/// All of a picture that still stands in its portfolio.
fn whole(look: &Look<'_>, row: Option<&ItemRow>) -> Result<Original> {
    let row = row.filter(|row| !row.removed).ok_or(Error::NotFound { what: "picture" })?;
    if let Some(original) = &row.original {
        return Ok(original.clone());
    }
    let (hash, thumb_hash) = store::hashes(look.db(), &row.id)?;
    Ok(Original { hash, thumb_hash, width: row.width, height: row.height, x: 0, y: 0 })
}

impl Original {
    /// A part of this picture; none when it is all of it.
    fn part(&self, crop: PortfolioCrop) -> Result<Option<Part>> {
        let inside = |from: i64, length: i64, whole: i64| {
            from >= 0 && length >= 1 && from.checked_add(length).is_some_and(|end| end <= whole)
        };
        if !inside(crop.x, crop.width, self.width) || !inside(crop.y, crop.height, self.height) {
            return Err(outside());
        }
        if crop.width < SHORTEST.min(self.width) || crop.height < SHORTEST.min(self.height) {
            return Err(too_small());
        }
        if (crop.width, crop.height) == (self.width, self.height) {
            return Ok(None);
        }
        let pixels = |length: i64| u32::try_from(length).map_err(Error::internal);
        Ok(Some(Part {
            x: pixels(crop.x)?,
            y: pixels(crop.y)?,
            width: pixels(crop.width)?,
            height: pixels(crop.height)?,
        }))
    }
}

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ReorderArgs {
    pub item_id: Id,
    /// Another of the same portfolio; left out, it goes to the end.
    pub before_id: Option<Id>,
}

/// Moves a picture within its portfolio. Featured ones come before all others wherever they stand.
pub(crate) fn reorder(cx: &mut Change<'_>, args: ReorderArgs) -> Result<PortfolioItem> {
    let [(permit, row)]: [(Permit, ItemRow); 1] = own(cx, std::slice::from_ref(&args.item_id))?
        .try_into()
        .map_err(|_| Error::internal("one picture was asked for"))?;
    let mut order = store::order(cx.db(), &row.artist)?;
    order.retain(|id| *id != row.id);
    let at = match args.before_id.as_deref() {
        None => order.len(),
        Some(before) => order
            .iter()
            .position(|id| id == before)
            .ok_or_else(|| Error::invalid("before_id", "not of this portfolio"))?,
    };
    order.insert(at, row.id.clone());
    for (position, id) in order.iter().enumerate() {
        store::place(cx.write(&permit), id, i64::try_from(position).map_err(Error::internal)?)?;
    }
    found(cx, &row.id)
}
