#!/bin/sh
# Prepares out/ for cargo, which writes Cargo.lock beside Cargo.toml. The crates come from Debian's packages where these
# are installed, elsewhere from cargo's own index.
set -eu
cp -R Cargo.toml build.rs programs src out/
: >out/crates.toml
debian=/usr/share/cargo/registry
has() {
    [ -e "$1" ]
}
if has "$debian"/hyper-0.14.* && has "$debian"/tokio-1.* && has "$debian"/serde_json-1.*; then
    printf '[source.crates-io]\nreplace-with = "debian"\n[source.debian]\ndirectory = "%s"\n' "$debian" >out/crates.toml
fi
