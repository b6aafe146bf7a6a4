//! The desk's types are those of the core.

use std::path::Path;

/// Compares `ui/bindings/index.ts` with what the core would write; with `INKPOINT_WRITE=1` writes it.
#[test]
fn the_desks_types_are_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/bindings/index.ts");
    let fresh = inkpoint_core::typescript();
    if std::env::var_os("INKPOINT_WRITE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, &fresh).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == fresh, "ui/bindings is not what the core says: run script/bindings");
}
