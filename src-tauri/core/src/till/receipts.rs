//! A receipt as it is shown and printed, again and again.

use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

use super::store;
use super::{Receipt, ReceiptLink, SaleKind, deposits};
use crate::access::{Action, Owner, Scope};
use crate::door::Look;
use crate::drawer::store as drawer;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::printing::store::papers;
use crate::text::Id;

#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ReceiptArgs {
    pub sale_id: Id,
}

/// A receipt again. An artist sees those of their own work alone.
pub(crate) fn receipt(look: &Look<'_>, args: ReceiptArgs) -> Result<Receipt> {
    let owner = match store::sale_by_id(look.db(), &args.sale_id)? {
        None => None,
        Some(sale) => Some(owner_of(look, &sale.id)?),
    };
    look.grant().over(owner, "sale")?;
    receipt_of(look, &args.sale_id)
}

/// A client's receipts without a visit: those that this caller may open.
pub(crate) fn of_client(look: &Look<'_>, client: &str) -> Result<Vec<ReceiptLink>> {
    let Ok(grant) = look.may(Action::ReportsViewTx) else { return Ok(Vec::new()) };
    let mut seen = store::without_visit(look.db(), client)?;
    if let Scope::Own { .. } = grant.scope() {
        let mut own = Vec::with_capacity(seen.len());
        for link in seen {
            if grant.over(Some(owner_of(look, &link.sale_id)?), "sale").is_ok() {
                own.push(link);
            }
        }
        seen = own;
    }
    Ok(seen)
}

/// The one artist whose work and tips a sale is about, if there is one.
pub(crate) fn owner_of(look: &Look<'_>, sale: &str) -> Result<Owner> {
    let mut artists: Vec<String> = store::lines(look.db(), sale)?
        .into_iter()
        .filter_map(|line| line.artist_id)
        .chain(store::tips(look.db(), sale)?.into_iter().map(|tip| tip.artist_id))
        .collect();
    artists.sort();
    artists.dedup();
    Ok(match <[String; 1]>::try_from(artists) {
        Ok([artist]) => Owner::Artist(artist),
        Err(_) => Owner::Nobody,
    })
}

pub(crate) fn receipt_of(look: &Look<'_>, id: &str) -> Result<Receipt> {
    let db = look.db();
    let sale = store::sale_by_id(db, id)?.ok_or(Error::NotFound { what: "sale" })?;
    let lines = store::lines(db, id)?;
    let tips = store::tips(db, id)?;
    let tenders = store::tenders(db, id)?;
    let reversals = store::reversals(db, id)?;
    let deposits = deposits::store::of_sale(db, id)?;
    let taxes = super::tax_sums(
        lines.iter().map(|line| (line.tax_name.as_deref(), line.tax_bp, line.amount, line.tax)),
    )?;
    let refundable = match sale.kind {
        SaleKind::Sale => Money::sum(
            lines.iter().map(|line| line.amount_left).chain(tips.iter().map(|tip| tip.amount_left)),
        )?,
        SaleKind::Refund | SaleKind::Void => Money::ZERO,
    };
    let voidable = sale.kind == SaleKind::Sale
        && reversals.is_empty()
        && sale.receipt > drawer::last_receipt_closed(db, super::REGISTER)?;
    Ok(Receipt {
        receipt: sale.receipt,
        kind: sale.kind,
        at: sale.at,
        by: store::member_name(db, &sale.member)?,
        client_name: sale.client.as_deref().map(|client| store::client_name(db, client)).transpose()?,
        client_id: sale.client,
        appointment_id: sale.appointment,
        original: match &sale.original {
            Some(original) => store::link_to(db, original)?,
            None => None,
        },
        reversals,
        reason: sale.reason,
        change: Money::sum(tenders.iter().map(|line| line.change))?,
        before_tax: Money::sum(lines.iter().map(|line| line.before_tax))?,
        tax_added: Money::sum(lines.iter().map(|line| line.tax_added))?,
        taxes,
        paid: Money::sum(tenders.iter().map(|line| line.amount))?,
        kept_deposit: deposits.iter().any(|(_, kind)| kind == "kept"),
        deposits: deposits.into_iter().map(|(deposit, _)| deposit).collect(),
        rounding: sale.rounding,
        copies: (papers(db, super::REGISTER, sale.receipt)? - 1).max(0),
        copy: false,
        lines,
        tips,
        tenders,
        goods: sale.goods,
        discount: sale.discount,
        tax: sale.tax,
        tip: sale.tips,
        total: sale.total,
        refundable,
        voidable,
        sale_id: sale.id,
    })
}
