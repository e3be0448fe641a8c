"""A member writes to the app, which has to answer in time. Usage: control.py http://127.0.0.1:8788"""
import json, sys, urllib.request


def ask(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(sys.argv[1] + "/_simulator/api" + path, data, {"content-type": "application/json"})
    return json.load(urllib.request.urlopen(request))


now = ask("/world")["now"]
ask("/members/lisi/act", {"act": "text", "content": "你好"})
message = ask("/members/lisi/await", {"msgtype": "text", "after": now, "timeout": 5000})
print(message["content"]["content"])
