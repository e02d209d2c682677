/// The version of everything in this package.
package let version = "0.1.0"

/// How hoist names itself to servers.
package let userAgent = "hoist/\(version)"
