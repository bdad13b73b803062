import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what is decoded of a file, or of what another service answered, is no body of the request [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/depot\n\ngo 1.24\n',
    'main.go': `package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
)

type Settings struct { Depot string \`json:"depot"\` }
type Stock struct { Count int \`json:"count"\` }
type Crate struct { Name string \`json:"name"\` }

func settings() (Settings, error) {
	file, err := os.Open("settings.json")
	if err != nil {
		return Settings{}, err
	}
	decoder := json.NewDecoder(file)
	read := Settings{}
	err = decoder.Decode(&read)
	return read, err
}

type remote struct { uri string }

func (r *remote) stock() (Stock, error) {
	client := &http.Client{}
	req, _ := http.NewRequest("GET", r.uri, nil)
	answer, err := client.Do(req)
	if err != nil {
		return Stock{}, err
	}
	var read Stock
	err = json.NewDecoder(answer.Body).Decode(&read)
	return read, err
}

func into(from io.Reader, value any) error { return json.NewDecoder(from).Decode(value) }

func add(w http.ResponseWriter, r *http.Request) {
	if _, err := settings(); err != nil {
		http.Error(w, "no settings", 500)
		return
	}
	if _, err := (&remote{uri: os.Getenv("STOCK") + r.URL.Path}).stock(); err != nil {
		http.Error(w, "no stock", 502)
		return
	}
	var crate Crate
	if err := into(http.MaxBytesReader(w, r.Body, 1024), &crate); err != nil {
		http.Error(w, "no crate", 400)
		return
	}
	w.WriteHeader(201)
}

func main() {
	http.HandleFunc("POST /crates", add)
	http.ListenAndServe(":1", nil)
}
`,
  })
  const bodies = set.facts.flatMap((fact) => (fact.kind === 'body' ? [fact.shape] : []))
  expect(bodies).toEqual([{ type: 'model', name: 'Crate' }])
})

test('nor is what one of several clients was answered [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/depot\n\ngo 1.24\n',
    'main.go': `package main

import (
	"encoding/json"
	"net/http"

	"golang.org/x/oauth2/clientcredentials"
)

type settings struct {
	secret string
	client *http.Client
}

func (s *settings) get() *http.Client {
	if s.secret != "" {
		c := clientcredentials.Config{ClientSecret: s.secret}
		return c.Client(nil)
	}
	if s.client == nil {
		s.client = &http.Client{}
	}
	return s.client
}

type Stock struct { Count int \`json:"count"\` }

func add(s *settings) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		answer, err := s.get().Get("http://stock")
		if err != nil {
			http.Error(w, "no stock", 502)
			return
		}
		var read Stock
		if err = json.NewDecoder(answer.Body).Decode(&read); err != nil {
			http.Error(w, "bad stock", 502)
			return
		}
		w.WriteHeader(201)
	}
}

func load() *settings { return &settings{} }

func main() {
	http.HandleFunc("POST /crates", add(load()))
	http.ListenAndServe(":80", nil)
}
`,
  })
  expect(set.facts.filter((one) => one.kind === 'body')).toEqual([])
  expect(set.facts.filter((one) => one.kind === 'operation')).toHaveLength(1)
})

test('what a client from outside was answered is no body, though it was asked with parts of the request [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/depot\n\ngo 1.24\n',
    'main.go': `package main

import (
	"context"
	"encoding/json"
	"net/http"

	"example.org/far/config"
	"example.org/far/crates"
)

type Crate struct { Name string \`json:"name"\` }

var client = crates.New(config.Load(context.Background()))

func crateOf(ctx context.Context, name string) (Crate, error) {
	var crate Crate
	answer, err := client.Get(ctx, &crates.GetInput{Name: &name})
	if err != nil {
		return crate, err
	}
	err = json.NewDecoder(answer.Body).Decode(&crate)
	return crate, err
}

func show(w http.ResponseWriter, r *http.Request) {
	crate, err := crateOf(r.Context(), r.URL.Query().Get("name"))
	if err != nil {
		http.Error(w, "no crate", 502)
		return
	}
	json.NewEncoder(w).Encode(crate)
}

func main() {
	m := http.NewServeMux()
	m.HandleFunc("GET /crates", show)
	http.ListenAndServe(":1", m)
}
`,
  })
  expect(set.facts.filter(({ kind }) => kind === 'body')).toEqual([])
})

test('a struct whose fields are required is asked for, a pointer to one is not, and a required text may not be empty [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/kiln\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
    'main.go': `package main

import "github.com/gin-gonic/gin"

type Glaze struct { Tint string \`json:"tint" binding:"required"\` }

type Firing struct {
	Pot struct {
		Name  string  \`json:"name" binding:"required"\`
		Maker *string \`json:"maker" binding:"required"\`
	} \`json:"pot"\`
	Glaze Glaze  \`json:"glaze"\`
	Cover *Glaze \`json:"cover"\`
	Note  struct { Text string \`json:"text"\` } \`json:"note"\`
}

func main() {
	r := gin.Default()
	r.POST("/firings", func(c *gin.Context) {
		var firing Firing
		if err := c.ShouldBindJSON(&firing); err != nil {
			c.JSON(422, gin.H{"error": "unreadable"})
			return
		}
		c.Status(201)
	})
	r.Run()
}
`,
  })
  const models = new Map(factsOf(set.facts, 'model').map(({ name, fields }) => [name, fields]))
  const fields = models.get('Firing') ?? []
  expect(fields.map(({ name, isRequired }) => [name, isRequired])).toEqual([
    ['pot', true],
    ['glaze', true],
    ['cover', false],
    ['note', false],
  ])
  const [pot] = fields
  expect(
    pot?.shape.type === 'object' && pot.shape.fields.map((field) => [field.name, field.constraints]),
  ).toEqual([
    ['name', [{ keyword: 'minLength', value: 1 }]],
    ['maker', []],
  ])
})
