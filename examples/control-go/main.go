// A member writes to the app, which has to answer in time. Usage: go run . http://127.0.0.1:8788
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

func ask(path, body string) string {
	answer, err := http.Post(os.Args[1]+"/_simulator/api"+path, "application/json", strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusOK {
		panic(string(text))
	}
	return string(text)
}

func main() {
	ask("/members/lisi/act", `{"act": "text", "content": "你好"}`)
	fmt.Println(ask("/members/lisi/await", `{"msgtype": "text", "timeout": 5000}`))
}
