#!/bin/bash
# A local CA and certificates of it, good and bad ones, in the working directory.
set -e
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }
key ca.key
openssl req -x509 -new -key ca.key -days 2 -subj '/CN=A local CA' -out ca.pem
# A database of its own lets `openssl ca` date a certificate as it is told.
: > index; echo 01 > serial
printf '%s\n' '[ca]' 'default_ca = d' '[d]' 'database = index' 'serial = serial' 'new_certs_dir = .' \
  'default_md = sha256' 'policy = p' 'copy_extensions = copy' 'unique_subject = no' '[p]' 'commonName = supplied' > ca.cnf
issue() {
  key "$1.key"
  openssl req -new -key "$1.key" -subj "/CN=$1" -addext "subjectAltName=$2" -out "$1.csr"
  openssl ca -batch -notext -config ca.cnf -cert ca.pem -keyfile ca.key -in "$1.csr" -out "$1.pem" \
    -startdate "$3" -enddate "$4"
}
issue good DNS:localhost 20200101000000Z 20991231000000Z
issue expired DNS:localhost 20200101000000Z 20200102000000Z
issue early DNS:localhost 20980101000000Z 20991231000000Z
issue wrong-host DNS:elsewhere.example 20200101000000Z 20991231000000Z
key self-signed.key
openssl req -x509 -new -key self-signed.key -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -out self-signed.pem
mkdir directory; cp ca.pem directory; openssl rehash directory
