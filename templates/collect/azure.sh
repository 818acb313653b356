#!/bin/sh
# Exports from Azure what Klar reads, as JSON. Reads only; changes nothing.
#
# Run it where the Azure CLI is signed in (az login), then carry the folder to where Klar runs:
#     sh azure.sh northeurope klar-azure
#     sh azure.sh northeurope klar-azure 'Production' 0f3c2a7e-1111-2222-3333-444455556666
# The first word is the region of the vault, the second the folder to write to, the others the subscriptions by ID or
# name; without them every enabled one is read. What is refused, or not done within ten minutes, costs that table of
# that subscription only, and stands in errors.csv. klar collect azure --form powershell prints the same for PowerShell.
set -eu

region="${1:?name the region of the vault, such as northeurope}"
folder="${2:-klar-azure}"
if [ "$#" -gt 2 ]; then shift 2; else shift "$#"; fi
mkdir -p "$folder"
errors="$folder/errors.csv"
rm -f "$errors"

limited() {
    if command -v timeout >/dev/null; then timeout 600 "$@"; else "$@"; fi
}

# A cell of a CSV file.
cell() {
    printf '"%s"' "$(printf '%s' "$1" | tr '\r\n' '  ' | sed 's/"/""/g')"
}

# Notes that a table of a subscription could not be read.
trouble() {
    [ -s "$errors" ] || printf '"Collector asked","Collector asked about","Collector asked by","Error of the collector"\n' >"$errors"
    { cell "$1"; printf ','; cell "$2"; printf ','; cell "$3"; printf ','; cell "$4"; printf '\n'; } >>"$errors"
    echo "$1, $3: $4" >&2
}

# Writes one table of a subscription: its name, what it is about, then the command. A part of it is never left.
export_json() {
    name="$1"
    about="$2"
    shift 2
    file="$folder/$name-$subscription.json"
    if why="$({ limited az "$@" --subscription "$subscription" --output json >"$file.part"; } 2>&1)"; then
        mv "$file.part" "$file"
        echo "$file" >&2
    else
        rm -f "$file.part"
        trouble "$subscription" "$about" "az $1 $2" "${why:-it was not done within ten minutes}"
    fi
}

if [ "$#" -eq 0 ]; then
    if ! all="$(limited az account list --query "[?state=='Enabled'].id" --output tsv)"; then
        echo 'The subscriptions could not be listed: sign in with az login.' >&2
        exit 1
    fi
    # One ID a line, and no ID has a blank in it.
    # shellcheck disable=SC2086
    set -- $all
fi
user="$(az account show --query user.name --output tsv || true)"

for subscription in "$@"; do
    export_json account '' account show
    export_json resources '' resource list
    export_json vaults '' backup vault list
    export_json storage-accounts '' storage account list
    export_json networks '' network vnet list
    export_json "usage-$region" "$region" vm list-usage --location "$region"
    export_json "sizes-$region" "$region" vm list-skus --location "$region" --resource-type virtualMachines --all
    export_json roles "$user" role assignment list --assignee "$user" --include-inherited --include-groups

    # Blob soft delete is told account by account; accounts without blobs have none.
    accounts="$(limited az storage account list --subscription "$subscription" --query '[].[name, resourceGroup, id]' --output tsv || true)"
    while read -r account group id; do
        [ -n "$account" ] || continue
        about="{id: '$id', name: '$account', type: 'Microsoft.Storage/storageAccounts', deleteRetentionPolicy: deleteRetentionPolicy}"
        export_json "soft-delete-$account" "$account" storage account blob-service-properties show --account-name "$account" \
            --resource-group "$group" --query "$about" </dev/null
    done <<LIST
$accounts
LIST
done
echo "Done. Carry the folder $folder to where Klar runs." >&2
if [ -s "$errors" ]; then echo "Some tables could not be read; they stand in $errors." >&2; fi
