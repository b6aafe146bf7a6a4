//! What a Tattoo Studio Manager database holds: its tables and columns by every name that its versions gave them.

use crate::error::{Error, Result};
use crate::storage::foreign::{Cell, Foreign};

/// More rows are no studio's.
const MOST_ROWS: i64 = 1_000_000;

/// A table as we know it: its names, and for each column we read ours and theirs.
pub(super) struct Known {
    pub name: &'static str,
    others: &'static [&'static str],
    columns: &'static [(&'static str, &'static [&'static str])],
    /// Columns that are read by nobody because they say nothing: no row loses by it.
    idle: &'static [&'static str],
}

/// Why a database is not taken although it may be one.
pub(super) const VIEW: &str = "a view in the place of a table";

impl Known {
    fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.others.iter().copied())
    }
}

pub(super) const USERS: Known = Known {
    name: "users",
    others: &["user", "usuarios"],
    columns: &[
        ("id", &["user_id"]),
        ("username", &["user", "usuario", "login"]),
        ("role", &["rol"]),
        ("artist_id", &["artista_id"]),
        ("is_active", &["active", "activo", "enabled"]),
        ("name", &["full_name", "nombre"]),
        ("email", &["correo", "mail"]),
        ("phone", &["telefono", "tel"]),
        ("instagram", &[]),
        ("created_at", &["creado"]),
        ("birthdate", &["birth_date", "fecha_nacimiento", "nacimiento"]),
    ],
    // One-time passwords take their place; who signed in when is of no use elsewhere.
    idle: &["password_hash", "password", "last_login"],
};

pub(super) const ARTISTS: Known = Known {
    name: "artists",
    others: &["artist", "artistas", "tatuadores"],
    columns: &[
        ("id", &["artist_id"]),
        ("name", &["nombre", "full_name", "display_name"]),
        ("rate_commission", &["commission_rate", "commission", "comision", "commission_pct"]),
        ("active", &["is_active", "activo"]),
    ],
    idle: &[],
};

pub(super) const CLIENTS: Known = Known {
    name: "clients",
    others: &["client", "clientes", "customers"],
    columns: &[
        ("id", &["client_id"]),
        ("name", &["nombre", "full_name", "nombre_completo"]),
        ("phone", &["telefono", "tel", "celular"]),
        ("email", &["correo", "mail"]),
        ("notes", &["notas", "note", "comentarios"]),
        ("is_active", &["active", "activo"]),
        ("created_at", &["fecha_alta", "creado", "created"]),
        ("instagram", &["ig"]),
        ("city", &["ciudad"]),
        ("state", &["estado"]),
        ("address", &["direccion", "domicilio"]),
        ("gender", &["genero", "sexo"]),
        ("birthdate", &["birth_date", "fecha_nacimiento", "nacimiento", "dob"]),
        ("consent_info", &[]),
        ("consent_image", &[]),
        ("consent_data", &[]),
        ("emergency_name", &["contacto_emergencia", "emergency_contact"]),
        ("emergency_relation", &["parentesco"]),
        ("emergency_phone", &["telefono_emergencia"]),
        ("preferred_artist_id", &["artist_id", "artista_id"]),
        ("health_allergies", &[]),
        ("health_diabetes", &[]),
        ("health_coagulation", &[]),
        ("health_epilepsy", &[]),
        ("health_cardiac", &[]),
        ("health_anticoagulants", &[]),
        ("health_preg_lact", &[]),
        ("health_substances", &[]),
        ("health_derm", &[]),
        ("health_obs", &["alergias", "allergies", "salud"]),
    ],
    idle: &[],
};

pub(super) const SESSIONS: Known = Known {
    name: "sessions",
    others: &["session", "sesiones", "tattoo_sessions", "appointments", "citas"],
    columns: &[
        ("id", &["session_id"]),
        ("client_id", &["cliente_id"]),
        ("artist_id", &["artista_id"]),
        ("start", &["start_time", "starts_at", "inicio", "fecha_inicio", "date", "fecha"]),
        ("end", &["end_time", "ends_at", "fin", "fecha_fin"]),
        ("status", &["estado"]),
        ("price", &["precio", "total", "amount", "monto"]),
        ("notes", &["notas", "note", "comentarios"]),
        ("commission_override", &["comision"]),
    ],
    idle: &["created_at", "updated_at"],
};

pub(super) const TRANSACTIONS: Known = Known {
    name: "transactions",
    others: &["transaction", "transacciones", "payments", "pagos"],
    columns: &[
        ("id", &["transaction_id"]),
        ("session_id", &["sesion_id"]),
        ("artist_id", &["artista_id"]),
        ("amount", &["monto", "total", "importe"]),
        ("method", &["metodo", "payment_method", "metodo_pago", "forma_pago"]),
        ("concept", &["concepto", "description", "descripcion"]),
        ("date", &["fecha", "paid_at"]),
        ("commission_amount", &["commission", "comision"]),
        ("deleted_flag", &["deleted", "is_deleted", "borrado"]),
        ("created_at", &["creado"]),
    ],
    idle: &["updated_at"],
};

pub(super) const PRODUCTS: Known = Known {
    name: "products",
    others: &["product", "productos", "inventory", "inventario"],
    columns: &[
        ("id", &["product_id"]),
        ("sku", &["codigo", "clave"]),
        ("name", &["nombre"]),
        ("category", &["categoria"]),
        ("unidad", &["unit", "unidad_medida"]),
        ("cost", &["costo"]),
        ("price", &["precio", "precio_venta"]),
        ("stock", &["cantidad", "existencia", "quantity"]),
        ("min_stock", &["minimo", "stock_minimo", "minimum"]),
        ("proveedor", &["supplier"]),
        ("activo", &["active", "is_active"]),
        ("fechacaducidad", &["expiry", "expiry_date", "fecha_caducidad"]),
    ],
    idle: &["caduca"],
};

pub(super) const PORTFOLIO: Known = Known {
    name: "portfolio_items",
    others: &["portfolio", "portafolio", "portfolios"],
    columns: &[("id", &["item_id"]), ("path", &["image_path", "file", "filename", "ruta"])],
    idle: &[
        "artist_id",
        "user_id",
        "client_id",
        "session_id",
        "transaction_id",
        "thumb_path",
        "caption",
        "style",
        "body_area",
        "color_mode",
        "fresh_or_healed",
        "is_public",
        "is_cover",
        "created_at",
    ],
};

pub(super) const ALL: [&Known; 7] =
    [&USERS, &ARTISTS, &CLIENTS, &SESSIONS, &TRANSACTIONS, &PRODUCTS, &PORTFOLIO];

/// A row with our names for its columns.
#[derive(Debug)]
pub(super) struct Record {
    known: &'static [(&'static str, &'static [&'static str])],
    cells: Vec<Cell>,
    /// What the report calls it: its id, or its place.
    pub label: String,
}

impl Record {
    /// What stands in a column; nothing where this version has none.
    pub(super) fn get(&self, column: &str) -> &Cell {
        let at = self.known.iter().position(|(name, _)| *name == column);
        at.and_then(|at| self.cells.get(at)).unwrap_or(&Cell::Nothing)
    }

    pub(super) fn id(&self) -> Option<String> {
        super::values::id(self.get("id"))
    }
}

/// A table as it was found.
#[derive(Debug)]
pub(super) struct Found {
    pub name: &'static str,
    /// Whether the file has it at all.
    pub there: bool,
    pub rows: Vec<Record>,
    /// Columns of ours that this version does not have.
    pub missing: Vec<String>,
    /// Columns of theirs that nobody here reads.
    pub unread: Vec<String>,
}

pub(super) struct Everything {
    pub tables: Vec<Found>,
    /// Other tables of the file, with their rows: none of it is taken over.
    pub others: Vec<(String, i64)>,
    pub sha256: String,
    pub log_apart: bool,
}

impl Everything {
    pub(super) fn take(&mut self, known: &Known) -> Vec<Record> {
        let found = self.tables.iter_mut().find(|table| table.name == known.name);
        found.map(|table| std::mem::take(&mut table.rows)).unwrap_or_default()
    }
}

pub(super) fn read(foreign: &Foreign) -> Result<Everything> {
    let theirs = foreign.tables()?;
    if theirs
        .iter()
        .try_fold(0_i64, |sum, table| sum.checked_add(table.rows))
        .is_none_or(|sum| sum > MOST_ROWS)
    {
        return Err(Error::invalid("source", "too many"));
    }
    let views = foreign.views()?;
    let mut used = Vec::new();
    let mut tables = Vec::new();
    for known in ALL {
        let mut names = known.names();
        let Some(table) =
            names.find_map(|name| theirs.iter().find(|table| table.name.eq_ignore_ascii_case(name)))
        else {
            // What lies behind it would stay there without a word.
            if known.names().any(|name| views.iter().any(|view| view.eq_ignore_ascii_case(name))) {
                return Err(Error::NotAStudio(VIEW));
            }
            tables.push(Found {
                name: known.name,
                there: false,
                rows: Vec::new(),
                missing: Vec::new(),
                unread: Vec::new(),
            });
            continue;
        };
        used.push(table.name.clone());
        // Ours by our name first, so that none is taken for another's.
        let there = |name: &str| table.columns.iter().find(|column| column.eq_ignore_ascii_case(name));
        let ours: Vec<&str> = known.columns.iter().map(|(name, _)| *name).collect();
        let mut chosen: Vec<Option<&String>> = Vec::new();
        for (name, others) in known.columns {
            let by_alias = || {
                let mut free =
                    others.iter().filter(|other| !ours.contains(other)).filter_map(|other| there(other));
                free.find(|column| !chosen.contains(&Some(*column)))
            };
            let column = there(name).or_else(by_alias);
            chosen.push(column);
        }
        let columns: Vec<&str> = chosen.iter().flatten().map(|column| column.as_str()).collect();
        let mut rows = Vec::new();
        for (at, read) in foreign.rows(&table.name, &columns)?.into_iter().enumerate() {
            let mut read = read.into_iter();
            let cells = chosen
                .iter()
                .map(|column| column.and_then(|_| read.next()).unwrap_or(Cell::Nothing))
                .collect();
            let mut record = Record { known: known.columns, cells, label: format!("#{}", at + 1) };
            if let Some(id) = record.id() {
                record.label = id;
            }
            rows.push(record);
        }
        let read = |column: &String| {
            columns.iter().any(|name| name == column)
                || known.idle.iter().any(|name| name.eq_ignore_ascii_case(column))
        };
        tables.push(Found {
            name: known.name,
            there: true,
            rows,
            missing: ours
                .iter()
                .zip(&chosen)
                .filter(|(_, column)| column.is_none())
                .map(|(name, _)| (*name).to_owned())
                .collect(),
            unread: table.columns.iter().filter(|column| !read(column)).cloned().collect(),
        });
    }
    let there = |name: &str| tables.iter().any(|table| table.name == name && table.there);
    // Most of its tables and what was done or paid, or it is something else. Whoever is named by a row and stands in no
    // table gets a stand-in.
    let known = tables.iter().filter(|table| table.there).count();
    if known < 3 || !(there("sessions") || there("transactions")) {
        return Err(Error::NotAStudio("no tattoo studio manager database"));
    }
    let others = theirs.into_iter().filter(|table| !used.contains(&table.name));
    Ok(Everything {
        others: others.map(|table| (table.name, table.rows)).collect(),
        sha256: foreign.sha256.clone(),
        log_apart: foreign.log_apart,
        tables,
    })
}
