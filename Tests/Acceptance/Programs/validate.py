"""Holds each line of JSON on stdin against a JSON Schema; says what does not fit, and fails."""
import json
import sys

import jsonschema

schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
count = 0
for line in sys.stdin:
    for error in validator.iter_errors(json.loads(line)):
        sys.exit(f"{error.message}\n  in {line}")
    count += 1
print(count)
