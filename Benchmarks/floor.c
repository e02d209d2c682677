// floor SERVICE JOBS LIST: uploads the files that are listed in LIST, one a line, to figur or eachlabs. What hoist does
// for each file, on the same libraries and with nothing around it: as fast as one thread of C gets.
//
// Reads the variables that hoist reads. Prints one line of JSON a file, and ends with 1 where one was not uploaded.
#define _GNU_SOURCE
#include <curl/curl.h>
#include <magic.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// How much of a file is looked at, and the most that leaves in one piece with its headers.
enum { HEAD = 1 << 16, TEXT = 1 << 12 };

// One of the files that are under way, and the two requests that take turns with it.
struct slot {
    CURL *call, *put;
    char path[TEXT], type[128], request[TEXT], reply[TEXT], url[TEXT];
    size_t reply_length;
    FILE *file;
    off_t size;
    char head[HEAD];
    curl_mime *form;
    struct curl_slist *headers;
};

static CURLM *multi;
static FILE *list;
static magic_t magic;
static bool to_figur;
static char call_url[TEXT];
static struct curl_slist *call_headers;
static bool all_uploaded = true;
static int under_way;

static void stop(const char *why) {
    fprintf(stderr, "floor: %s\n", why);
    exit(2);
}

static const char *setting(const char *name) {
    const char *value = getenv(name);
    if (!value) stop(name);
    return value;
}

static void begin_next(struct slot *slot);

static void end_file(struct slot *slot, bool uploaded) {
    printf("{\"ok\":%s,\"file\":\"%s\",\"bytes\":%lld,\"content_type\":\"%s\",\"url\":\"%s\"}\n",
        uploaded ? "true" : "false", slot->path, (long long)slot->size, slot->type, slot->url);
    all_uploaded = all_uploaded && uploaded;
    fclose(slot->file);
    curl_slist_free_all(slot->headers);
    curl_mime_free(slot->form);
    slot->headers = NULL;
    slot->form = NULL;
    begin_next(slot);
}

static void begin(CURL *request) {
    curl_multi_add_handle(multi, request);
    under_way++;
}

// MARK: the replies, which are compact JSON without escapes: no parser is needed to find what is asked for.

static bool copy_string(const char *json, const char *start, char *into, size_t room) {
    const char *value = strstr(json, start);
    if (!value) return false;
    value += strlen(start);
    size_t length = strcspn(value, "\"");
    if (length >= room) return false;
    memcpy(into, value, length);
    into[length] = 0;
    return true;
}

// {"Content-Type":"image/png","x-amz-…":"…"}: each name and value is one header.
static void add_required_headers(struct slot *slot) {
    static const char start[] = "\"required_headers\":{";
    const char *next = strstr(slot->reply, start);
    if (!next) return;
    next += sizeof start - 1;
    char name[256], value[1024], header[1536];
    int length;
    while (sscanf(next, "\"%255[^\"]\":\"%1023[^\"]\"%n", name, value, &length) == 2) {
        snprintf(header, sizeof header, "%s: %s", name, value);
        slot->headers = curl_slist_append(slot->headers, header);
        next += length + (next[length] == ',');
    }
}

// MARK: the requests

static size_t take_reply(char *bytes, size_t size, size_t count, void *context) {
    struct slot *slot = context;
    if (slot->reply_length + size * count >= sizeof slot->reply) return 0;
    memcpy(slot->reply + slot->reply_length, bytes, size * count);
    slot->reply_length += size * count;
    slot->reply[slot->reply_length] = 0;
    return size * count;
}

static CURL *new_request(struct slot *slot) {
    CURL *request = curl_easy_init();
    if (!request) stop("no memory");
    curl_easy_setopt(request, CURLOPT_PRIVATE, slot);
    curl_easy_setopt(request, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(request, CURLOPT_PROXY, "");
    curl_easy_setopt(request, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(request, CURLOPT_WRITEFUNCTION, take_reply);
    curl_easy_setopt(request, CURLOPT_WRITEDATA, slot);
    curl_easy_setopt(request, CURLOPT_UPLOAD_BUFFERSIZE, 1L << 19);
    return request;
}

// A small body that is given whole leaves in one piece with its headers.
static void begin_put(struct slot *slot) {
    add_required_headers(slot);
    slot->headers = curl_slist_append(slot->headers, "Accept:");
    slot->reply_length = 0;
    curl_easy_setopt(slot->put, CURLOPT_URL, slot->url);
    curl_easy_setopt(slot->put, CURLOPT_HTTPHEADER, slot->headers);
    if (slot->size <= HEAD) {
        curl_easy_setopt(slot->put, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)slot->size);
        curl_easy_setopt(slot->put, CURLOPT_POSTFIELDS, slot->head);
    } else {
        curl_easy_setopt(slot->put, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(slot->put, CURLOPT_READDATA, slot->file);
        curl_easy_setopt(slot->put, CURLOPT_INFILESIZE_LARGE, (curl_off_t)slot->size);
    }
    curl_easy_setopt(slot->put, CURLOPT_CUSTOMREQUEST, "PUT");
    begin(slot->put);
}

static void describe_form(struct slot *slot) {
    slot->form = curl_mime_init(slot->call);
    curl_mimepart *part = curl_mime_addpart(slot->form);
    curl_mime_name(part, "file");
    curl_mime_filedata(part, slot->path);
    curl_mime_type(part, slot->type);
    curl_easy_setopt(slot->call, CURLOPT_MIMEPOST, slot->form);
}

static void describe_initiate(struct slot *slot) {
    const char *kind = !strncmp(slot->type, "image/", 6) ? "image" : "other";
    snprintf(slot->request, sizeof slot->request,
        "{\"owner\":\"%s\",\"uploader\":\"customer\",\"file_type\":\"%s\",\"content_type\":\"%s\"}",
        setting("EACHLABS_OWNER"), kind, slot->type);
    curl_easy_setopt(slot->call, CURLOPT_POSTFIELDS, slot->request);
}

static void look_at_file(struct slot *slot) {
    struct stat status;
    slot->file = fopen(slot->path, "re");
    if (!slot->file || fstat(fileno(slot->file), &status)) stop(slot->path);
    slot->size = status.st_size;
    ssize_t length = pread(fileno(slot->file), slot->head, HEAD, 0);
    const char *type = length < 0 ? NULL : magic_buffer(magic, slot->head, length);
    if (!type) stop(slot->path);
    snprintf(slot->type, sizeof slot->type, "%s", type);
}

static void begin_next(struct slot *slot) {
    if (!fgets(slot->path, sizeof slot->path, list)) return;
    slot->path[strcspn(slot->path, "\n")] = 0;
    slot->url[0] = 0;
    slot->reply_length = 0;
    look_at_file(slot);
    if (to_figur) describe_form(slot);
    else describe_initiate(slot);
    begin(slot->call);
}

static void end_request(CURL *request, CURLcode result) {
    struct slot *slot;
    long status = 0;
    curl_easy_getinfo(request, CURLINFO_PRIVATE, &slot);
    curl_easy_getinfo(request, CURLINFO_RESPONSE_CODE, &status);
    curl_multi_remove_handle(multi, request);
    under_way--;
    if (result || status / 100 != 2) {
        fprintf(stderr, "floor: %s: %s, status %ld\n", slot->path, curl_easy_strerror(result), status);
        end_file(slot, false);
    } else if (request == slot->put) {
        end_file(slot, true);
    } else if (to_figur) {
        end_file(slot, copy_string(slot->reply, "\"image_url\":\"", slot->url, sizeof slot->url));
    } else if (copy_string(slot->reply, "\"upload_url\":\"", slot->url, sizeof slot->url)) {
        begin_put(slot);
    } else {
        end_file(slot, false);
    }
}

static void describe_service(void) {
    char key[TEXT];
    snprintf(call_url, sizeof call_url, to_figur ? "%s/v1/uploads" : "%s/api/v1/uploads",
        setting(to_figur ? "FIGUR_BASE_URL" : "EACHLABS_BASE_URL"));
    if (to_figur) {
        snprintf(key, sizeof key, "Authorization: Bearer %s", setting("FIGUR_API_KEY"));
    } else {
        snprintf(key, sizeof key, "X-API-Key: %s", setting("EACHLABS_API_KEY"));
        call_headers = curl_slist_append(call_headers, "Content-Type: application/json");
    }
    call_headers = curl_slist_append(call_headers, key);
}

int main(int count, char **arguments) {
    if (count != 4) stop("usage: floor SERVICE JOBS LIST");
    to_figur = !strcmp(arguments[1], "figur");
    list = fopen(arguments[3], "r");
    if (!list) stop(arguments[3]);
    // libcurl has a new upload buffer for every transfer: it need not go back to the kernel in between.
    mallopt(M_MMAP_THRESHOLD, 1 << 25);
    mallopt(M_TRIM_THRESHOLD, 1 << 28);
    curl_global_init(CURL_GLOBAL_NOTHING);
    magic = magic_open(MAGIC_MIME_TYPE);
    if (!magic || magic_load(magic, NULL)) stop("libmagic");
    describe_service();

    multi = curl_multi_init();
    int jobs = atoi(arguments[2]);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 2L * jobs);
    for (int i = 0; i < jobs; i++) {
        struct slot *slot = calloc(1, sizeof *slot);
        if (!slot) stop("no memory");
        slot->call = new_request(slot);
        slot->put = new_request(slot);
        curl_easy_setopt(slot->call, CURLOPT_URL, call_url);
        curl_easy_setopt(slot->call, CURLOPT_HTTPHEADER, call_headers);
        begin_next(slot);
    }
    while (under_way > 0) {
        int running, left, ended = 0;
        curl_multi_perform(multi, &running);
        for (CURLMsg *message; (message = curl_multi_info_read(multi, &left)); ended++)
            end_request(message->easy_handle, message->data.result);
        if (!ended && under_way > 0) curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    return all_uploaded ? 0 : 1;
}
