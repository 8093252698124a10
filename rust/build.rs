//! Tells the programs which compiler makes them, which is not always the first on the path.

use std::env;
use std::error::Error;
use std::process::Command;

fn main() -> Result<(), Box<dyn Error>> {
    let asked = Command::new(env::var("RUSTC")?).arg("--version").output()?;
    println!("cargo:rerun-if-changed=build.rs");
    println!(
        "cargo:rustc-env=RUSTC_VERSION={}",
        String::from_utf8(asked.stdout)?.trim()
    );
    Ok(())
}
