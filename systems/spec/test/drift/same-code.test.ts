import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareSets } from '../../src/drift/compare-code.ts'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { concat, nothingDone, steps } from '../../src/extract/step-sequence.ts'
import { flowOf, wordsOf } from '../../src/facts/code-mark.ts'
import { parseAgreed, serializeAgreed } from '../../src/facts/agreed-facts.ts'
import { extractFiles } from '../packs/fixture.ts'
import { edited } from './marked.ts'
import type { Edit, Files } from './marked.ts'

const spring: Files = {
  'pom.xml':
    '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
  'src/main/java/quay/Berths.java': `package quay;
import org.springframework.stereotype.Service;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.http.HttpStatus;
import quay.store.Register;
import quay.store.Harbour;
@Service
public class Berths {
    private final Register register;
    private final Harbour harbour;
    private final Names names;
    public Berths(Register register, Harbour harbour, Names names) { this.register = register; this.harbour = harbour; this.names = names; }
    public String book(String boat) {
        checkFree(boat);
        return harbour.book(boat);
    }
    private void checkFree(String boat) {
        if (register.find(boat).isPresent() && register.find(boat).get().getNights() > 3) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "taken");
        }
    }
}
`,
  'src/main/java/quay/Names.java': `package quay;
import org.springframework.stereotype.Service;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.http.HttpStatus;
import quay.store.Register;
@Service
public class Names {
    private final Register register;
    public Names(Register register) { this.register = register; }
    public String of(String boat) { return register.name(boat); }
}
`,
  'src/main/java/quay/BerthController.java': `package quay;
import org.springframework.web.bind.annotation.*;
@RestController
public class BerthController {
    private final Berths berths;
    public BerthController(Berths berths) { this.berths = berths; }
    @PostMapping("/berths/{boat}")
    public String book(@PathVariable String boat) { return berths.book(boat); }
}
`,
}
const checkFree =
  /    private void checkFree[^]*?\n    }\n/.exec(spring['src/main/java/quay/Berths.java'] ?? '')?.[0] ?? ''
const moved: Edit = {
  'src/main/java/quay/Berths.java': [
    [checkFree, ''],
    ['checkFree(boat)', 'names.checkFree(boat)'],
  ],
  'src/main/java/quay/Names.java': [
    ['    public String of', `${checkFree.replace('private', 'public')}    public String of`],
  ],
}

const agreedOf = async (files: Files) => parseAgreed(serializeAgreed((await extractFiles(files)).set))
const after = async (files: Files, edit: Edit) => (await extractFiles(edited(files, edit))).set

test('a method that moved to another class is no drift, though what it asks is read by other names [SPEC-DRIFT-06]', async () => {
  const [agreed, now] = [await agreedOf(spring), await after(spring, moved)]
  expect(compareFacts(agreed.facts, now.facts).drifts).toMatchObject([{ kind: 'changed', factKind: 'error' }])
  expect(compareSets(agreed, now).drifts).toEqual([])
})

test('a method that moved and asks for something else is drift [SPEC-DRIFT-06]', async () => {
  const edit = Object.fromEntries(
    Object.entries(moved).map(([path, changes]) => [
      path,
      Array.isArray(changes)
        ? changes.map(([from, to]): [string, string] => [from, to.replace('> 3', '> 5')])
        : changes,
    ]),
  )
  const found = compareSets(await agreedOf(spring), await after(spring, edit)).drifts
  expect(found).toMatchObject([{ kind: 'changed', requirement: 'POST /berths/{boat}', factKind: 'error' }])
})

test('an annotation of a method that moved is told [SPEC-DRIFT-06]', async () => {
  const [was = '', is = ''] = await Promise.all(
    ['', '@Loud(3) '].map(async (annotation) => {
      const edit: Edit = { 'src/main/java/quay/Berths.java': [['private void', `${annotation}private void`]] }
      return (await marks(edited(spring, edit)))['POST /berths/{boat}']
    }),
  )
  expect(flowOf(was)).not.toBe('')
  expect(flowOf(is)).not.toBe(flowOf(was))
})

const marks = async (files: Files): Promise<Record<string, string>> => {
  const { facts, code } = (await extractFiles(files)).set
  return Object.fromEntries(
    facts.flatMap((fact) =>
      fact.kind === 'operation' ? [[`${fact.method} ${fact.path}`, code?.operations[fact.id] ?? '']] : [],
    ),
  )
}

const koa = (handler: string, more = ''): Files => ({
  'package.json': '{"type":"module","dependencies":{"express":"4"}}',
  'app.js': `import express from 'express'
import { lamps } from 'lamp-store'
const app = express()
app.get('/lamps/:code', async (req, res) => {
${handler}
})
${more}
app.listen(3000)
`,
})
const whole = `  const lamp = await lamps.byCode(req.params.code, 7)
  if (!lamp || lamp.hours > 90) {
    res.status(404).json({ error: 'none' })
    return
  }
  lamps.count(lamp, req.params.code)
  res.json({ lamp })`

test.each([
  [
    'a function that is taken out',
    `  const lamp = await byCode(req.params.code)
  if (isOld(lamp)) {
    res.status(404).json({ error: 'none' })
    return
  }
  lamps.count(lamp, req.params.code)
  answer(res, lamp)`,
    `const byCode = (code) => lamps.byCode(code, 7)
function isOld(lamp) { return !lamp || lamp.hours > 90 }
function answer(out, lamp) { out.json({ lamp }) }`,
  ],
  [
    'a variable that gets a name, and one that has none any more',
    `  const { code } = req.params
  const found = await lamps.byCode(code, 7)
  const isOld = !found || found.hours > 90
  if (isOld) {
    res.status(404).json({ error: 'none' })
    return
  }
  lamps.count(found, code)
  res.json({ lamp: found })`,
    '',
  ],
  [
    'an else in the place of an early end',
    `  const lamp = await lamps.byCode(req.params.code, 7)
  if (!lamp || lamp.hours > 90) {
    res.status(404).json({ error: 'none' })
    return
  } else {
    lamps.count(lamp, req.params.code)
    res.json({ lamp })
  }`,
    '',
  ],
  [
    'the rest of a function in another one',
    `  const lamp = await lamps.byCode(req.params.code, 7)
  return finish(lamp, req, res)`,
    `function finish(lamp, { params: { code } }, res) {
  if (!lamp || lamp.hours > 90) {
    res.status(404).json({ error: 'none' })
    return
  }
  lamps.count(lamp, code)
  res.json({ lamp })
}`,
  ],
])('what code does in its order stays the same for %s [SPEC-DRIFT-06]', async (_, handler, more) => {
  const [before, now] = [await marks(koa(whole)), await marks(koa(handler, more))]
  const [was = '', is = ''] = [before, now].map((all) => all['GET /lamps/{code}'])
  expect(flowOf(was)).not.toBe('')
  expect(flowOf(is)).toBe(flowOf(was))
})

test.each([
  ['what stands around a handler', 'const most = 3', 'const most = 4'],
  ['what a function is made with', `lift('north')`, `lift('south')`],
])('what code does in its order differs for another value of %s [SPEC-DRIFT-06]', async (_, from, to) => {
  const more = `const lift = (side) => (req, res, next) => {
  if (req.query.side === side) next()
  else res.status(409).json({ error: 'other side' })
}
function routes(to) {
  const most = 3
  to.get('/lifts/:code', lift('north'), (req, res) => res.json({ left: most - 1, lift: lamps.lift(req.params.code) }))
}
routes(app)`
  const [before, now] = [await marks(koa(whole, more)), await marks(koa(whole, more.replaceAll(from, to)))]
  const [was = '', is = ''] = [before, now].map((all) => all['GET /lifts/{code}'])
  expect(flowOf(was)).not.toBe('')
  expect(flowOf(is)).not.toBe(flowOf(was))
})

test.each([
  ['arguments that are swapped', ['count(lamp, req.params.code)', 'count(req.params.code, lamp)']],
  ['one variable for another', ['count(lamp, req.params.code)', 'count(req, req.params.code)']],
  [
    'statements in another order',
    [
      '  lamps.count(lamp, req.params.code)\n  res.json({ lamp })',
      '  res.json({ lamp })\n  lamps.count(lamp, req.params.code)',
    ],
  ],
  ['operands that are swapped', ['lamp.hours > 90', '90 > lamp.hours']],
])('what code does in its order differs for %s [SPEC-DRIFT-06]', async (_, [from = '', to = '']) => {
  const [before, now] = [await marks(koa(whole)), await marks(koa(whole.replace(from, to)))]
  const [was = '', is = ''] = [before, now].map((all) => all['GET /lamps/{code}'])
  expect(wordsOf(is)).toBe(wordsOf(was))
  expect(flowOf(is)).not.toBe(flowOf(was))
})

const echo = (handler: string, more = ''): Files => ({
  'go.mod': 'module barn\n\ngo 1.22\n\nrequire github.com/labstack/echo/v4 v4.11.0\n',
  'main.go': `package main

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"example.org/stalls"
)

func main() {
	e := echo.New()
	e.GET("/stalls/:id", show)
	e.Start(":80")
}

func show(c echo.Context) error {
${handler}
}
${more}`,
})
const read = `	stall, err := stalls.ByID(c.Param("id"))
	if err != nil {
		return err
	}
	if stall.Closed {
		return echo.NewHTTPError(http.StatusGone, "closed")
	}
	if err := stalls.Seen(stall, 2); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, stall)`

test.each([
  [
    'what may fail in a function that is taken out',
    `	stall, err := open(c)
	if err != nil {
		return err
	}
	if err := stalls.Seen(stall, 2); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, stall)`,
    `func open(c echo.Context) (*stalls.Stall, error) {
	stall, err := stalls.ByID(c.Param("id"))
	if err != nil {
		return nil, err
	}
	if stall.Closed {
		return nil, echo.NewHTTPError(http.StatusGone, "closed")
	}
	return stall, nil
}
`,
    true,
  ],
  [
    'an error that is not asked for',
    read.replace('stall, err :=', 'stall, _ :=').replace(/\tif err != nil \{\n\t\treturn err\n\t\}\n/, ''),
    '',
    false,
  ],
  ['another number', read.replace('(stall, 2)', '(stall, 3)'), '', false],
])('Go: %s [SPEC-DRIFT-06]', async (_, handler, more, isSame) => {
  const [before, now] = [await marks(echo(read)), await marks(echo(handler, more))]
  const [was = '', is = ''] = [before, now].map((all) => all['GET /stalls/{id}'])
  expect(flowOf(was)).not.toBe('')
  expect(flowOf(is) === flowOf(was)).toBe(isSame)
})

test('a sequence of steps is the same wherever it is cut, and another in another order', () => {
  const all = (of: readonly number[]) => of.map(steps).reduce(concat, nothingDone)
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 20 }), fc.nat(), (of, at) => {
      const cut = of.length === 0 ? 0 : at % of.length
      expect(concat(all(of.slice(0, cut)), all(of.slice(cut)))).toEqual(all(of))
    }),
  )
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (a, b) => {
      fc.pre(a !== b)
      expect(all([a, b])).not.toEqual(all([b, a]))
    }),
  )
})
