import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const steps = Array.from({ length: 24 }, (_, at) => at)

test('each method that is a case of a switch is an operation, however much the code of the first one does [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"name":"kiosk","dependencies":{"next":"14"}}',
    'lib/shelf.js': `
${steps.map((at) => `const step${at} = async (db, key) => { if (!(await db.get(key))) throw new Error('no ${at}'); await step${at + 1}(db, key + 1); await step${at + 1}(db, key + 2) }`).join('\n')}
const step${steps.length} = async (db, key) => db.put(key)
export const fill = step0
`,
    'pages/api/papers.ts': `
import { fill } from '../../lib/shelf'
const handler = async (req, res) => {
  const { method } = req
  try {
    switch (method) {
      case 'PATCH':
        return await change(req, res)
      case 'GET':
        return await list(req, res)
      case 'DELETE':
        return await drop(req, res)
      default:
        res.status(405).json({ error: { message: 'not here' } })
    }
  } catch (err) {
    const { message, statusCode = 500 } = err
    return res.status(statusCode).json({ error: { message } })
  }
}
const change = async (req, res) => {
  await fill(db, req.query.kiosk)
  res.json({ data: null })
}
const list = async (req, res) => {
  res.json({ data: await db.list(req.query.kiosk) })
}
const drop = async (req, res) => {
  await db.drop(req.query.kiosk)
  res.status(204).end()
}
export default handler
`,
  })
  expect(
    factsOf(set.facts, 'operation')
      .map(({ method }) => method)
      .toSorted(),
  ).toEqual(['DELETE', 'GET', 'PATCH'])
}, 60_000)

test('a handler that refuses all but some methods is for those, also where what follows does not ask for them [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"name":"kiosk","dependencies":{"next":"14"}}',
    'pages/api/papers.ts': `
export default async function handler(req, res) {
  let papers
  try {
    if (req.method !== 'GET' && req.method !== 'POST') throw { statusCode: 405 }
    papers = await db.find(req.query.kiosk)
  } catch (error) {
    return res.status(error.statusCode || 500).json({})
  }
  res.json({ papers })
}
`,
  })
  expect(
    factsOf(set.facts, 'operation')
      .map(({ method }) => method)
      .toSorted(),
  ).toEqual(['GET', 'POST'])
})
