import { expect, test } from 'vitest'
import { judge } from '../../src/verify/try-claims.ts'
import type { Trial } from '../../src/verify/trials.ts'

const request = { method: 'GET', path: '/loans', headers: {}, body: '' }

const verdict = (kind: Trial['kind'], status: number, fitting: number) =>
  judge(
    {
      kind,
      operation: 'GET /loans',
      fact: 'fact',
      says: '',
      expects: 'refused',
      fields: [],
      message: '',
      draft: null,
      why: '',
      isPresumed: false,
    },
    request,
    { status, text: 'a' },
    { status: fitting, text: 'b' },
    null,
  )

test('who is sent to a login is refused, unless everybody is [SPEC-VERIFY-02]', () => {
  expect(verdict('guard', 302, 200)).toBe('holds')
  expect(verdict('guard', 302, 302)).toBe('not reached')
  expect(verdict('guard', 200, 200)).toBe('contradicted')
  expect(verdict('guard', 500, 200)).toBe('contradicted')
})

test('a server that breaks over what does not fit refuses it, unless it breaks over what fits [SPEC-VERIFY-02]', () => {
  expect(verdict('parameter', 500, 200)).toBe('holds')
  expect(verdict('parameter', 500, 500)).toBe('not reached')
  expect(verdict('parameter', 302, 200)).toBe('contradicted')
})
