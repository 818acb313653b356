#!/bin/sh
# Exports from Azure what Klar reads, as JSON. Reads only; changes nothing.
#
# Run it where the Azure CLI is signed in (az login), then carry the folder to where Klar runs:
#     sh azure.sh northeurope klar-azure
# The first word is the region of the vault, the second the folder to write to.
set -eu

region="${1:?name the region of the vault, such as northeurope}"
folder="${2:-klar-azure}"
mkdir -p "$folder"

export_json() {
    name="$1"
    shift
    az "$@" --output json >"$folder/$name.json"
    echo "$folder/$name.json" >&2
}

export_json account account show
export_json resources resource list
export_json vaults backup vault list
export_json storage-accounts storage account list
export_json networks network vnet list
export_json "usage-$region" vm list-usage --location "$region"
export_json "sizes-$region" vm list-skus --location "$region" --resource-type virtualMachines --all

user="$(az account show --query user.name --output tsv)"
export_json roles role assignment list --assignee "$user" --include-inherited

# Blob soft delete is told account by account; accounts without blobs have none.
az storage account list --query '[].[name, resourceGroup, id]' --output tsv |
    while read -r name group id; do
        about="{id: '$id', name: '$name', type: 'Microsoft.Storage/storageAccounts', deleteRetentionPolicy: deleteRetentionPolicy}"
        if answer="$(az storage account blob-service-properties show --account-name "$name" --resource-group "$group" \
            --query "$about" --output json)"; then
            printf '%s\n' "$answer" >"$folder/soft-delete-$name.json"
            echo "$folder/soft-delete-$name.json" >&2
        else
            echo "$name: blob soft delete could not be read" >&2
        fi
    done
