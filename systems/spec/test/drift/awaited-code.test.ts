import { expect, test } from 'vitest'
import { changesBetween } from '../../src/drift/changes-between.ts'
import { compareSets } from '../../src/drift/compare-code.ts'
import { isNote } from '../../src/drift/compare-facts.ts'
import { flowOf } from '../../src/facts/code-mark.ts'
import { extractFiles } from '../packs/fixture.ts'
import type { Files } from './marked.ts'

const ferries = (body: string, rest = ''): Files => ({
  'package.json': '{"type":"module","dependencies":{"express":"4"}}',
  'app.js': `import express from 'express'
import { berths } from 'berth-store'
const app = express()
app.get('/ferries/:code', async (req, res) => {
${body}
})
${rest}
app.listen(3000)
`,
})
const lodges = (body: string, rest = ''): Files => ({
  'requirements.txt': 'fastapi\n',
  'app.py': `from fastapi import FastAPI
from store import berths
app = FastAPI()

@app.get("/lodges/{code}")
async def read(code: str):
${body}

${rest}
`,
})

async function compared(before: Files, after: Files) {
  const [was, is] = [await extractFiles(before), await extractFiles(after)]
  const flows = [was, is].map(({ set }) =>
    Object.values(set.code?.operations ?? {})
      .map(flowOf)
      .join(),
  )
  const changes = await changesBetween(was, is)
  const { drifts } = compareSets(was.set, is.set, changes)
  return { isSame: flows[0] === flows[1], drifts: drifts.filter((one) => !isNote(one)) }
}

const found = `  const ferry = await berths.find(req.params.code, { inPort: true })
  res.json({ at: ferry.pier?.name, since: ferry.since })`
const inFunction = (text: string) => `  const ferry = ${text}find(req.params.code)
  res.json({ at: ferry.pier?.name, since: ferry.since })`
const own = (body: string) => `async function find(code) {\n${body}\n}`

test.each([
  ['that something outside is not waited for', ferries(found), ferries(found.replace('await ', ''))],
  [
    'that a function of its own is not waited for',
    ferries(inFunction('await '), own('  return berths.find(code, { inPort: true })')),
    ferries(inFunction(''), own('  return berths.find(code, { inPort: true })')),
  ],
  [
    'that what nobody takes is not waited for',
    ferries(`  await berths.close(req.params.code)\n${found}`),
    ferries(`  berths.close(req.params.code)\n${found}`),
  ],
  ['that a part is taken of what may be missing', ferries(found), ferries(found.replace('?.', '.'))],
  [
    'that Python does not wait',
    lodges('    return {"at": (await berths.find(code)).pier}'),
    lodges('    return {"at": (berths.find(code)).pier}'),
  ],
  [
    'that Python does not wait for what it returns',
    lodges('    return await berths.find(code)'),
    lodges('    return berths.find(code)'),
  ],
])('tells %s [SPEC-DRIFT-07]', async (_, before, after) => {
  const { isSame, drifts } = await compared(before, after)
  expect(isSame).toBe(false)
  expect(drifts).toHaveLength(1)
})

test.each([
  [
    'a function that waits for what it returns is taken out',
    ferries(found),
    ferries(inFunction('await '), own('  return await berths.find(code, { inPort: true })')),
  ],
  [
    'a function that returns what is to be waited for is taken out',
    ferries(found),
    ferries(inFunction('await '), own('  return berths.find(code, { inPort: true })')),
  ],
  [
    'a function that gives what it waited for a name is taken out',
    ferries(found),
    ferries(
      inFunction('await '),
      own('  const one = await berths.find(code, { inPort: true })\n  return one'),
    ),
  ],
  [
    'steps that are waited for are taken out',
    ferries(`  await berths.close(1)\n  await berths.open(2)\n${found}`),
    ferries(
      `  await turn()\n${found}`,
      'async function turn() {\n  await berths.close(1)\n  await berths.open(2)\n}',
    ),
  ],
  [
    'Python takes out what it waits for',
    lodges('    one = await berths.find(code)\n    return {"at": one.pier}'),
    lodges(
      '    one = await find(code)\n    return {"at": one.pier}',
      'async def find(code):\n    return await berths.find(code)',
    ),
  ],
])('is quiet where %s [SPEC-DRIFT-06]', async (_, before, after) => {
  const { isSame, drifts } = await compared(before, after)
  expect(isSame).toBe(true)
  expect(drifts).toEqual([])
})

test('tells without history that something is not waited for, as a note [SPEC-DRIFT-05]', async () => {
  const [was, is] = [
    await extractFiles(ferries(found)),
    await extractFiles(ferries(found.replace('await ', ''))),
  ]
  const { drifts } = compareSets(was.set, is.set)
  expect(drifts.map(({ after }) => after)).toEqual([expect.stringContaining('`await` is gone from')])
})

test('takes what is returned for the same, waited for or not [SPEC-DRIFT-06]', async () => {
  const call = (wait: string) =>
    ferries(
      '  const one = await find(req.params.code)\n  res.json({ at: one.name })',
      own(`  return ${wait}berths.find(code)`),
    )
  const { isSame, drifts } = await compared(call(''), call('await '))
  expect(isSame).toBe(true)
  expect(drifts).toEqual([])
})
