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

    package var limits: Limits {
        switch self {
        case .figur:
            // The contract says "jpeg/png/webp, ≤25 MB" and does not define MB: what lies between 25 MB and 25 MiB is
            // for the service to judge.
            Limits(
                types: (["image/jpeg", "image/png", "image/webp"], "jpeg, png or webp"),
                largest: 25 << 20, largestPhrase: "25 MiB")
        case .eachlabs:
            // The service takes every type; S3 takes at most 5 GiB in one PUT.
            Limits(types: nil, largest: 5 << 30, largestPhrase: "5 GiB")
        }
    }
}
