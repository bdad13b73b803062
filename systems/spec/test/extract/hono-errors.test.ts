import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'
import { printedAnswers } from './printed-answers.ts'

const ferry = (asked: string, refused = 'refuse') => ({
  'package.json': '{"name":"ferry","dependencies":{"hono":"4"}}',
  'ferry.ts': `import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
class Sunk extends Error {}
const refuse = (status: number, error: string) => {
  throw new HTTPException(status, { cause: { error } })
}
const ask = (e: any) => ${asked}
const app = new Hono()
app.get('/ferries/:id', async (c) => {
  const ferry = await ferries.find(c.req.param('id'))
  if (!ferry) ${refused}(404, 'no_ferry')
  return c.json(ferry)
})
app.onError(async (e: any, c) => {
  const isOfHono = ask(e)
  if (isOfHono) {
    let res = { error: 'unknown' }
    try {
      if (e.cause && typeof e.cause === 'object' && 'error' in e.cause) res = { error: e.cause.error }
      else if (e.res) res = await e.getResponse().json()
    } catch {}
    return c.json(res, e.status)
  }
  if (e instanceof Sunk) return c.json({ error: 'sunk' }, 503)
  return c.json({ error: 'unknown' }, 500)
})
export default app
`,
})

async function errorsOf(asked: string, refused?: string) {
  const { set } = await extractFiles(ferry(asked, refused))
  return factsOf(set.facts, 'error')
    .map((one) => `${one.grade}: ${sayFact(one, 'it')}`)
    .toSorted()
}

test.each([
  `e && typeof e === 'object' && typeof e.status === 'number' && typeof e.getResponse === 'function'`,
  `e !== null && 'getResponse' in e`,
  `e instanceof HTTPException`,
])('an error of Hono is one where a handler asks %s [SPEC-EXTRACT-06]', async (asked) => {
  expect(await errorsOf(asked)).toEqual([
    'proved: IF, for it, `ferries.find(path.id)` is missing, THEN the service SHALL answer 404.',
  ])
})

test('an error of Hono has no name of its own, and nothing that errors of other libraries have [SPEC-EXTRACT-06]', async () => {
  const failed = [
    expect.stringMatching(
      /^proved: IF, for it, `ferries\.find\(path\.id\)` is missing, THEN the service SHALL answer 500 /,
    ),
  ]
  expect(await errorsOf(`e.name === 'HTTPException'`)).toEqual(failed)
  expect(await errorsOf(`e.issues`)).toEqual(failed)
})

test('what throws by itself is not thrown again where its call is [SPEC-EXTRACT-06]', async () => {
  expect(await errorsOf(`e instanceof HTTPException`, 'throw refuse')).toEqual([
    'proved: IF, for it, `ferries.find(path.id)` is missing, THEN the service SHALL answer 404.',
  ])
})

test('an error that is made with its text in options says it, also of a class that hands it up [SPEC-EXTRACT-06]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"hono":"4.0.0"}}',
      'app.ts': `
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { serve } from '@hono/node-server'
const statuses = { GONE: 410 } as const
class Refused extends HTTPException {
  constructor({ code, message }: { code: keyof typeof statuses, message: string }) {
    super(statuses[code], { message })
  }
}
const app = new Hono()
app.onError((error, c) => c.json({ message: error.message }, error.status))
app.get('/kites', (c) => {
  if (!c.req.query('wind')) throw new Refused({ code: 'GONE', message: 'No wind' })
  if (!c.req.query('line')) throw new HTTPException(403, { message: 'No line' })
  return c.json({})
})
serve(app)
`,
    }),
  ).toEqual({
    '/kites': ['410 No wind where !query.wind', '403 No line where !query.line and query.wind', '200'],
  })
})
