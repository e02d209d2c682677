import HoistCore
import HoistFiles
import HoistServices
import HoistTransport

/// What a command wants of a service.
package enum ServiceVerb: String, Sendable {
    case upload, presign, status, delete

    fileprivate func isOffered(by description: ServiceDescription) -> Bool {
        switch self {
        case .upload: true
        case .presign: description.canPresign
        case .status: description.has(.status)
        case .delete: description.has(.delete)
        }
    }

    /// Whether it cannot do without a setting that is required.
    func wants(_ setting: Setting, of description: ServiceDescription) -> Bool {
        switch self {
        case .upload, .presign: true
        case .status: description.uses(setting, in: .status)
        case .delete: description.uses(setting, in: .delete)
        }
    }

    /// Why a service does not have it, for a person to read.
    fileprivate func absence(at description: ServiceDescription) -> String {
        switch self {
        case .upload: "\(description.title) takes no files"
        case .presign: "\(description.title) has no presigned uploads; use hoist upload"
        case .status:
            "\(description.title) has no status to ask for: an upload is complete when hoist upload returns"
        case .delete: "\(description.title) has no way to delete an upload"
        }
    }
}

/// Which service a command is for: the one that is named, else the only one that has a key.
struct ServiceChoice {
    let settings: Settings
    let flags: Settings.ServiceFlags
    let verb: ServiceVerb

    private var catalogue: Catalogue { settings.catalogue }

    /// Throws `usage` where that leaves none, or several.
    func description(_ notice: (String) -> Void) throws(Failure) -> ServiceDescription {
        if let name = flags.to { return try offering(try catalogue.name(meant: name)) }
        if let (name, source) = settings.named {
            do throws(Failure) { return try offering(try catalogue.name(meant: name)) } catch {
                throw error.code == "no_service"
                    ? Failure(error.kind, code: error.code, "\(source): \(error.message)") : error
            }
        }
        let names = try settings.namesWithKey()
        var candidates: [ServiceDescription] = []
        for name in names {
            let description = try catalogue.description(of: name)
            // A pair of variables of which one is missing is no key.
            if settings.hasKey(description), verb.isOffered(by: description) { candidates.append(description) }
        }
        if candidates.isEmpty {
            // The only service with a key cannot do it: that is what the user has to hear.
            if names.count == 1, let name = names.first { return try offering(name) }
            throw Failure(
                .usage, code: "no_service",
                "which service? Say --to NAME, or set the variable with its key (hoist services lists both)")
        }
        return try only(of: candidates, notice)
    }

    private func offering(_ name: String) throws(Failure) -> ServiceDescription {
        let description = try catalogue.description(of: name)
        guard verb.isOffered(by: description) else {
            throw Failure(.usage, code: "misplaced_command", verb.absence(at: description))
        }
        return description
    }

    /// Of services that share a key, the one is meant whose settings are there, and of these the one that needs most.
    private func only(
        of candidates: [ServiceDescription], _ notice: (String) -> Void
    ) throws(Failure) -> ServiceDescription {
        let given = flags.values.map(\.name)
        func isComplete(_ description: ServiceDescription) -> Bool {
            settings.missingSettings(of: description, given).isEmpty
        }
        func required(_ description: ServiceDescription) -> [Setting] { description.settings.filter(\.isRequired) }
        let first = candidates[0]
        guard candidates.count > 1 else {
            // A file that was put there is chosen as quietly by nobody's will.
            if catalogue.isOwn(first.name) {
                notice("using \(first.name), a description of your own: \(first.key?.phrase ?? "its key") is set")
            }
            return first
        }
        let sharesKey = candidates.allSatisfy { !Set($0.key?.names ?? []).isDisjoint(with: first.key?.names ?? []) }
        let complete = candidates.filter(isComplete)
        let most = complete.map { required($0).count }.max() ?? 0
        let best = complete.filter { required($0).count == most }
        guard sharesKey, let only = best.first, best.count == 1 else {
            let names = candidates.map(\.name)
            throw Failure(
                .usage, code: "no_service",
                "there are keys for \(names.joined(separator: ", ")): say which with --to, or set HOIST_TO")
        }
        let others = candidates.filter { $0.name != only.name }.map(\.name).joined(separator: " and ")
        let key = only.key?.phrase ?? "the key"
        let needed = required(only).map(\.name)
        notice(
            needed.isEmpty
                ? "using \(only.name): \(key) is set, and what \(others) needs is not (--to says otherwise)"
                : "using \(only.name): \(key) and \(needed.joined(separator: ", ")) are set (--to \(others) says otherwise)"
        )
        return only
    }
}
