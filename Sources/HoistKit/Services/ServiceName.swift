/// The services, by the names that `--to` takes.
package enum ServiceName: String, Sendable, CaseIterable {
    case figur
    case eachlabs

    /// The name that people read.
    package var title: String {
        switch self {
        case .figur: "Figur"
        case .eachlabs: "each::labs"
        }
    }

    /// The environment variable in which the vendor's own examples keep the key.
    package var keyVariable: String {
        switch self {
        case .figur: "FIGUR_API_KEY"
        case .eachlabs: "EACHLABS_API_KEY"
        }
    }

    package var baseURLVariable: String {
        switch self {
        case .figur: "FIGUR_BASE_URL"
        case .eachlabs: "EACHLABS_BASE_URL"
        }
    }

    package var defaultBaseURL: String {
        switch self {
        case .figur: "https://api.figur.fit"
        case .eachlabs: "https://storage-service.core.eachlabs.run"
        }
    }
}
