import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'
import { printedAnswers } from './printed-answers.ts'

const jetty = (handlers: string): Record<string, string> => ({
  'package.json': '{"type":"module","dependencies":{"express":"4.21.0"}}',
  'app.js': `
import express from 'express'
import { harbour } from 'harbour-outside'
class NoBerth extends Error {}
const find = (id) => {
  const berth = harbour.read(id)
  if (!berth) throw new NoBerth()
  return { depth: berth.depth }
}
const app = express()
app.use(express.json())
${handlers}
app.listen(80)
`,
})

/** Statuses of answers that go well, and when. */
async function wellAnswered(files: Record<string, string>): Promise<string[]> {
  const { facts } = (await extractFiles(files)).set
  const told = factsOf(facts, 'response').map(
    ({ status, grade, condition }) =>
      `${status} ${grade} ${condition
        .map((row) =>
          row.map(({ subject, op, value }) => [subject, op, value].join(' ').trim()).join(' and '),
        )
        .join(' or ')}`,
  )
  return told.toSorted()
}

test('a status with which a function answered is none of what its caller answers where it came back otherwise [SPEC-EXTRACT-06]', async () => {
  const files = jetty(`
const berthOrRefuse = (id, res, said) => {
  try {
    return find(id)
  } catch (e) {
    if (e instanceof NoBerth) {
      res.status(400).send(said)
      return
    }
    throw e
  }
}
app.post('/depths', (req, res) => {
  const berth = berthOrRefuse(req.body.id, res, 'no such berth')
  if (!berth) return
  res.send({ depth: berth.depth })
})
const long = (name, res) => {
  if (name.length > 4) return name
  res.status(422)
  res.send('too short a name')
}
app.post('/names', (req, res) => {
  const name = long(req.body.name, res)
  if (!name) return
  res.json({ name })
})
`)
  const { '/depths': depths, '/names': names } = await printedAnswers(files)
  expect(depths?.map((one) => one.slice(0, 17))).toEqual(['400 no such berth', '200'])
  expect(names).toEqual(['422 too short a name where body.name.length <= 4', '400 where body failed', '200'])
})

test('a status that is set on one of two ways is told of that way, and the other one of the other [SPEC-EXTRACT-06]', async () => {
  const set = (handler: string) => wellAnswered(jetty(`app.put('/a', (req, res) => {${handler}})`))
  const isNew = 'body.isNew true'
  const isOld = 'body.isNew false'
  expect(await set(`if (req.body.isNew) res.status(201)\nres.json({})`)).toEqual([
    `200 proved ${isOld}`,
    `201 proved ${isNew}`,
  ])
  expect(await set(`if (req.body.isNew) { res.status(201) } else { res.status(202) }\nres.json({})`)).toEqual(
    [`201 proved ${isNew}`, `202 proved ${isOld}`],
  )
  expect(await set(`switch (req.body.side) { case 'port': res.status(201); break }\nres.json({})`)).toEqual([
    `200 proved body.side != port`,
    `201 proved body.side == port`,
  ])
  expect(
    await wellAnswered(
      jetty(`
const mark = (isNew, res) => {
  if (isNew) { res.status(201); return 'new' }
  return 'old'
}
app.put('/a', (req, res) => {
  mark(req.body.isNew, res)
  res.json({})
})
`),
    ),
  ).toEqual([`200 proved ${isOld}`, `201 proved ${isNew}`])
})

test('a status that is set where something failed is told of that alone [SPEC-EXTRACT-06]', async () => {
  const answers = await printedAnswers(
    jetty(`
app.put('/a', async (req, res) => {
  try {
    await harbour.put(req.body.id)
  } catch {
    res.status(503)
  }
  res.json({})
})
`),
  )
  expect(answers).toEqual({ '/a': ['503 where harbour.put(…) failed', '400 where body failed', '200'] })
})

test('what a function of Go wrote where it refused is none of what its caller writes [SPEC-EXTRACT-06]', async () => {
  const { facts } = (
    await extractFiles({
      'go.mod': 'module example.com/jetty\n\ngo 1.24\n',
      'main.go': `package main

import (
	"net/http"

	"example.com/outside/berths"
)

func berthOrRefuse(w http.ResponseWriter, id string) *berths.Berth {
	b, err := berths.Find(id)
	if err == nil {
		return b
	}
	w.WriteHeader(http.StatusNotFound)
	w.Write([]byte("no such berth"))
	return nil
}

func depth(w http.ResponseWriter, r *http.Request) {
	b := berthOrRefuse(w, r.PathValue("id"))
	if b == nil {
		return
	}
	w.Write([]byte("there"))
}

func main() {
	http.HandleFunc("GET /berths/{id}/depth", depth)
	http.ListenAndServe(":80", nil)
}
`,
    })
  ).set
  expect(factsOf(facts, 'response').map(({ status, grade, shape }) => [status, grade, shape.type])).toEqual([
    [200, 'proved', 'string'],
  ])
})

test('an answer of Flask that has a status set where something holds has the usual one elsewhere [SPEC-EXTRACT-06]', async () => {
  expect(
    await wellAnswered({
      'requirements.txt': 'flask==3.0.0\n',
      'app.py': `
from flask import Flask, make_response, request

app = Flask(__name__)


@app.put('/berths/<id>')
def put(id):
    answer = make_response('made')
    if request.args.get('side') == 'port':
        answer.status_code = 201
    return answer
`,
    }),
  ).toEqual(['200 proved query.side != port', '201 proved query.side == port'])
})
