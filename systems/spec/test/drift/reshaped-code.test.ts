import { expect, test } from 'vitest'
import { compareSets } from '../../src/drift/compare-code.ts'
import { parseAgreed, serializeAgreed } from '../../src/facts/agreed-facts.ts'
import { flowOf } from '../../src/facts/code-mark.ts'
import { extractFiles } from '../packs/fixture.ts'
import type { Files } from './marked.ts'

const mill = (body: string, more = ''): Files => ({
  'package.json': '{"type":"module","dependencies":{"express":"4"}}',
  'app.js': `import express from 'express'
import { mills } from 'mill-store'
const app = express()
app.get('/mills/:code', async (req, res) => {
  const mill = await mills.byCode(req.params.code)
  const kind = req.query.kind
${body}
})
app.listen(3000)
${more}`,
})
const weir = (body: string, more = ''): Files => ({
  'requirements.txt': 'fastapi\n',
  'app.py': `from fastapi import FastAPI, HTTPException
from store import weirs
app = FastAPI()

@app.get("/weirs/{code}")
def read(code: str, kind: str, flow: int):
    weir = weirs.by_code(code)
${body}
${more}`,
})
const lock = (body: string, more = ''): Files => ({
  'go.mod': 'module canal\n\ngo 1.22\n\nrequire github.com/labstack/echo/v4 v4.11.0\n',
  'main.go': `package main

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"example.org/locks"
)

func main() {
	e := echo.New()
	e.GET("/locks/:id", show)
	e.Start(":80")
}

func show(c echo.Context) error {
	lock := locks.ByID(c.Param("id"))
${body}
}
${more}`,
})

const compare = async (before: Files, after: Files) => {
  const agreed = parseAgreed(serializeAgreed((await extractFiles(before)).set))
  const { set } = await extractFiles(after)
  const [was, is] = [agreed, set].map(({ code }) => Object.values(code?.operations ?? {}).map(flowOf))
  expect(was?.length).toBe(1)
  const { drifts } = compareSets(agreed, set)
  return { isSame: was?.join() === is?.join(), drifts: drifts.length }
}
const alike = { isSame: true, drifts: 0 }

const refusing = `  if (!mill || mill.shut || mill.age > 9) return res.status(404).end()
  res.json({ name: mill.name })`

test.each([
  [
    'checks one after the other',
    `  if (!mill) return res.status(404).end()
  if (mill.shut) return res.status(404).end()
  if (mill.age > 9) return res.status(404).end()
  res.json({ name: mill.name })`,
  ],
  [
    'checks within each other',
    `  if (mill && !mill.shut) {
    if (!(mill.age > 9)) {
      res.json({ name: mill.name })
      return
    }
  }
  return res.status(404).end()`,
  ],
  [
    'a denied name',
    `  const isFine = !(!mill || mill.shut) && !(9 < mill.age)
  if (isFine) {
    res.json({ name: mill.name })
  } else {
    return res.status(404).end()
  }`,
  ],
  [
    'a question of its own',
    `  if (isGone(mill, 9)) return res.status(404).end()
  res.json({ name: mill.name })`,
  ],
  [
    'what is missing asked otherwise',
    `  if (mill === null || mill === undefined || mill.shut || mill.age > 9) return res.status(404).end()
  res.json({ name: mill.name })`,
  ],
])('the same is refused by %s [SPEC-DRIFT-06]', async (_, body) => {
  const more = `function isGone(one, most) {
  if (!one) return true
  if (one.shut) {
    return true
  }
  return one.age > most
}
`
  expect(await compare(mill(refusing), mill(body, more))).toEqual(alike)
})

const chosen = `  if (kind === 'wind' || kind === 'water') return res.json({ kind })
  if (kind === 'hand') return res.status(410).end()
  res.status(400).end()`

test.each([
  [
    'a list',
    `  if (['wind', 'water'].includes(kind)) return res.json({ kind })
  if (kind === 'hand') return res.status(410).end()
  res.status(400).end()`,
  ],
  [
    'a choice',
    `  switch (kind) {
    case 'wind':
    case 'water':
      return res.json({ kind })
    case 'hand':
      return res.status(410).end()
    default:
      res.status(400).end()
  }`,
  ],
  [
    'cases of which but one holds in another order',
    `  if ('hand' === kind) return res.status(410).end()
  if (kind === 'water' || kind === 'wind') return res.json({ kind })
  res.status(400).end()`,
  ],
])('the same is chosen by %s [SPEC-DRIFT-06]', async (_, body) => {
  expect(await compare(mill(chosen), mill(body))).toEqual(alike)
})

test.each([
  [
    'a value in two ways',
    `  const status = mill.shut ? 409 : 200
  return res.status(status).end()`,
    `  if (mill.shut) return res.status(409).end()
  return res.status(200).end()`,
  ],
  [
    'what may be missing',
    `  if (!mill?.open) return res.status(404).end()
  res.json(mill)`,
    `  if (!mill || !mill.open) return res.status(404).end()
  res.json(mill)`,
  ],
  [
    'what is called of what may be missing',
    `  const code = req.headers['x-mill']
  if (!code || !code.startsWith('m-')) return res.status(401).end()
  res.json(mill)`,
    `  const code = req.headers['x-mill']
  if (!code?.startsWith('m-')) return res.status(401).end()
  res.json(mill)`,
  ],
  [
    'what stands under a key of what may be missing',
    `  if (!mill.gears || !mill.gears[kind]) return res.status(409).end()
  res.json(mill)`,
    `  if (!mill.gears?.[kind]) return res.status(409).end()
  res.json(mill)`,
  ],
  [
    'a question that is made one of true and false',
    `  if (!mill || mill.owner.id !== kind) return res.status(401).end()
  res.json(mill)`,
    `  const isOwn = Boolean(mill) && mill.owner.id === kind
  if (!isOwn) return res.status(401).end()
  res.json(mill)`,
  ],
  [
    'a part of a list that may be missing',
    `  if (!mill) return res.status(404).end()
  if (!(mill.stones || []).some((one) => one.worn)) return res.status(404).end()
  res.json(mill)`,
    `  const isWorn = (mill?.stones ?? []).some((one) => one.worn)
  if (!isWorn) return res.status(404).end()
  res.json(mill)`,
  ],
  [
    'a question put apart',
    `  if (mill.open && (mill.age > 3 || mill.worn)) return res.status(409).end()
  res.json(mill)`,
    `  if ((mill.open && mill.age > 3) || (mill.open && mill.worn)) return res.status(409).end()
  res.json(mill)`,
  ],
])('the same comes of %s [SPEC-DRIFT-06]', async (_, before, after) => {
  expect(await compare(mill(before), mill(after))).toEqual(alike)
})

test.each([
  [
    'Python',
    weir(`    if not weir or weir.shut:
        raise HTTPException(404)
    if kind == "low" and flow >= 3:
        raise HTTPException(404)
    return weir.name`),
    weir(
      `    if not is_fine(weir):
        raise HTTPException(404)
    if kind in ("low",) and not flow < 3:
        raise HTTPException(404)
    return weir.name
`,
      `
def is_fine(one):
    return one and not one.shut
`,
    ),
  ],
  [
    'Go',
    lock(`	if lock.Shut || lock.Age > 9 {
		return c.NoContent(http.StatusForbidden)
	}
	return c.JSON(http.StatusOK, lock)`),
    lock(`	isFine := !lock.Shut && lock.Age <= 9
	if isFine {
		return c.JSON(http.StatusOK, lock)
	}
	return c.NoContent(http.StatusForbidden)`),
  ],
])('the same is refused in %s [SPEC-DRIFT-06]', async (_, before, after) => {
  expect(await compare(before, after)).toEqual(alike)
})

test.each([
  ['a part of a question', refusing, refusing.replace(' || mill.shut', '')],
  ['another junction', refusing, refusing.replace('|| mill.shut ||', '|| mill.shut &&')],
  ['a bound', refusing, refusing.replace('> 9', '>= 9')],
  [
    'an order of checks that answer otherwise',
    `  if (!mill) return res.status(404).end()
  if (kind === 'hand') return res.status(410).end()
  res.json(mill)`,
    `  if (kind === 'hand') return res.status(410).end()
  if (!mill) return res.status(404).end()
  res.json(mill)`,
  ],
  ['a value of a list', chosen, chosen.replace("'water'", "'steam'")],
  [
    'a sum in any case',
    `  let worn = 0
  for (const one of mill.stones) {
    if (one.old) {
      worn += 1
    } else {
      mill.note(one)
    }
  }
  res.json({ worn })`,
    `  let worn = 0
  for (const one of mill.stones) {
    if (!one.old) {
      mill.note(one)
    }
    worn += 1
  }
  res.json({ worn })`,
  ],
  [
    'a sum once',
    `  let worn = 0
  for (const one of mill.stones) {
    mill.note(one)
    worn += 1
  }
  res.json({ worn })`,
    `  let worn = 0
  for (const one of mill.stones) {
    mill.note(one)
  }
  worn += 1
  res.json({ worn })`,
  ],
  [
    'what a function that is handed on adds',
    `  let worn = 0
  mill.stones.forEach((one) => {
    worn += 1
  })
  res.json({ worn })`,
    `  let worn = 0
  mill.stones.forEach((one) => {
    worn += 2
  })
  res.json({ worn })`,
  ],
  [
    'a check after what is done',
    `  if (mill.shut) return res.status(409).end()
  await mills.grind(mill)
  res.json(mill)`,
    `  await mills.grind(mill)
  if (mill.shut) return res.status(409).end()
  res.json(mill)`,
  ],
])('what code does is another for %s [SPEC-DRIFT-06]', async (_, before, after) => {
  expect((await compare(mill(before), mill(after))).isSame).toBe(false)
})

test('what an operation is put behind counts in its order, made by code outside or not [SPEC-DRIFT-06]', async () => {
  const routed = (before: string): Files => ({
    'package.json': '{"type":"module","dependencies":{"express":"4","multer":"1"}}',
    'app.js': `import express from 'express'
import multer from 'multer'
const app = express()
const stones = multer({ dest: 'stones' })
const signedIn = (req, res, next) => (req.get('Authorization') ? next() : res.status(401).end())
app.post('/mills', ${before}, (req, res) => res.json({ name: req.body.name }))
app.listen(3000)
`,
  })
  const [one, other] = ["stones.single('stone'), signedIn", "signedIn, stones.single('stone')"]
  const { isSame } = await compare(routed(one), routed(other))
  expect(isSame).toBe(false)
  expect(await compare(routed(one), routed(one))).toEqual(alike)
})
