import CLibCurl
import HTTPTypes

/// Header lines in the form in which libcurl takes them, a list, in memory that is used again for the next request: a list
/// of libcurl's own making asks for memory twice a line.
final class HeaderLines {
    private var text: [UInt8] = []
    private var copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1024)
    private var nodes = UnsafeMutableBufferPointer<curl_slist>.allocate(capacity: 16)

    deinit {
        copy.deallocate()
        nodes.deallocate()
    }

    /// Takes the place of the lines before, whose list is none any more. Those that libcurl would add by itself are taken
    /// away where asked for. Nil where there are none.
    func fill(_ fields: HTTPFields, removing unwanted: [String]) -> UnsafeMutablePointer<curl_slist>? {
        text.removeAll(keepingCapacity: true)
        var count = 0
        for field in fields {
            append(field.name.rawName)
            let value = field.value
            // A header with no value is written with a semicolon, else libcurl removes it.
            text.append(UInt8(ascii: value.isEmpty ? ";" : ":"))
            if !value.isEmpty {
                text.append(UInt8(ascii: " "))
                append(value)
            }
            text.append(0)
            count += 1
        }
        for name in unwanted {
            append(name)
            text.append(UInt8(ascii: ":"))
            text.append(0)
            count += 1
        }
        return list(of: count)
    }

    private func append(_ string: String) {
        var string = string
        string.withUTF8 { text.append(contentsOf: $0) }
    }

    private func list(of count: Int) -> UnsafeMutablePointer<curl_slist>? {
        if copy.count < text.count {
            copy.deallocate()
            copy = .allocate(capacity: text.count * 2)
        }
        if nodes.count < count {
            nodes.deallocate()
            nodes = .allocate(capacity: count * 2)
        }
        guard count > 0, let list = nodes.baseAddress, let start = copy.baseAddress else { return nil }
        _ = copy.update(fromContentsOf: text)
        var line = 0
        for index in 0..<count {
            let data = UnsafeMutableRawPointer(start + line).assumingMemoryBound(to: CChar.self)
            (list + index).initialize(to: curl_slist(data: data, next: index + 1 < count ? list + index + 1 : nil))
            line = (text[line...].firstIndex(of: 0) ?? line) + 1
        }
        return list
    }
}
