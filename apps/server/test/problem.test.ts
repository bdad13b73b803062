import { describe, expect, it } from 'vitest'
import { toProblem } from '../src/http/problem.ts'
import { listLogger } from './support/test-app.ts'

describe('a request that ended before its answer', () => {
  const left = new DOMException('The client went away.', 'AbortError')

  it('is no defect, and nothing of it stands in the log', () => {
    const log = listLogger()
    const state = { id: 'req_1', signal: AbortSignal.abort(left) }
    const { status, problem } = toProblem(left, state, log)
    expect([status, problem.error.code]).toEqual([503, 'request-ended'])
    expect(log.lines).toEqual([])
  })

  it('hides no error of another kind', () => {
    const log = listLogger()
    const state = { id: 'req_1', signal: AbortSignal.abort(left) }
    expect(toProblem(new TypeError('broken'), state, log).status).toBe(500)
    expect(log.lines.map(({ level }) => level)).toEqual(['error'])
  })
})
