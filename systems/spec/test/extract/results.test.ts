import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

const boats = (fail: string) => ({
  'package.json': '{"dependencies":{"express":"4","neverthrow":"6"}}',
  'boats.ts': `export { boats } from 'some-boats'`,
  'app.ts': `
import express from 'express'
import { err, ok } from 'neverthrow'
import { boats } from './boats'
const app = express()
const find = async (id: string) => {
  const boat = await boats.find(id)
  return boat ? ok(boat) : err({ kind: 'lost' })
}
const own = async (id: string, who: string) =>
  (await find(id)).andThen((boat) => (boat.owner === who ? ok(boat) : err({ kind: 'foreign' })))
${fail}
app.get('/boats/:id', async (req, res) => {
  const found = await find(req.params.id)
  found.match((boat) => res.json({ boat }), (error) => fail(res, error))
})
app.delete('/boats/:id', async (req, res) => {
  const owned = await own(req.params.id, req.query.who)
  if (owned.isErr()) return fail(res, owned.error)
  res.sendStatus(204)
})
app.listen(1)
`,
})
const told = [
  'IF, for DELETE /boats/{id}, `boats.find(path.id)` is missing, THEN the service SHALL answer 404 with error (string, required) and say "lost".',
  'IF, for DELETE /boats/{id}, `boats.find(path.id)` is there and `boats.find(path.id).owner == query.who` does not hold, THEN the service SHALL answer 403 with error (string, required) and say "not yours".',
  'IF, for GET /boats/{id}, `boats.find(path.id)` is missing, THEN the service SHALL answer 404 with error (string, required) and say "lost".',
].toSorted()

test('which of two results of neverthrow a call gives is known where it is made, and which error it has [SPEC-EXTRACT-05]', async () => {
  expect(
    await saidErrors(
      boats(`
const fail = (res, error) =>
  error.kind === 'lost' ? res.status(404).json({ error: 'lost' }) : res.status(403).json({ error: 'not yours' })
`),
    ),
  ).toEqual(told)
})

test('of an error that is one of several each is compared with the cases of a switch by itself [SPEC-EXTRACT-05]', async () => {
  expect(
    await saidErrors(
      boats(`
function fail(res, error) {
  switch (error.kind) {
    case 'lost': return res.status(404).json({ error: 'lost' })
    case 'foreign': return res.status(403).json({ error: 'not yours' })
    case 'taken': return res.status(409).json({ error: 'taken' })
  }
}
`),
    ),
  ).toEqual(told)
})
