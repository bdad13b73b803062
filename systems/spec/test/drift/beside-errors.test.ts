import { expect, test } from 'vitest'
import { compareSets } from '../../src/drift/compare-code.ts'
import { parseAgreed, serializeAgreed } from '../../src/facts/agreed-facts.ts'
import { flowOf, wordsOf } from '../../src/facts/code-mark.ts'
import { extractFiles } from '../packs/fixture.ts'

type Extracted = Awaited<ReturnType<typeof extractFiles>>

const orchard = (given: string, zero = 'nil') => ({
  'go.mod': 'module orchard\n\nrequire github.com/labstack/echo/v4 v4.11.0\n',
  'main.go': `package main

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"orchard/rows"
)

func main() {
	e := echo.New()
	e.GET("/rows/:row/trees", trees, ripe)
	e.Start(":80")
}

func ripe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if season, err := rows.Season(c.Request()); err != nil || season.IsOver() {
			return echo.NewHTTPError(http.StatusBadRequest, "not in season")
		}
		return next(c)
	}
}
`,
  'trees.go': `package main

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"orchard/rows"
)

func trees(c echo.Context) error {
	found, status, err := rows.Trees(c.Param("row"))
	if err != nil {
		return echo.NewHTTPError(status, "no trees")
	}
	return c.JSON(http.StatusOK, found)
}
`,
  'rows/rows.go': `package rows

import (
	"fmt"
	"net/http"

	"github.com/some/soil"
)

func Season(r *http.Request) (*soil.Season, error) {
	return soil.SeasonOf(r)
}

func Trees(row string) ([]soil.Tree, int, error) {
	bed, err := soil.Bed(row)
	if err != nil {
		return ${zero}, ${given}, fmt.Errorf("no bed: %w", err)
	}
	found, err := soil.Trees(bed)
	if err != nil {
		return nil, http.StatusInternalServerError, fmt.Errorf("no trees: %w", err)
	}
	return found, http.StatusOK, nil
}
`,
})

const driftsOf = async (before: Record<string, string>, after: Record<string, string>) => {
  const agreed = parseAgreed(serializeAgreed((await extractFiles(before)).set))
  return compareSets(agreed, (await extractFiles(after)).set).drifts
}

test('a status that Go gives beside an error is behaviour, also where another answer has the one that it becomes [SPEC-DRIFT-02]', async () => {
  const drifts = await driftsOf(orchard('http.StatusNotFound'), orchard('http.StatusBadRequest'))
  expect(drifts.map(({ before }) => before).join(' ')).toContain('404')
  const [was, is] = await Promise.all(
    ['NotFound', 'BadRequest'].map(async (one) => extractFiles(orchard(`http.Status${one}`))),
  )
  const flows = [was, is].map((one) => Object.values(one?.set.code?.operations ?? {}).map(flowOf))
  expect(flows[0]).not.toEqual(flows[1])
  const named = await driftsOf(orchard('http.StatusNotFound'), orchard('404'))
  expect(named.filter(({ factKind }) => factKind !== 'code')).toEqual([])
  const empty = await driftsOf(
    orchard('http.StatusNotFound'),
    orchard('http.StatusNotFound', '[]soil.Tree{}'),
  )
  expect(empty).toEqual([])
})

test('a status that is answered no more is told where the code has other words, whatever the order of it says [SPEC-DRIFT-02]', async () => {
  const [{ set: old }, { set: now }] = (await Promise.all(
    ['http.StatusNotFound', 'http.StatusBadRequest'].map(async (one) => extractFiles(orchard(one))),
  )) as [Extracted, Extracted]
  const operations = Object.entries(now.code?.operations ?? {}).map(([id, mark]) => [
    id,
    wordsOf(mark) + flowOf(old.code?.operations[id] ?? ''),
  ])
  const alike = {
    ...now,
    ...(now.code && { code: { ...now.code, operations: Object.fromEntries(operations) } }),
  }
  const { drifts } = compareSets(parseAgreed(serializeAgreed(old)), alike)
  expect(drifts.map(({ before }) => before).join(' ')).toContain('404')
})

const bakery = (rule: string, model: string) => ({
  'package.json': '{"dependencies":{"express":"4","mongoose":"8"}}',
  'loaf.js': `const mongoose = require('mongoose')
const shape = new mongoose.Schema({
  name: { type: String, ${rule} },
  grams: { type: Number },
})
${model}
`,
  'app.js': `const express = require('express')
const Loaf = require('./loaf')
const app = express()
app.post('/loaves', async (req, res) => {
  const loaf = await Loaf.create(req.body)
  res.status(201).json(loaf)
})
app.get('/hours', (req, res) => res.json({ opens: 7 }))
app.listen(80)
`,
})

test.each([
  "module.exports = mongoose.model('Loaf', shape)",
  "const Loaf = mongoose.model('Loaf', shape)\nmodule.exports = Loaf",
])(
  'the schema of a model that a file of CommonJS gives is code behind what works with it: %s [SPEC-DRIFT-05]',
  async (model) => {
    const drifts = await driftsOf(bakery('required: true', model), bakery('trim: true', model))
    expect(drifts.map(({ requirement, evidence }) => [requirement, evidence?.path])).toEqual([
      ['POST /loaves', 'loaf.js'],
    ])
    expect(await driftsOf(bakery('required: true', model), bakery('required: true', model))).toEqual([])
  },
)
