import { beforeAll, expect, test } from 'vitest'
import { codeChanges } from '../../src/drift/code-changes.ts'
import { compareSets, noChanges } from '../../src/drift/compare-code.ts'
import { readSource } from '../../src/extract/read-repository.ts'
import { loadGrammars } from '../../src/parse/syntax-tree.ts'
import { extractFiles } from '../packs/fixture.ts'

beforeAll(loadGrammars)

async function changed(path: string, before: string, after: string) {
  const read = (text: string) => readSource(path, () => Promise.resolve(text))
  return codeChanges([{ was: await read(before), is: await read(after) }])
}
/** What is told of steps of a function that come in the order that `now` says. */
async function turned(path: string, around: (steps: string) => string, steps: string[], now: number[]) {
  const after = now.map((at) => steps[at] ?? '')
  const found = await changed(path, around(steps.join('\n')), around(after.join('\n')))
  return found.map(({ isUnsure }) => (isUnsure ? 'note' : 'change'))
}

const ferry = (steps: string) => `export async function dock(ferry, berth, crew) {\n${steps}\n}\n`
const quay = (steps: string) => `def dock(self, ferry, berth):\n${steps.replace(/^/gm, '    ')}\n`
const pier = (steps: string) => `class Pier {\n  Ferry dock(Ferry ferry, Berth berth) {\n${steps}\n  }\n}\n`
const lock = (steps: string) =>
  `package lock\n\nfunc dock(w http.ResponseWriter, r *http.Request, ferry *Ferry) {\n${steps}\n}\n`

test.each([
  [
    'what is set after it was handed on',
    'dock.js',
    ferry,
    ['ferry.place = berth.id', 'await crew.keep(ferry)'],
  ],
  [
    'what is set after it was handed on',
    'dock.py',
    quay,
    ['ferry.place = berth.id', 'self.store.keep(ferry=ferry)'],
  ],
  [
    'a setter after it was handed on',
    'Pier.java',
    pier,
    ['ferry.setPlace(null);', 'Stay kept = Stays.of(berth, ferry);'],
  ],
  ['two things that one does with the same', 'dock.py', quay, ['berth.open(ferry)', 'berth.close(ferry)']],
  [
    'what goes out in its order, and elsewhere too',
    'lock.go',
    (steps: string) => lock(`if ferry.full {\n\thttp.Redirect(w, r, "/quay", 302)\n\treturn\n}\n${steps}`),
    ['mark(w, ferry)', 'http.Redirect(w, r, "/quay", 302)'],
  ],
  ['what goes out in its order', 'lock.go', lock, ['mark(w, ferry)', 'http.Redirect(w, r, "/quay", 302)']],
])('tells %s as a change: %s [SPEC-DRIFT-07]', async (_, path, around, steps) => {
  expect(await turned(path, around, steps, [1, 0])).toEqual(['change'])
})

test.each([
  ['calls of other things', 'dock.js', ferry, ['crew.call(berth)', 'ferry.moor()']],
  [
    'a call before what asks of the same',
    'dock.js',
    ferry,
    ['await crew.refit(ferry)', 'const left = await berth.left(ferry)'],
  ],
  [
    'what gives an error besides',
    'lock.go',
    lock,
    ['ferry.queue.drop(ferry.ID)', 'kept, err := ferry.store.Put(ferry)'],
  ],
])('notes %s in another order: %s [SPEC-DRIFT-07]', async (_, path, around, steps) => {
  expect(await turned(path, around, steps, [1, 0])).toEqual(['note'])
})

test.each([
  [
    'two things that are asked',
    'dock.js',
    ferry,
    ['const a = await berth.free()', 'const b = await crew.free()'],
  ],
  ['two members that are set', 'dock.py', quay, ['ferry.place = berth.id', 'ferry.since = self.now()']],
  ['two setters', 'Pier.java', pier, ['ferry.setPlace(berth.id());', 'ferry.setSince(now());']],
  [
    'two keys that are put',
    'Pier.java',
    pier,
    ['ferry.put("place", berth.id());', 'ferry.put("since", now());'],
  ],
  ['a log', 'dock.js', ferry, ["console.log('docks', ferry)", 'crew.call(ferry)']],
  ['what is made and a call', 'Pier.java', pier, ['Rope rope = new Rope(ferry);', 'berth.open(ferry);']],
  ['what languages only ask', 'dock.js', ferry, ['const name = ferry.name.trim()', 'crew.call(ferry)']],
])('leaves %s in another order alone: %s [SPEC-DRIFT-07]', async (_, path, around, steps) => {
  expect(await turned(path, around, steps, [1, 0])).toEqual([])
})

test('leaves what is done in cases of which but one holds alone [SPEC-DRIFT-07]', async () => {
  const [one, other] = ['ferry.place = 0\n    crew.rest(ferry)', 'berth.open(ferry)\n    ferry.moor()']
  const was = ferry(`  if (ferry.full) {\n    ${one}\n  } else {\n    ${other}\n  }`)
  const is = ferry(`  if (!ferry.full) {\n    ${other}\n    return\n  }\n  ${one}`)
  expect(await changed('dock.js', was, is)).toEqual([])
})

test('notes an order where what changed places says it by another variable [SPEC-DRIFT-07]', async () => {
  const [keep, drop] = ['  const kept = await crew.keep(ferry)', '  berth.drop(kept.id)']
  const was = ferry(`${keep}\n${drop}\n  return kept`)
  const is = ferry(`${drop.replace('kept', 'ferry')}\n${keep}\n  return kept`)
  expect(await changed('dock.js', was, is)).toMatchObject([{ isUnsure: true }])
})

test('says what came first and what comes first now [SPEC-DRIFT-07]', async () => {
  const steps = ['  ferry.place = berth.id', '  await crew.keep(ferry)']
  const [one, other] = steps
  expect(await changed('dock.js', ferry(steps.join('\n')), ferry(`${other}\n${one}`))).toMatchObject([
    {
      was: 'It does `ferry.place = berth.id` before `await crew.keep(ferry)`.',
      is: 'The order of `ferry.place = berth.id` and `await crew.keep(ferry)` changed: it does `await crew.keep(ferry)` first.',
    },
  ])
})

test('is a note on the operation where the order may not matter, and a drift where it does [SPEC-DRIFT-07]', async () => {
  const app = (steps: string) => ({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `const express = require('express')
const { ferries, crew, bell } = require('harbour')
const app = express()
app.post('/ferries/:id/dock', async (req, res) => {
  const ferry = await ferries.find(req.params.id)
${steps}
  res.json(ferry)
})
app.listen(3000)
`,
  })
  const drifts = async (before: string, after: string) => {
    const [was, is] = [await extractFiles(app(before)), await extractFiles(app(after))]
    const behind = await changed('app.js', app(before)['app.js'], app(after)['app.js'])
    return compareSets(was.set, is.set, { ...noChanges, behind }).drifts
  }
  const [set, keep, ring] = ['  ferry.at = 9', '  await crew.keep(ferry)', '  bell.ring(2)']
  expect(await drifts(`${set}\n${keep}`, `${keep}\n${set}`)).toMatchObject([
    { kind: 'changed', factKind: 'code', requirement: 'POST /ferries/{id}/dock' },
  ])
  expect(await drifts(`${ring}\n${keep}`, `${keep}\n${ring}`)).toMatchObject([
    {
      kind: 'unproved',
      factKind: 'code',
      before: null,
      after: expect.stringContaining('it does `await crew.keep(ferry)` first'),
    },
  ])
})

test('is on the operation too where the function only calls others [SPEC-DRIFT-07]', async () => {
  const app = (steps: string) => ({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `const express = require('express')
const { ferries, crew } = require('harbour')
const app = express()
function settle(ferry) {
${steps}
}
function free(ferry) {
  crew.free(ferry.id)
}
function moor(ferry) {
  crew.moor(ferry.id, 2)
}
app.post('/ferries/:id/settle', (req, res) => {
  settle(ferries.find(req.params.id))
  res.json({ done: true })
})
app.listen(3000)
`,
  })
  const [one, other] = [app('  free(ferry)\n  moor(ferry)'), app('  moor(ferry)\n  free(ferry)')]
  const [was, is] = [await extractFiles(one), await extractFiles(other)]
  const behind = await changed('app.js', one['app.js'], other['app.js'])
  expect(compareSets(was.set, is.set, { ...noChanges, behind }).drifts).toMatchObject([
    { kind: 'unproved', requirement: 'POST /ferries/{id}/settle' },
  ])
})

test('tells a member that is set no more [SPEC-DRIFT-07]', async () => {
  const was = quay('berths = self.berths(ferry)\nshown = Shown(ferry)\nshown.berths = berths\nreturn shown')
  expect(await changed('dock.py', was, was.replace('    shown.berths = berths\n', ''))).toMatchObject([
    { was: '`shown.berths = berths`', is: 'left out', isUnsure: false },
  ])
})
