import { describe, expect, it } from 'vitest'
import { changesOf, draftOf, newDraft } from '../../console/routes/route-draft.ts'
import { offsetOf } from '../../console/routes/offset-of.ts'
import { problemAt } from '../../console/routes/use-config.ts'
import { gatewayConfigSchema } from '../../src/table/gateway-config.ts'

const table = gatewayConfigSchema.parse({
  providers: { gpus: { kind: 'openai', replicas: ['http://127.0.0.1:8000/v1'] } },
  models: { large: { targets: [{ provider: 'gpus', model: 'big', tier: 1 }], cache: { ttlSeconds: 60 } } },
})
const large = table.models['large']
if (!large) throw new Error('The table above has a large model.')

describe('the form of a route', () => {
  it('changes nothing when nothing was typed', () => {
    expect(changesOf(draftOf(large), draftOf(large))).toEqual({})
  })

  it('sends the parts that changed, whole [MODELS-CONSOLE-03]', () => {
    const draft = { ...draftOf(large), hedgeAfterMs: '250', totalMs: '9000', isCached: false }
    expect(changesOf(draftOf(large), draft)).toEqual({
      hedgeAfterMs: 250,
      deadlines: { firstTokenMs: 60_000, betweenTokensMs: 30_000, totalMs: 9000 },
      cache: null,
    })
  })

  it('makes a new model that the gateway accepts', () => {
    const draft = { ...newDraft('gpus'), targets: [{ provider: 'gpus', model: 'big', tier: '' }] }
    const models = { fresh: changesOf(null, draft) }
    expect(gatewayConfigSchema.parse({ models }).models['fresh']?.targets).toEqual([
      { provider: 'gpus', model: 'big', tier: 0 },
    ])
  })

  it('leaves what is not a number to the server, which says what is wrong', () => {
    const changes = changesOf(draftOf(large), { ...draftOf(large), retries: 'two' })
    expect(changes).toEqual({ retries: 'two' })
    expect(gatewayConfigSchema.safeParse({ models: { large: { ...large, ...changes } } }).success).toBe(false)
  })

  it('finds the problems of a field and of what is in it, not of its neighbours', () => {
    const problem = (path: string, message: string) => ({ line: 1, column: 1, path, message })
    const problems = [problem('models.large.targets[0].provider', 'unknown'), problem('models.larger', 'no')]
    expect(problemAt(problems, ['models', 'large', 'targets'])).toBe('unknown')
    expect(problemAt(problems, ['models', 'large', 'retries'])).toBeUndefined()
  })
})

describe('a place in the file', () => {
  it('counts lines and columns from one and stays inside the text', () => {
    expect(offsetOf('ab\ncd\n', 2, 2)).toBe(4)
    expect(offsetOf('ab\ncd', 9, 1)).toBe(5)
    expect(offsetOf('ab', 1, 99)).toBe(2)
  })
})
