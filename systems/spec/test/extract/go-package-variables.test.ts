import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

/** What is told of a service of Go, each with its status: an open one `404?`. */
async function toldOf(files: Record<string, string>, kind: 'error' | 'guard' = 'error') {
  const { facts } = (await extractFiles({ 'go.mod': 'module example.com/quay\n\ngo 1.24\n', ...files })).set
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(facts, kind)
    .map((fact) => {
      const title = titles.get(fact.operation) ?? '?'
      return `${fact.status ?? ''}${fact.grade === 'open' ? '?' : ''} ${sayFact(fact, title)}`
    })
    .toSorted()
}

const tide = `package tide

import "errors"

var (
	Watched = false
	Height  = 3
)

func Set(height int) error {
	Watched = true
	if height > 9 {
		return errors.New("too high")
	}
	Height = height
	return nil
}
`
const main = `package main

import (
	"flag"
	"fmt"
	"net/http"
	"os"

	"example.com/quay/tide"
)

func main() {
	flag.BoolVar(&tide.Watched, "watch", tide.Watched, "Watch the tide")
	if height := os.Getenv("HEIGHT"); height != "" {
		if err := tide.Set(len(height)); err != nil {
			panic(err)
		}
	}
	http.HandleFunc("GET /tide", func(w http.ResponseWriter, r *http.Request) {
		if !tide.Watched {
			http.Error(w, "Nobody watches the tide", http.StatusBadRequest)
			return
		}
		fmt.Fprint(w, tide.Height)
	})
	http.ListenAndServe(":8080", nil)
}
`

test('a flag of a package that code sets is a setting, whatever that code sets it to [SPEC-EXTRACT-06]', async () => {
  expect(await toldOf({ 'tide/tide.go': tide, 'main.go': main })).toEqual([
    '400 IF, for GET /tide, `tide.Watched` does not hold, THEN the service SHALL answer 400 with string and say "Nobody watches the tide".',
  ])
})

const gate = `package gate

import (
	"strings"

	"github.com/tg123/go-htpasswd"
)

var Keepers *htpasswd.File

func Set(list string) error {
	var err error
	r := strings.NewReader(strings.Join(strings.Fields(list), "\\n"))
	Keepers, err = htpasswd.NewFromReader(r, htpasswd.DefaultSystems, nil)
	return err
}
`
const gated = `package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"

	"example.com/quay/gate"
)

func around(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if gate.Keepers != nil {
			user, pass, ok := r.BasicAuth()
			if !ok {
				http.Error(w, "Who are you?", http.StatusUnauthorized)
				return
			}
			if !gate.Keepers.Match(user, pass) {
				http.Error(w, "Not you", http.StatusUnauthorized)
				return
			}
		}
		next(w, r)
	}
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func folded(s string) string {
	b := make([]byte, len(s))
	for i := range s {
		b[i] = lower(s[i])
	}
	return string(b)
}

func main() {
	if list := os.Getenv("KEEPERS"); list != "" {
		if err := gate.Set(list); err != nil {
			panic(err)
		}
	}
	http.HandleFunc("GET /berths", around(func(w http.ResponseWriter, r *http.Request) {
		if folded(r.Header.Get("X-Quay")) != folded(r.Host) {
			http.Error(w, "Another quay", http.StatusForbidden)
			return
		}
		fmt.Fprint(w, strings.ToUpper("berths"))
	}))
	http.ListenAndServe(":8080", nil)
}
`
const gatedMod = {
  'go.mod': 'module example.com/quay\n\ngo 1.24\n\nrequire github.com/tg123/go-htpasswd v1.2.3\n',
}

test('what a package holds only where a setting set it is told by its name, also where it asks who calls [SPEC-EXTRACT-06]', async () => {
  const files = { ...gatedMod, 'gate/gate.go': gate, 'main.go': gated }
  expect(await toldOf(files, 'guard')).toEqual([
    '401 WHEN a client sends GET /berths and `gate.Keepers` is there, the service SHALL answer 401 to a caller who is not signed in.',
  ])
  expect((await toldOf(files)).filter((one) => one.startsWith('401'))).toEqual([
    '401 IF, for GET /berths, `gate.Keepers` is there and `gate.Keepers.Match(r.BasicAuth(), pass)` does not hold and `r.BasicAuth()` is there, THEN the service SHALL answer 401 with string and say "Not you".',
    '401 IF, for GET /berths, `gate.Keepers` is there and `r.BasicAuth()` is missing, THEN the service SHALL answer 401 with string and say "Who are you?".',
  ])
})

test('what rounds of a loop fill is none of what it was made as: a call that gives it is told by its name [SPEC-EXTRACT-06]', async () => {
  const files = { ...gatedMod, 'gate/gate.go': gate, 'main.go': gated }
  expect((await toldOf(files)).filter((one) => one.startsWith('403'))).toEqual([
    '403 IF, for GET /berths, `folded(r.Header.Get("X-Quay")) == folded(r.Host)` does not hold, THEN the service SHALL answer 403 with string and say "Another quay".',
  ])
})
