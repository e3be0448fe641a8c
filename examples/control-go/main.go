// A member writes to the app, which has to answer in time. Usage: go run . http://127.0.0.1:8788
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
)

type object = map[string]interface{}

func ask(method, path string, body object) (answer object) {
	text, _ := json.Marshal(body)
	request, _ := http.NewRequest(method, os.Args[1]+"/_simulator/api"+path, bytes.NewReader(text))
	request.Header.Set("content-type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	if text, _ = io.ReadAll(response.Body); response.StatusCode != http.StatusOK {
		panic(string(text))
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		panic(err)
	}
	return answer
}

func main() {
	now := ask("GET", "/world", nil)["now"]
	ask("POST", "/members/lisi/act", object{"act": "text", "content": "你好"})
	message := ask("POST", "/members/lisi/await", object{"msgtype": "text", "after": now, "timeout": 5000})
	fmt.Println(message["content"].(object)["content"])
}
