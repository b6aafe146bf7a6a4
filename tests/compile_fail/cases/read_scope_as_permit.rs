//! A grant is not a permit yet: it has to meet the record's owner first.
use inkpoint_core::door::Change;

fn skipped_the_owner(cx: &mut Change<'_>) {
    let _writer = cx.write(cx.grant());
}

fn main() {}
