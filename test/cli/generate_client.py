"""Writes a Python client from an OpenAPI document, with nothing but the standard library: a function for each operation,
its parameters and the fields of its body as keyword arguments, those that are required without a default.

    python3 generate_client.py openapi.json client.py
"""

import json
import keyword
import re
import sys

HEADER = '''"""Generated from an OpenAPI document."""

import json
import urllib.parse
import urllib.request

BASE = {base!r}
TOKENS = {{}}
_ABSENT = object()


class WeComError(Exception):
    def __init__(self, errcode, errmsg):
        super().__init__(f"errcode {{errcode}}: {{errmsg}}")
        self.errcode = errcode


def _call(verb, path, security, query, body):
    query = {{key: value for key, value in query.items() if value is not _ABSENT}}
    for name in security:
        query[name] = TOKENS[name]
    url = BASE + path + ("?" + urllib.parse.urlencode(query) if query else "")
    data = None
    if body is not None:
        data = json.dumps({{key: value for key, value in body.items() if value is not _ABSENT}}).encode()
    request = urllib.request.Request(url, data, {{"content-type": "application/json"}}, method=verb.upper())
    with urllib.request.urlopen(request) as response:
        answer = json.load(response)
    if answer.get("errcode", 0) != 0:
        raise WeComError(answer["errcode"], answer.get("errmsg", ""))
    return answer
'''


def resolve(document, schema):
    while "$ref" in schema:
        target = document
        for part in schema["$ref"][2:].split("/"):
            target = target[part]
        schema = target
    return schema


def fields(document, schema):
    """The fields of an object by name, and which are required: of variants, those of all that all require."""
    schema = resolve(document, schema)
    properties = dict(schema.get("properties", {}))
    required = set(schema.get("required", []))
    variants = [fields(document, variant) for variant in schema.get("anyOf", [])]
    for names, _ in variants:
        properties.update(names)
    if variants:
        required |= set.intersection(*(needed for _, needed in variants))
    return properties, required


def identifier(name):
    name = re.sub(r"\W", "_", name)
    return name + "_" if keyword.iskeyword(name) else name


def generate(document):
    yield HEADER.format(base=document["servers"][0]["url"])
    for path, item in document["paths"].items():
        for verb, operation in item.items():
            query = {parameter["name"]: parameter["required"] for parameter in operation.get("parameters", [])}
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            properties, required = fields(document, content["schema"]) if content else ({}, set())
            names = {**query, **{name: name in required for name in properties}}
            arguments = [identifier(name) for name, needed in names.items() if needed]
            arguments += [f"{identifier(name)}=_ABSENT" for name, needed in names.items() if not needed]
            security = [name for option in operation["security"] for name in option]
            pairs = lambda keys: "{" + ", ".join(f"{key!r}: {identifier(key)}" for key in keys) + "}"
            signature = f"*, {', '.join(arguments)}" if arguments else ""
            yield (
                f"\n\ndef {identifier(operation['operationId'])}({signature}):\n"
                f"    {operation['summary']!r}\n"
                f"    return _call({verb!r}, {path!r}, {security!r}, {pairs(query)},"
                f" {pairs(properties) if content else None})\n"
            )


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as source:
        document = json.load(source)
    with open(sys.argv[2], "w", encoding="utf-8") as target:
        target.writelines(generate(document))
