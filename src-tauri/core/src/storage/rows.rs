//! The two ways to rows. A reader reads; a writer is handed out only against a permit.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Params};

use crate::error::{Error, Result};

pub type Row<'r> = rusqlite::Row<'r>;

/// Reads inside the transaction of the command.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'c> {
    conn: &'c Connection,
}

/// Writes inside the transaction of the command.
#[derive(Debug, Clone, Copy)]
pub struct Writer<'c> {
    conn: &'c Connection,
}

impl<'c> Reader<'c> {
    pub(crate) fn new(conn: &'c Connection) -> Reader<'c> {
        Reader { conn }
    }

    pub(crate) fn one<T, P: Params>(
        &self,
        sql: &str,
        params: P,
        map: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<T> {
        Ok(self.conn.prepare_cached(sql)?.query_row(params, map)?)
    }

    pub(crate) fn maybe<T, P: Params>(
        &self,
        sql: &str,
        params: P,
        map: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.conn.prepare_cached(sql)?.query_row(params, map).optional()?)
    }

    pub(crate) fn all<T, P: Params>(
        &self,
        sql: &str,
        params: P,
        map: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params, map)?;
        Ok(rows.collect::<rusqlite::Result<Vec<T>>>()?)
    }

    /// Calls `each` with every row in turn: for what is too much to hold at once.
    pub(crate) fn each<P: Params>(
        &self,
        sql: &str,
        params: P,
        mut each: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            each(row)?;
        }
        Ok(())
    }
}

impl<'c> Writer<'c> {
    pub(crate) fn new(conn: &'c Connection) -> Writer<'c> {
        Writer { conn }
    }

    /// Runs one statement and says how many rows it touched.
    pub(crate) fn run<P: Params>(&self, sql: &str, params: P) -> Result<usize> {
        Ok(self.conn.prepare_cached(sql)?.execute(params)?)
    }

    /// Runs one statement with RETURNING.
    pub(crate) fn returning<T, P: Params>(
        &self,
        sql: &str,
        params: P,
        map: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<T> {
        Ok(self.conn.prepare_cached(sql)?.query_row(params, map)?)
    }
}

/// Ids as a JSON list for `json_each`: each once, and in the order in which an index has them, so that a walk along the
/// list is a walk along the index.
pub(crate) fn id_list<'a>(ids: impl Iterator<Item = &'a str>) -> Result<String> {
    let ids: BTreeSet<&str> = ids.collect();
    serde_json::to_string(&ids).map_err(Error::internal)
}

mod columns {
    //! How the house's own types stand in a column.

    use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

    use crate::access::Role;
    use crate::calendar::{Day, Month};
    use crate::money::Money;

    impl FromSql for Money {
        fn column_result(value: ValueRef<'_>) -> FromSqlResult<Money> {
            Money::new(value.as_i64()?).map_err(|reason| FromSqlError::Other(reason.into()))
        }
    }

    impl ToSql for Money {
        fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
            Ok(self.minor().into())
        }
    }

    impl FromSql for Day {
        fn column_result(value: ValueRef<'_>) -> FromSqlResult<Day> {
            Day::try_from(value.as_str()?.to_owned()).map_err(|reason| FromSqlError::Other(reason.into()))
        }
    }

    impl ToSql for Day {
        fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
            Ok(String::from(*self).into())
        }
    }

    impl FromSql for Month {
        fn column_result(value: ValueRef<'_>) -> FromSqlResult<Month> {
            Month::try_from(value.as_str()?.to_owned()).map_err(|reason| FromSqlError::Other(reason.into()))
        }
    }

    impl ToSql for Month {
        fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
            Ok(self.to_string().into())
        }
    }

    impl FromSql for Role {
        fn column_result(value: ValueRef<'_>) -> FromSqlResult<Role> {
            Role::parse(value.as_str()?).map_err(|error| FromSqlError::Other(Box::new(error)))
        }
    }

    impl ToSql for Role {
        fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
            Ok(self.name().into())
        }
    }
}
