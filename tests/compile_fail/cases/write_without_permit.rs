//! Writing takes a permit.
use inkpoint_core::door::Change;

fn forgot_the_check(cx: &mut Change<'_>) {
    let _writer = cx.write();
}

fn main() {}
