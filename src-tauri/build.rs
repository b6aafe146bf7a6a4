//! Builds Tauri's context from the files beside this one: the package sits in the repository's root, its parts here.

fn main() {
    // The desk is embedded when the crate compiles, so a new ui/dist has to compile it again.
    println!("cargo:rerun-if-changed=ui/dist");
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");

    // Tauri checks the rights to a program's own commands only where it has permissions for them. They are written by
    // hand: a list of commands here would have Tauri write them into a folder in the root.
    let commands = tauri_build::AppManifest::new().permissions_path_pattern("src-tauri/permissions/**/*");

    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/**/*")
        .app_manifest(commands);

    if let Err(cause) = tauri_build::try_build(attributes) {
        eprintln!("Tauri's context could not be built: {cause:#}");
        std::process::exit(1);
    }
}
