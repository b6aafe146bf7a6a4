//! What must not compile: a right made by hand, a write without one, a way around the door.

#[test]
fn rights_cannot_be_forged_and_the_door_cannot_be_passed_by() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("../../tests/compile_fail/cases/*.rs");
}
