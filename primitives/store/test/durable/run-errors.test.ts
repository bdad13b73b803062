import { ConflictError, HeavyliftError } from '@heavylift/core'
import { expect, test } from 'vitest'
import { loadDbos } from '../../src/durable/dbos.ts'
import { restoreError } from '../../src/durable/errors.ts'

const { Error: DbosErrors } = await loadDbos()

const restored = (error: unknown) => restoreError(error, 'shop.import', 'r1')

test('an error of ours comes back with its code, status and details from what was stored of it', () => {
  const stored = Object.assign(new Error('Row 7 has no title.'), {
    code: 'row-invalid',
    status: 400,
    isRetryable: false,
    details: { row: 7 },
  })
  const error = restored(stored)
  expect(HeavyliftError.isInstance(error)).toBe(true)
  expect(error).toMatchObject({ code: 'row-invalid', status: 400, details: { row: 7 }, cause: stored })
  const whole = new ConflictError({ code: 'gone', message: 'Gone.' })
  expect(restored(whole)).toBe(whole)
})

test('other errors come back as they are', () => {
  const foreign = new TypeError('x is not a function')
  expect(restored(foreign)).toBe(foreign)
  expect(restored('thrown text')).toBe('thrown text')
})

test('a cancelled run and one that ends its process again and again say so', () => {
  expect(restored(new DbosErrors.DBOSAwaitedWorkflowCancelledError('r1'))).toMatchObject({
    code: 'run-cancelled',
    status: 409,
    message: 'Run "r1" of shop.import was cancelled.',
  })
  expect(restored(new DbosErrors.DBOSAwaitedWorkflowExceededMaxRecoveryAttempts('r1'))).toMatchObject({
    code: 'run-abandoned',
  })
})
