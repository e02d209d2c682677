import HoistTestSupport
import Testing

@testable import HoistCore
@testable import HoistServices

@Suite struct PresignedReplyTests {
    /// An upload URL by a name that is not known is one all the same; where the file is afterwards is to be told.
    @Test func unknownFieldsOfAPresigner() throws {
        let url = "https://h/k?X-Amz-Signature=TOPSECRET"
        let body = #"{"upload_url":"\#(url)","putUrl":"\#(url)&a=b","download_url":"\#(url)","id":"1"}"#
        let receipt = PresignedReply(try #require(JSONValue(parsing: body))).receipt
        #expect(receipt["putUrl"]?.text == "https://h/k?X-Amz-Signature=[redacted]&a=b")
        #expect(receipt["download_url"]?.text == url && receipt["id"]?.text == "1" && receipt["upload_url"] == nil)
    }
}
