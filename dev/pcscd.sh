#!/bin/sh
# The unpacked PC/SC service with a virtual reader; it ends with who started it:
#   dev/pcscd.sh FOLDER PORT
# Its socket is FOLDER/pcscd.comm; the card comes by TCP to PORT. dev/pcsc.py says why
# the folder is file 9.
set -eu
home=$(cd "$(dirname "$0")/../.run/pcsc" && pwd)
mkdir -p "$1/readers" "$1/usbdrivers"
ln -sf "$home/usr/lib/pcsc/drivers/serial/libifdvpcd.so" "$1/driver.so"
cat >"$1/readers/vpcd" <<END
FRIENDLYNAME "Virtual PCD"
DEVICENAME /dev/null:$2
LIBPATH /dev/fd//9/driver.so
CHANNELID 0
END
exec 9<"$1"
exec setpriv --pdeathsig TERM "$home/usr/sbin/pcscd" --foreground --config /dev/fd//9/readers
