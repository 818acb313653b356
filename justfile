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
    UPDATE_GOLDEN=1 cargo test --locked --test it -- samples rules_cli

# Speed as ratios, up to 10,000 machines.
bench:
    cargo bench --bench speed -- quick

# Everything a change must pass.
ci:
    .ci/run

# Damaged inputs for so many minutes, from a seed on; an input that fails is kept in the target folder, under tmp/fuzz.
fuzz minutes="10" seed="1":
    KLAR_FUZZ_MINUTES={{minutes}} KLAR_FUZZ_SEED={{seed}} cargo test --release --locked --test it -- --ignored --nocapture chaos::fuzz
