import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what a function gives that nobody could read by what it is made of is told by the call [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"type":"module","dependencies":{"express":"5","zod":"3","knex":"3"}}',
    'src/store.js': `import { z } from 'zod'
import knex from 'knex'
const db = knex({})
const kinds = { crates: z.object({ id: z.number(), weight: z.number() }).merge(z.object({ place: z.string() })) }
export async function find(kind, where) {
  const rows = await Object.entries(where).reduce((query, [name, value]) => query.where(name, value), db(kind)).returning('*')
  return z.array(kinds[kind]).parse([...rows, ...[]].filter(Boolean))
}
`,
    'src/app.js': `import express from 'express'
import { find } from './store.js'
const app = express()
app.get('/crates/:id', async (req, res) => {
  const [crate] = await find('crates', { id: req.params.id })
  if (!crate) return res.status(404).json({ error: 'no crate' })
  res.json(crate)
})
app.listen(80)
`,
  })
  const found = factsOf(set.facts, 'error').filter(({ status }) => status === 404)
  expect(found.map(({ grade, condition }) => [grade, condition.flat().map(({ op }) => op)])).toEqual([
    ['proved', ['absent']],
  ])
  expect(found[0]?.condition[0]?.[0]?.subject).toMatch(/^‹?find\("crates", \{id: path\.id\}\)/)
})
