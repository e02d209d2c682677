import ArgumentParser
import HoistTransport

/// How what was stored is held against what was sent.
struct IntegrityOptions: ParsableArguments {
    @Flag(help: "Add the SHA-256 of the bytes sent to each record.")
    var sha256 = false

    @Flag(help: "Do not compare storage's checksum with that of the bytes sent.")
    var noVerify = false

    var resolved: Integrity { Integrity(isVerified: !noVerify, wantsSHA256: sha256) }
}
