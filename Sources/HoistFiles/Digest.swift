import CLibCrypto

/// A checksum of bytes as they come, by OpenSSL. Not thread-safe: a digest belongs to one task.
package final class Digest {
    package enum Algorithm: Sendable {
        case md5
        case sha256
    }

    private let context: OpaquePointer

    /// Nil where OpenSSL does not do it: MD5 is switched off in FIPS mode, and there may be no memory.
    package init?(_ algorithm: Algorithm) {
        guard let context = EVP_MD_CTX_new() else { return nil }
        guard EVP_DigestInit_ex(context, algorithm.implementation, nil) == 1 else {
            EVP_MD_CTX_free(context)
            return nil
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    package func update(_ bytes: UnsafeRawBufferPointer) {
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }

    /// The checksum of all that came. Nothing may come after that.
    package func finalize() -> [UInt8] {
        var length: UInt32 = 0
        return [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
            // Neither algorithm has a step that can fail once it is set up.
            EVP_DigestFinal_ex(context, buffer.baseAddress, &length)
            count = Int(length)
        }
    }
}

extension Digest.Algorithm {
    fileprivate var implementation: OpaquePointer? {
        switch self {
        case .md5: EVP_md5()
        case .sha256: EVP_sha256()
        }
    }
}
