/// Takes a file through all its stations to a service.
package struct Uploader {
    private let service: any UploadService
    private let examiner: MediaExaminer
    private let maker: RecordMaker

    package init(service: any UploadService, examiner: MediaExaminer, maker: RecordMaker) {
        self.service = service
        self.examiner = examiner
        self.maker = maker
    }

    package func upload(_ path: String) async -> Record {
        await maker.complete(Record(.file(path), service: service.name)) { record, exchange throws(Failure) in
            let file = try examiner.examine(path, into: &record, maker)
            try service.check(file)
            record.receipt = try await service.upload(file, over: exchange)
        }
    }
}
