import { expect, test } from 'vitest'
import { changesBetween } from '../../src/drift/changes-between.ts'
import { compareSets } from '../../src/drift/compare-code.ts'
import { extractFiles } from '../packs/fixture.ts'

const harbour = (limit: string, methods = '') => ({
  'package.json': '{"type":"module","dependencies":{"express":"4"}}',
  'piers.js': `import { store } from 'pier-store'
export function addPier(store) {
  return class Pier {
    constructor(row) { this.row = row }
    async rename(name) {
      if (name.length > ${limit}) throw new Error('long')
      return store.set(this.row, name)
    }
    async close() { return store.close(this.row) }
${methods}  }
}
export const Pier = addPier(store)
`,
  'app.js': `import express from 'express'
import { Pier } from './piers.js'
const app = express()
app.post('/piers/:id/rename', async (req, res) => {
  res.json(await new Pier(req.params.id).rename(req.query.name))
})
app.post('/piers/:id/close', async (req, res) => {
  res.json(await new Pier(req.params.id).close())
})
app.listen(3000)
`,
})

const drifts = async (after: Record<string, string>) => {
  const [was, is] = [await extractFiles(harbour('9')), await extractFiles(after)]
  return compareSets(was.set, is.set, await changesBetween(was, is)).drifts
}

test('names of a class that a function makes only the operations that run the method [SPEC-DRIFT-04]', async () => {
  const found = await drifts(harbour('8'))
  expect(found).toMatchObject([
    {
      kind: 'changed',
      requirement: 'POST /piers/{id}/rename',
      before: "Where `name.length > 9`, it fails with `new Error('long')`.",
      after: "Where `name.length > 8`, it fails with `new Error('long')`.",
    },
  ])
})

test('is no change of code where such a class has a method more that nobody calls [SPEC-DRIFT-06]', async () => {
  const found = await drifts(harbour('9', '    age() { return this.row.age ?? 1 }\n'))
  expect(found.filter(({ kind }) => kind === 'changed')).toEqual([])
})
