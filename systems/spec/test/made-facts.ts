import { factId } from '../src/facts/fact-id.ts'
import type { FactDraft } from '../src/facts/fact-id.ts'
import type { FactSet } from '../src/facts/fact-set.ts'
import type { Evidence, Fact } from '../src/facts/fact.ts'

/** Facts of a small library, made by hand: what tests of requirements, updates and drift begin with. */

export const evidence = (startByte = 0, path = 'src/loans.ts'): Evidence => ({
  path,
  symbol: 'loans',
  startByte,
  endByte: startByte + 10,
  line: 1 + startByte / 10,
  tokenHash: `t${startByte}`,
})

export function fact(draft: FactDraft): Fact {
  return { ...draft, id: factId(draft) }
}

const base = { service: '', grade: 'proved' as const, condition: [[]], evidence: [evidence()] }

export const borrow = fact({
  ...base,
  kind: 'operation',
  method: 'POST',
  path: '/loans',
  handler: 'borrow',
  framework: 'express',
  summary: '',
})
export const list = fact({
  ...base,
  kind: 'operation',
  method: 'GET',
  path: '/loans',
  handler: 'list',
  framework: 'express',
  summary: '',
})
export const member = fact({
  ...base,
  kind: 'operation',
  method: 'GET',
  path: '/members/{id}',
  handler: 'member',
  framework: 'express',
  summary: '',
})

export const guard = fact({
  ...base,
  kind: 'guard',
  operation: borrow.id,
  guard: 'authentication',
  name: 'signedIn',
  roles: [],
  isOptional: false,
  credentials: [],
})
export const created = fact({
  ...base,
  kind: 'response',
  operation: borrow.id,
  status: 201,
  mediaType: 'application/json',
  shape: { type: 'model', name: 'Loan' },
})
export const listed = fact({
  ...base,
  kind: 'response',
  operation: list.id,
  status: 200,
  mediaType: 'application/json',
  shape: { type: 'array', items: { type: 'model', name: 'Loan' } },
})
export const found = fact({
  ...base,
  kind: 'response',
  operation: member.id,
  status: 200,
  mediaType: 'application/json',
  shape: { type: 'unknown' },
})
export const lentError = fact({
  ...base,
  kind: 'error',
  operation: borrow.id,
  status: 409,
  raisedBy: 'Conflict',
  message: 'lent',
  shape: { type: 'unknown' },
  condition: [[{ subject: 'copy.isLent', op: 'true' }]],
})
export const limit = fact({
  ...base,
  kind: 'parameter',
  operation: list.id,
  in: 'query',
  name: 'limit',
  position: 0,
  shape: { type: 'integer' },
  isRequired: false,
  default: '20',
  constraints: [{ keyword: 'maximum', value: 100 }],
})
export const loanModel = fact({
  ...base,
  kind: 'model',
  name: 'Loan',
  fields: [{ name: 'due', shape: { type: 'string' }, isRequired: true, constraints: [] }],
})

export const libraryFacts: Fact[] = [
  borrow,
  list,
  member,
  guard,
  created,
  listed,
  found,
  lentError,
  limit,
  loanModel,
]

/** Six operations on shelves that one middleware refuses, but for the last, and what each of them answers. */
export function shelfFacts(refused = 'Shelves are closed to strangers here.', unguarded = 1): Fact[] {
  const paths = [
    'GET /shelves',
    'POST /shelves',
    'GET /shelves/{id}',
    'PUT /shelves/{id}',
    'DELETE /shelves/{id}',
    'GET /shelves/{id}/books',
    'GET /shelves/open',
  ]
  const shelves = paths.flatMap((title, at): Fact[] => {
    const [method = '', path = ''] = title.split(' ')
    const operationDraft = { ...list, method, path, handler: `shelf${at}` }
    const operation = fact(operationDraft)
    const answerDraft = { ...listed, operation: operation.id, evidence: [evidence(100 + at * 10)] }
    const answer = fact(answerDraft)
    if (at >= paths.length - unguarded) return [operation, answer]
    const refusalDraft = {
      ...lentError,
      operation: operation.id,
      status: 401,
      message: refused,
      condition: [[{ subject: 'header.authorization', op: 'absent' as const }]],
      evidence: [evidence(0, 'src/door.ts')],
    }
    const guardDraft = { ...guard, operation: operation.id, evidence: [evidence(0, 'src/door.ts')] }
    return [operation, answer, fact(refusalDraft), fact(guardDraft)]
  })
  return [...shelves, member, found]
}

export function setOf(facts: Fact[]): FactSet {
  return {
    version: 1,
    services: [{ dir: '', name: 'library' }],
    frameworks: [],
    facts,
    questions: [{ text: 'Who may list loans?', why: 'no guard was found', path: 'src/loans.ts', line: 3 }],
    files: [],
  }
}
