import Foundation
import PackagePlugin

/// Writes `BuiltInDescriptions.swift`: every `Catalogue/Descriptions/*.toml` of the target as text.
@main
struct CatalogueEmbedder: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        guard let target = target as? SourceModuleTarget else { return [] }
        let folder = target.directoryURL.appending(path: "Catalogue/Descriptions")
        let descriptions = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "toml" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
        let script = context.package.directoryURL.appending(path: "Plugins/CatalogueEmbedder/embed")
        let output = context.pluginWorkDirectoryURL.appending(path: "BuiltInDescriptions.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(descriptions.count) service descriptions",
                executable: URL(filePath: "/bin/sh"),
                arguments: [script.path, output.path] + descriptions.map(\.path),
                inputFiles: [script] + descriptions, outputFiles: [output])
        ]
    }
}
