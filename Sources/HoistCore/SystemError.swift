import Glibc

/// The system's words for an error number.
package func describe(_ error: Int32) -> String {
    String(cString: strerror(error))
}
