import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const said = async (files: Record<string, string>) =>
  factsOf((await extractFiles(files)).set.facts, 'operation')
    .map((operation) => sayFact(operation, operationTitle(operation)))
    .toSorted()

test('what a function of Go routes after a setting left it is there where that is set otherwise, and nothing after it that another routes [SPEC-EXTRACT-09]', async () => {
  expect(
    await said({
      'go.mod': 'module example.com/desk\n\ngo 1.22\n',
      'main.go': `package main

import (
	"net/http"

	"example.com/desk/conf"
	"github.com/go-chi/chi/v5"
)

type Counters struct{ config *conf.Config }
type Desk struct{ config *conf.Config }

func (c *Counters) Routes(router chi.Router) {
	if !c.config.ShowCounters {
		return
	}
	inner := chi.NewRouter()
	inner.Get("/", answer)
	router.Mount("/counters", inner)
}

func (d *Desk) Routes(router chi.Router) error {
	router.Get("/loans", answer)
	if err := d.config.Check(); err != nil {
		return err
	}
	router.Get("/returns", answer)
	return nil
}

func answer(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }

func main() {
	config := conf.Load()
	router := chi.NewRouter()
	(&Counters{config}).Routes(router)
	(&Desk{config}).Routes(router)
	http.ListenAndServe(":80", router)
}
`,
      'conf/conf.go': `package conf

type Config struct{ ShowCounters bool }

func (c *Config) Check() error { return validate(c) }

func Load() *Config { return readConfig() }
`,
    }),
  ).toMatchInlineSnapshot(`
    [
      "THE service SHALL answer GET /loans.",
      "THE service SHALL answer GET /returns.",
      "WHERE \`readConfig().ShowCounters\` holds, the service SHALL answer GET /counters.",
    ]
  `)
})

test('so is what a plugin of JavaScript routes [SPEC-EXTRACT-09]', async () => {
  expect(
    await said({
      'package.json': '{"name":"desk","dependencies":{"express":"4"}}',
      'app.js': `const express = require('express')
const config = require('desk-config')
const app = express()
function addDocs(app) {
  if (!config.showDocs) return
  app.get('/docs', (req, res) => res.json({}))
}
addDocs(app)
app.get('/loans', (req, res) => res.json({}))
app.listen(80)
`,
    }),
  ).toMatchInlineSnapshot(`
    [
      "THE service SHALL answer GET /loans.",
      "WHERE \`desk-config.showDocs\` is there, the service SHALL answer GET /docs.",
    ]
  `)
})
