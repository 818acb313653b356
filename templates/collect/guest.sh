#!/bin/sh
# Exports from inside a Linux guest what only it knows and Klar asks for. Reads only; changes nothing.
#
# Run it in each guest, best as root, and carry the folder to where Klar runs:
#     sh guest.sh /mnt/export
# It writes guests-NAME.csv and guest-volumes-NAME.csv: LVM and /boot, partitions, iSCSI, SMB, NFS, ReiserFS, network
# teaming, free space. The name and GUID that Hyper-V knows the machine by are read from what the host told the guest,
# so that Klar joins the rows to the right machine. What cannot be read stays empty, never "no", and stands in
# errors-NAME.csv. GUEST_ROOT is a folder to read files below instead of /, for trying the script.
set -eu

folder="${1:-klar-guest}"
root="${GUEST_ROOT:-}"
mkdir -p "$folder"
called="$(hostname 2>/dev/null || uname -n)"
label="$(printf '%s' "$called" | tr -c 'A-Za-z0-9._-' '_')"
errors="$folder/errors-$label.csv"
rm -f "$errors"

# A command that may hang, such as one that meets a share whose server is gone.
limited() {
    if command -v timeout >/dev/null; then timeout 30 "$@"; else "$@"; fi
}

# A cell of a CSV file.
cell() {
    printf '"%s"' "$(printf '%s' "$1" | tr '\r\n' '  ' | sed 's/"/""/g')"
}

trouble() {
    [ -s "$errors" ] || printf '"Collector asked","Collector asked about","Collector asked by","Error of the collector"\n' >"$errors"
    { cell "$called"; printf ',"",'; cell "$1"; printf ','; cell "$2"; printf '\n'; } >>"$errors"
    echo "$1: $2" >&2
}

# What a command prints; nothing, and a line among the errors, when it fails or is not there.
ask() {
    if ! command -v "$1" >/dev/null; then
        trouble "$1" 'The command is not installed.'
    elif ! limited "$@" 2>/dev/null; then
        trouble "$*" 'The command failed, or took too long.'
    fi
}

# A line of a file of NAME=value lines, without its quotes.
setting() {
    [ -r "$root$1" ] || return 0
    sed -n "s/^$2=//p" "$root$1" | head -n 1 | tr -d '"'
}

# What the host told the guest under a name: the pool holds names and values in fields filled up with zeros.
host_told() {
    [ -r "$root/var/lib/hyperv/.kvp_pool_3" ] || return 0
    tr -s '\000' '\n' <"$root/var/lib/hyperv/.kvp_pool_3" | sed -n "/^$1\$/{n;p;}" | head -n 1
}

# Whether a volume with one of these file systems is mounted.
mounted() {
    [ -r "$root/proc/mounts" ] || return 0
    if awk -v wanted="$1" '$3 ~ "^(" wanted ")$" { found = 1 } END { exit !found }' "$root/proc/mounts"; then echo True; else echo False; fi
}

# Whether a folder of the kernel has anything in it; a driver that is not loaded has no folder.
listed() {
    if [ -n "$(ls "$root$1" 2>/dev/null)" ]; then echo True; else echo False; fi
}

header=''
row=''
column() {
    header="$header${header:+,}$(cell "$1")"
    row="$row${row:+,}$(cell "$2")"
}

machine="$(host_told VirtualMachineName)"
id="$(host_told VirtualMachineId)"
system="$(setting /etc/os-release NAME)"
release="$(setting /etc/os-release VERSION_ID)"
if [ -z "$system" ]; then
    for file in redhat-release SuSE-release; do
        if [ -z "$system" ] && [ -r "$root/etc/$file" ]; then system="$(head -n 1 "$root/etc/$file")"; fi
    done
fi

# The disks that / and /boot stand on, through partitions, LVM and RAID.
disks_below() {
    source="$(ask findmnt -n -o SOURCE --target "$1" | sed 's/\[.*//')"
    [ -n "$source" ] || return 0
    ask lsblk -n -r -s -o NAME,TYPE "$source"
}
below_root="$(disks_below /)"
below_boot="$(disks_below /boot)"
root_disks="$(printf '%s\n' "$below_root" | awk '$2 == "disk" { print $1 }' | sort -u)"
boot_disks="$(printf '%s\n' "$below_boot" | awk '$2 == "disk" { print $1 }' | sort -u)"
lvm=''
partitions=''
together=''
if [ -n "$root_disks" ]; then
    if printf '%s\n' "$below_root" | grep -q ' lvm$'; then lvm=True; else lvm=False; fi
    if [ "$(printf '%s\n' "$root_disks" | wc -l)" -eq 1 ]; then
        pieces="$(ask lsblk -n -r -o NAME,TYPE "/dev/$root_disks")"
        if [ -n "$pieces" ]; then partitions="$(printf '%s\n' "$pieces" | awk '$2 == "part"' | wc -l | tr -d ' ')"; fi
    fi
    # Several paths lead to one disk of a multipath; which disk it is cannot be told by name.
    if [ -n "$boot_disks" ] && ! printf '%s\n' "$below_root" | grep -q ' mpath$'; then
        together=False
        if [ "$boot_disks" = "$root_disks" ] && [ "$(printf '%s\n' "$root_disks" | wc -l)" -eq 1 ]; then together=True; fi
    fi
fi
below_all="$(ask lsblk -n -r -o NAME,TYPE,FSTYPE)"
reiser="$(mounted reiserfs)"
if [ "$reiser" = False ] && printf '%s\n' "$below_all" | grep -q ' reiserfs$'; then reiser=True; fi
raid=''
luks=''
if [ -n "$below_all" ]; then
    if printf '%s\n' "$below_all" | awk '$2 ~ /^raid/ { found = 1 } END { exit !found }'; then raid=True; else raid=False; fi
    if printf '%s\n' "$below_all" | awk '$2 == "crypt" || $3 == "crypto_LUKS" { found = 1 } END { exit !found }'; then luks=True; else luks=False; fi
fi
teams="$(listed /proc/net/bonding)"
if [ "$teams" = False ] && command -v ip >/dev/null; then
    if [ -n "$(limited ip -o link show type team 2>/dev/null)" ]; then teams=True; fi
fi
memory=''
if [ -r "$root/proc/meminfo" ]; then
    memory="$(awk '$1 == "MemTotal:" { all = $2 } $1 == "MemAvailable:" { free = $2 } END { if (all && free) printf "%.0f", (all - free) / 1024 }' "$root/proc/meminfo")"
fi

column 'VM name' "${machine:-$called}"
column 'VM ID' "$id"
column 'Computer name in the guest' "$called"
column 'Guest OS' "$system"
column 'Guest OS version' "$release"
column 'OS architecture' "$(uname -m)"
column 'LVM on the OS disk' "$lvm"
column '/boot and / on the OS disk' "$together"
column 'OS disk partitions' "$partitions"
column 'iSCSI disks in the guest' "$(listed /sys/class/iscsi_session)"
column 'Data volume on SMB' "$(mounted 'cifs|smb3|smbfs')"
column 'NFS volume in the guest' "$(mounted 'nfs|nfs4')"
column 'ReiserFS in the guest' "$reiser"
column 'NIC teaming in the guest' "$teams"
column 'Software RAID in the guest' "$raid"
column 'LUKS in the guest' "$luks"
column 'Description' "$(setting /etc/machine-info PRETTY_HOSTNAME)"
column 'Environment' "$(setting /etc/machine-info DEPLOYMENT)"
column 'Memory in use when collected (MiB)' "$memory"
printf '%s\n%s\n' "$header" "$row" >"$folder/guests-$label.csv"
echo "$folder/guests-$label.csv" >&2

# Local volumes only, so that a share whose server is gone holds nothing up.
volumes="$(ask df -P -k -l)"
first=yes
printf '%s\n' "$volumes" | awk '$1 ~ "^/dev/" { path = $6; for (i = 7; i <= NF; i++) path = path " " $i; printf "%.0f %.0f %s\n", $2 * 1024, $4 * 1024, path }' |
    while read -r size free path; do
        header=''
        row=''
        column 'Guest volume of the VM' "${machine:-$called}"
        column 'Guest volume of the VM ID' "$id"
        column 'Guest volume' "$path"
        column 'Guest volume size (bytes)' "$size"
        column 'Guest volume free (bytes)' "$free"
        if [ "$first" = yes ]; then printf '%s\n' "$header" >"$folder/guest-volumes-$label.csv"; fi
        first=no
        printf '%s\n' "$row" >>"$folder/guest-volumes-$label.csv"
    done
if [ -s "$errors" ]; then echo "Some questions had no answer; they stand in $errors." >&2; fi
