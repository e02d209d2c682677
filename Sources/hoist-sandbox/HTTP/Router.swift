import NIOHTTP1

/// Which endpoint a request belongs to.
struct Router: Sendable {
    struct Route: Sendable {
        /// What the request is, to faults and the log; nil for the control plane, which neither sees.
        let kind: Request.Kind?
        let endpoint: any Endpoint
    }

    private typealias Methods = [String: Route]

    private let exact: [String: Methods]
    private let prefixed: [(prefix: String, methods: Methods)]

    init(configuration: Server.Configuration, origin: String, storage: Storage, faults: FaultPlan, log: RequestLog) {
        let images = FigurImages(origin: origin, lifetime: configuration.urlLifetime)
        let uploads = Uploads(processing: configuration.processing)
        let presigner = Presigner(origin: origin, lifetime: configuration.urlLifetime)
        let key = configuration.eachLabsKey
        func control(_ endpoint: any Endpoint) -> Route { Route(kind: nil, endpoint: endpoint) }

        exact = [
            "/v1/uploads": [
                "POST": Route(
                    kind: .figur,
                    endpoint: FigurUpload(key: configuration.figurKey, storage: storage, images: images)
                )
            ],
            "/api/v1/uploads": [
                "POST": Route(
                    kind: .initiate,
                    endpoint: InitiateUpload(key: key, presigner: presigner, uploads: uploads)
                )
            ],
            "/v1/upload/presign": [
                "POST": Route(
                    kind: .presign, endpoint: PresignUpload(key: key, presigner: presigner, uploads: uploads))
            ],
            "/sandbox/faults": [
                "POST": control(AddFaults(plan: faults)),
                "DELETE": control(ClearFaults(plan: faults)),
            ],
            "/sandbox/requests": ["GET": control(ListRequests(log: log))],
            "/sandbox/wait": ["GET": control(AwaitRequests(log: log))],
        ]
        prefixed = [
            ("/preview/", ["GET": Route(kind: .download, endpoint: FigurPreview(images: images))]),
            ("/api/v1/uploads/", ["GET": Route(kind: .status, endpoint: UploadStatus(key: key, uploads: uploads))]),
            ("/v1/files/", ["DELETE": Route(kind: .delete, endpoint: DeleteFile(key: key, uploads: uploads))]),
            (
                "/storage/uploads/",
                [
                    "PUT": Route(kind: .put, endpoint: PutObject(presigner: presigner, uploads: uploads)),
                    "GET": Route(kind: .download, endpoint: GetObject(uploads: uploads)),
                ]
            ),
        ]
    }

    func route(_ request: Request) -> Route {
        let path = String(request.path)
        let kind: Request.Kind? = path.hasPrefix("/sandbox/") ? nil : .other
        guard let methods = exact[path] ?? prefixed.first(where: { path.hasPrefix($0.prefix) })?.methods else {
            return Route(kind: kind, endpoint: Refusing(reply: .json(.notFound, ["detail": "Not Found"])))
        }
        guard let route = methods[request.method.rawValue] else {
            var reply = Reply.json(.methodNotAllowed, ["detail": "Method Not Allowed"])
            reply.headers.add(name: "Allow", value: methods.keys.sorted().joined(separator: ", "))
            return Route(kind: kind, endpoint: Refusing(reply: reply))
        }
        return route
    }
}
