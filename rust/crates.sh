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
elif ! cargo fetch --quiet --manifest-path out/Cargo.toml 2>out/fetch.txt; then
    why=$(tail -n 1 out/fetch.txt)
    echo "error: crates are neither at $debian nor to be had from cargo's index: ${why#  }." \
        'On Debian 12: apt-get install librust-tokio-dev librust-hyper-dev librust-serde-json-dev' >&2
    exit 1
fi
