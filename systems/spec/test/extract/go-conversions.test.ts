import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a constant of a type of its own is a text of a path where it is converted to one [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/pier\n\ngo 1.24\n',
    'main.go': `package main

import "net/http"

type edition string

const first edition = "e1"

type part struct {
	*http.ServeMux
	edition edition
}

func (p *part) mount(on *http.ServeMux) {
	prefix := "/pier/" + string(p.edition)
	on.Handle(prefix+"/", http.StripPrefix(prefix, p))
}

func main() {
	p := &part{ServeMux: http.NewServeMux(), edition: first}
	p.HandleFunc("GET /bollards", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) })
	m := http.NewServeMux()
	p.mount(m)
	http.ListenAndServe(":1", m)
}
`,
  })
  expect(factsOf(set.facts, 'operation').map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /pier/e1/bollards',
  ])
})
