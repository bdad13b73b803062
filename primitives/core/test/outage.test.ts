import { describe, expect, it } from 'vitest'
import { away, diskFull, findOutage, HeavyliftError, InvalidInputError } from '../src/index.ts'

const withCode = (code: string, message = '', more: object = {}) =>
  Object.assign(new Error(message), { code, ...more })
const postgres = (code: string, message = '') => withCode(code, message, { severity: 'ERROR' })

describe('an outage behind an error [CORE-OUTAGE-01]', () => {
  it('is a full disk, of the system or of PostgreSQL, however deep: 507 with what to do', () => {
    const full = [
      withCode('ENOSPC'),
      withCode('EDQUOT'),
      postgres('53100', 'could not extend file'),
      postgres('58030', 'could not write file: No space left on device'),
      new Error('the import failed', { cause: withCode('ENOSPC') }),
      new AggregateError([new Error('other'), withCode('ENOSPC')]),
      new HeavyliftError({ code: 'import-failed', message: 'It failed.', cause: withCode('ENOSPC') }),
    ]
    for (const error of full) {
      expect(findOutage(error)).toMatchObject({ code: 'disk-full', status: 507, isRetryable: true })
    }
    expect(diskFull().message).toContain('Make room')
  })

  it('is a database that stops, starts, or takes no more connections: 503 with when to come again', () => {
    const gone = [
      ...['57P01', '57P02', '57P03', '08006', '53300', '25006'].map((code) => postgres(code)),
      new Error('Connection terminated unexpectedly'),
      new Error('timeout exceeded when trying to connect'),
      new Error('the run failed', { cause: postgres('57P01') }),
    ]
    for (const error of gone) {
      expect(findOutage(error)).toMatchObject({
        code: 'database-unavailable',
        status: 503,
        retryAfterSeconds: 5,
      })
    }
  })

  it('is itself where it was told already', () => {
    const told = away('objects')
    expect(findOutage(told)).toBe(told)
    expect(findOutage(new Error('outer', { cause: told }))).toBe(told)
  })

  it('is nothing where the request or the code is at fault', () => {
    const circle = new Error('a')
    circle.cause = circle
    const others = [
      postgres('23505', 'duplicate key'),
      withCode('57P01'),
      withCode('ECONNREFUSED'),
      withCode('ENOENT'),
      new InvalidInputError({ code: 'x', message: 'y' }),
      new TypeError('the code'),
      circle,
      'text',
      null,
    ]
    for (const error of others) expect(findOutage(error)).toBeNull()
  })
})
