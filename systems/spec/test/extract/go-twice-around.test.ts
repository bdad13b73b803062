import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('a handler is followed behind middleware that stands around it twice, with a writer in a writer [SPEC-EXTRACT-04]', async () => {
  const found = summarize(
    await extractFiles({
      'go.mod': 'module example.com/mill\n\ngo 1.24\n',
      'main.go': `package main

import "net/http"

type counting struct {
	http.ResponseWriter
	name string
}

func (c *counting) WriteHeader(status int) {
	c.ResponseWriter.WriteHeader(status)
}

func count(next http.HandlerFunc, name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		next(&counting{w, name}, r)
	}
}

func countTwice(next http.HandlerFunc, name string) http.HandlerFunc {
	return count(count(next, name), "all")
}

func grind(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("grain") == "" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /flour", countTwice(grind, "flour"))
	http.ListenAndServe(":80", mux)
}
`,
    }),
  )
  expect(found.statuses['POST /flour']).toEqual([202, 400])
})
