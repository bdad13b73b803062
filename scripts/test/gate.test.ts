import { expect, test } from 'vitest'
import { checkRequirements } from '../requirements/gate.ts'

const a = { id: 'X-ONE-01', source: 's', behaviour: 'b' }
const b = { id: 'X-TWO-01', source: 's', behaviour: 'b', status: 'open' as const }
const tests = (text: string) => [{ path: 't.test.ts', text }]

test('passes when each is cited or open', () => {
  expect(checkRequirements([a, b], tests("test('does it [X-ONE-01]', …"))).toEqual({
    problems: [],
    proven: 1,
    open: [b],
  })
})

test.each([
  ['no test cites it', [a], ''],
  ['open, but t.test.ts cites it', [b], '[X-TWO-01]'],
  ['there is no such requirement', [], '[X-THREE-01]'],
  ['used twice', [a, a], '[X-ONE-01]'],
  ['an id is AREA-TOPIC-NN', [{ ...b, id: 'x1' }], ''],
])('fails when %s', (words, requirements, text) => {
  expect(checkRequirements(requirements, tests(text)).problems.join()).toContain(words)
})
