import { expect, test } from 'vitest'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what a handler of Go answers that gives its writer to code that is not here is asked, and a handshake of a web socket is 101 [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/lock\n\ngo 1.24\n',
    'main.go': `package main

import (
	"fmt"
	"net/http"
	"net/http/httputil"
	"net/url"

	"github.com/gorilla/websocket"
	"example.org/pages"
)

var upgrader = websocket.Upgrader{}

func main() {
	m := http.NewServeMux()
	m.HandleFunc("GET /levels", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, "low") })
	m.HandleFunc("GET /gates/", func(w http.ResponseWriter, r *http.Request) {
		to, _ := url.Parse("http://gates")
		httputil.NewSingleHostReverseProxy(to).ServeHTTP(w, r)
	})
	m.HandleFunc("GET /plans", func(w http.ResponseWriter, r *http.Request) { pages.Show(w, r, "plans") })
	m.HandleFunc("GET /live", func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		conn.Close()
	})
	http.ListenAndServe(":1", m)
}
`,
  })
  const titles = new Map(
    set.facts.flatMap((fact) =>
      fact.kind === 'operation' ? [[fact.id, operationTitle(fact)] as const] : [],
    ),
  )
  const said = set.facts.flatMap((fact) =>
    fact.kind === 'response' ? [sayFact(fact, titles.get(fact.operation) ?? '?')] : [],
  )
  expect(said.toSorted()).toEqual([
    'GET /gates/ may answer 200. (Open: when.)',
    'GET /plans may answer 200. (Open: when.)',
    'WHEN a client sends GET /levels, the service SHALL answer 200.',
    'WHEN a client sends GET /live, the service SHALL answer 101.',
  ])
})
