# The usual commands; `just` alone lists them.

default:
    @just --list

# Everything that is quick to know.
check:
    cargo fmt --check
    cargo clippy --all-targets --locked -- -D warnings

# Tests, all or those of a name.
test name="":
    cargo test --locked -- {{name}}

# Rewrites golden files; read the diff afterwards.
golden:
    UPDATE_GOLDEN=1 cargo test --locked --test it -- golden samples rules_cli

# Speed as ratios, up to 10,000 machines.
bench:
    cargo bench --bench speed -- quick

# Everything a change must pass.
ci:
    .ci/run

# Damaged inputs for so many minutes, from a seed on; an input that fails is kept in the target folder, under tmp/fuzz.
fuzz minutes="10" seed="1":
    KLAR_FUZZ_MINUTES={{minutes}} KLAR_FUZZ_SEED={{seed}} cargo test --release --locked --test it -- --ignored --nocapture chaos::fuzz

# The largest inputs that a default run accepts, made and read within 2 GiB of memory; takes long.
worst:
    cargo build --release --locked
    tests/tools/worst.py "${CARGO_TARGET_DIR:-target}/release/klar"

# The static program for Linux, packed with its licences, bill of materials, manual page and completions, in target/dist.
dist target="x86_64-unknown-linux-gnu":
    RUSTFLAGS="-C target-feature=+crt-static --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo --remap-path-prefix=$PWD=/klar" \
        cargo build --profile dist --locked --target {{target}}
    .ci/pack "${CARGO_TARGET_DIR:-target}/{{target}}/dist/klar" {{target}} target/dist

# One klar.exe, packed the same way. It needs Debian's packages named in tests/tools/windows.
dist-windows:
    tests/tools/windows dist target/dist

# The tests and the samples under Wine.
windows:
    tests/tools/windows test
