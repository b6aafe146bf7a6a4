//! A permit has private fields: only the access room makes one.
use inkpoint_core::access::Permit;

fn main() {
    let _permit = Permit { _passed: () };
}
