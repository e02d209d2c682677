// swift-tools-version: 6.1
import PackageDescription

/// The rooms, lowest first: each uses only those that it names, and the compiler holds it to that.
///
/// The compiler looks into a function of another room only where it is `public`, and surely where it is `@inlinable`: what
/// each small file calls many times is both (1 % of its work, measured). Everything else that another room uses is
/// `package`.
let rooms: [Target] = [
    .target(name: "HoistCore"),
    .target(
        name: "HoistFiles",
        dependencies: ["CLibCrypto", "HoistCore"]
    ),
    .target(
        name: "HoistMedia",
        dependencies: [
            "CLibMagic", "HoistCore", "HoistFiles",
            .product(name: "Subprocess", package: "swift-subprocess"),
            .product(name: "SystemPackage", package: "swift-system"),
        ]
    ),
    .target(
        name: "HoistTransport",
        dependencies: [
            "CLibCrypto", "CLibCurl", "HoistCore", "HoistFiles",
            .product(name: "HTTPTypes", package: "swift-http-types"),
        ]
    ),
    .target(
        name: "HoistServices",
        dependencies: [
            "HoistCore", "HoistFiles", "HoistMedia", "HoistTransport",
            .product(name: "HTTPTypes", package: "swift-http-types"),
        ],
        exclude: ["Catalogue/Descriptions"],
        plugins: ["CatalogueEmbedder"]
    ),
    .target(
        name: "HoistUploads",
        dependencies: ["HoistCore", "HoistFiles", "HoistMedia", "HoistServices", "HoistTransport"]
    ),
    .target(
        name: "HoistCommands",
        dependencies: [
            "CLibC", "HoistCore", "HoistFiles", "HoistMedia", "HoistServices", "HoistTransport", "HoistUploads",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ]
    ),
]

let package = Package(
    name: "hoist",
    products: [
        .executable(name: "hoist", targets: ["hoist"]),
        .executable(name: "hoist-sandbox", targets: ["hoist-sandbox"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Without its default trait: `FoundationURL` is not needed where URLs are sent as they came.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        // Without its default trait, which is for Foundation's types.
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: rooms + [
        .systemLibrary(name: "CLibC"),
        // libcurl loads it anyway.
        .systemLibrary(
            name: "CLibCrypto",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"])]
        ),
        .systemLibrary(
            name: "CLibCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        .systemLibrary(
            name: "CLibMagic",
            pkgConfig: "libmagic",
            providers: [.apt(["libmagic-dev"])]
        ),
        // Puts the service descriptions into the program, so that a new one is one new file.
        .plugin(name: "CatalogueEmbedder", capability: .buildTool()),
        .executableTarget(name: "hoist", dependencies: ["HoistCommands"]),
        .executableTarget(
            name: "hoist-sandbox",
            dependencies: [
                "CLibCrypto",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .target(
            name: "TestSupport",
            dependencies: [.product(name: "Subprocess", package: "swift-subprocess")],
            path: "Tests/TestSupport",
            exclude: ["Programs"]
        ),
        .target(
            name: "HoistTestSupport",
            dependencies: ["HoistCore", "HoistFiles", "HoistTransport", "TestSupport"],
            path: "Tests/HoistTestSupport"
        ),
        .testTarget(name: "HoistTests", dependencies: ["TestSupport"], exclude: ["Golden"]),
        .testTarget(name: "SandboxTests", dependencies: ["TestSupport"]),
        .testTarget(
            name: "Acceptance", dependencies: ["HoistCore", "HoistServices", "TestSupport"], path: "Tests/Acceptance",
            exclude: ["Programs", "requirements.txt"]),
    ],
    swiftLanguageModes: [.v6]
)

// A room's tests may use what the room itself may use.
package.targets += rooms.map { room in
    .testTarget(
        name: room.name + "Tests",
        dependencies: room.dependencies + [.target(name: room.name), "HoistTestSupport", "TestSupport"])
}

// Scripts/fuzz builds this, and nobody else: the rooms as they are shipped, with libFuzzer's counters in them.
if Context.environment["HOIST_FUZZ"] != nil {
    for room in rooms { room.swiftSettings = [.unsafeFlags(["-sanitize=fuzzer,address", "-enable-testing"])] }
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "Fuzz/CLibFuzzer"),
        .executableTarget(
            name: "hoist-fuzz",
            dependencies: [
                "CLibFuzzer", .product(name: "HTTPTypes", package: "swift-http-types"),
            ] + rooms.map { .target(name: $0.name) },
            path: "Fuzz/Targets", swiftSettings: [.unsafeFlags(["-sanitize=address"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
    ]
}

// SE-0461: an async function stays where its caller is. Looking for its place at every call was a tenth of the work of a
// small file (measured).
for target in rooms + package.targets.filter({ $0.name == "hoist" }) {
    target.swiftSettings = (target.swiftSettings ?? []) + [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
}
