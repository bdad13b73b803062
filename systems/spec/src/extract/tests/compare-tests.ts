import { OperationMatcher } from './match-operations.ts'
import type { ProgramConstants } from './program-constants.ts'
import { testedAnswers } from './run-tests.ts'
import { segmentsOf } from './values.ts'
import type { ExpectedAnswer, TestRequest } from './values.ts'
import { always } from '../../facts/condition.ts'
import type { OpenQuestion } from '../../facts/fact-set.ts'
import type { Fact, OperationFact } from '../../facts/fact.ts'
import type { Module } from '../../parse/ir.ts'
import type { FuncValue } from '../../resolve/values.ts'
import { operationTitle } from '../../requirements/say-fact.ts'
import type { EvidenceReader } from '../evidence.ts'
import type { RouteNames } from '../route-names.ts'
import type { Draft } from '../fact-store.ts'

/** What tests see of operations, and what they see that no fact says. */
export interface TestedFacts {
  facts: Draft<'assertion'>[]
  questions: OpenQuestion[]
  /** Operations of which tests expect that they go well, by other statuses than any that was found. */
  contradicted: OperationFact[]
}

/**
 * Compares what tests expect with what was found: an observation of each operation and status that a test expects; a question where nothing says that
 * it answers so. `isAsked`: whether a question of this operation is open already that any status may answer. `handlersOf`: the functions of Go that handle it. `constants`: what tests import of the
 * program; `names`: paths that they ask for by name; `program`: files whose constants tests of Java name.
 */
export function compareTests(
  tests: readonly Module[],
  facts: readonly Fact[],
  evidence: EvidenceReader,
  serviceOf: (path: string) => string,
  isAsked: (operation: OperationFact) => boolean,
  handlersOf: (operation: OperationFact) => readonly FuncValue[],
  constants: ProgramConstants,
  names: RouteNames,
  program: readonly Module[],
): TestedFacts {
  const operations = facts.filter((fact): fact is OperationFact => fact.kind === 'operation')
  const { expected, routed } = testedAnswers(tests, constants, names, program)
  const matcher = new OperationMatcher(operations, expected, routed, serviceOf, handlersOf)
  const own = new Set(routed.filter(({ handler }) => handler === undefined).map(keyOf))
  const seen = new Map<string, { operation: OperationFact; status: number; tests: ExpectedAnswer[] }>()
  const unrouted: ExpectedAnswer[] = []
  for (const one of expected) {
    if (one.status < 200) continue
    const operation = matcher.of(one, one.module.path)
    if (operation) {
      const key = `${operation.id} ${one.status}`
      const known = seen.get(key) ?? { operation, status: one.status, tests: [] }
      known.tests.push(one)
      seen.set(key, known)
    } else if (
      matcher.isOfProgram(one, one.module.path) &&
      isOfService(one) &&
      !own.has(keyOf(one)) &&
      !own.has(keyOf({ ...one, method: '*' }))
    )
      unrouted.push(one)
  }
  const told = statusesTold(facts)
  const missing = [...seen.values()].filter(
    ({ operation, status }) => !told.get(operation.id)?.has(status) && !isAsked(operation),
  )
  return {
    facts: [...seen.values()].map(({ operation, status, tests }) => ({
      kind: 'assertion',
      service: operation.service,
      grade: 'declared',
      condition: always,
      evidence: evidence.all(siteOf(tests[0]), tests.slice(1, 4).map(siteOf)),
      operation: operation.id,
      status,
      test: tests[0]?.test ?? '',
    })),
    questions: [
      ...[...Map.groupBy(missing, ({ status }) => status)].flatMap(([status, all]) =>
        (all.length > maxAlone ? [all] : all.map((one) => [one])).flatMap((group) =>
          askOf(status, group, evidence),
        ),
      ),
      ...askOfUnrouted(unrouted, evidence),
    ],
    contradicted: operations.filter(({ id }) => {
      const expects = [...seen.values()].filter(
        ({ operation, status }) => operation.id === id && goesWell(status),
      )
      const known = told.get(id) ?? new Set()
      // A test may follow where it is sent.
      return (
        expects.length > 0 &&
        [...known].every((status) => status < 300 || status >= 400) &&
        expects.every(({ status }) => !known.has(status))
      )
    }),
  }
}

const goesWell = (status: number): boolean => status >= 200 && status < 300

/** So many operations with one status are asked about one by one. */
const maxAlone = 3

const siteOf = (one: ExpectedAnswer | undefined) => {
  if (!one) throw new Error('A test that expects nothing.')
  return { module: one.module, ...one.span, symbol: one.test }
}

function askOf(
  status: number,
  group: readonly { operation: OperationFact; tests: ExpectedAnswer[] }[],
  evidence: EvidenceReader,
): OpenQuestion[] {
  const [first] = group
  if (!first) return []
  const tests = group.flatMap((one) => one.tests)
  const more = group.length > 1 ? ` and ${group.length - 1} more operations` : ''
  return [
    {
      text: `${tests.length > 1 ? 'Tests expect' : 'A test expects'} ${status} of ${operationTitle(first.operation)}${more}; which code answers it?`,
      why: `No code that was followed for it does. ${sayPlaces(tests, evidence)}`,
      ...placeOf(tests, evidence),
      operation: first.operation.id,
    },
  ]
}

function askOfUnrouted(all: readonly ExpectedAnswer[], evidence: EvidenceReader): OpenQuestion[] {
  const names = [...new Set(all.map(({ method, path }) => `${method} ${sayPath(path)}`))]
  if (names.length === 0) return []
  const more = names.length > 1 ? ` and ${names.length - 1} more` : ''
  return [
    {
      text: `Tests call ${names[0]}${more}; where ${names.length > 1 ? 'are they' : 'is it'} routed?`,
      why: `No route of ${names.length > 1 ? 'them' : 'it'} was found. ${sayPlaces(all, evidence)}`,
      ...placeOf(all, evidence),
    },
  ]
}

const sayPath = (path: TestRequest['path']) =>
  `/${segmentsOf(path)
    .segments.map((part) => part ?? '{…}')
    .join('/')}`

function placeOf(tests: readonly ExpectedAnswer[], evidence: EvidenceReader): { path: string; line: number } {
  const { path, line } = evidence.of(siteOf(tests[0]))
  return { path, line }
}

function sayPlaces(tests: readonly ExpectedAnswer[], evidence: EvidenceReader): string {
  const places = [
    ...new Set(
      tests.map((one) => {
        const { path, line } = evidence.of(siteOf(one))
        return `${path}:${line}`
      }),
    ),
  ]
  const more = places.length > 3 ? ` and ${places.length - 3} more` : ''
  return `Expected in ${places.slice(0, 3).join(', ')}${more}.`
}

const keyOf = ({ method, path }: TestRequest) => `${method} ${sayPath(path)}`

// What is not routed answers 404 or 405, and what is routed somewhere in the program may be below any path.
function isOfService({ status, path }: ExpectedAnswer): boolean {
  const { segments, isOpen } = segmentsOf(path)
  return status !== 404 && status !== 405 && !isOpen && segments.some((part) => part !== null)
}

function statusesTold(facts: readonly Fact[]): Map<string, Set<number>> {
  const told = new Map<string, Set<number>>()
  for (const fact of facts) {
    if (fact.kind !== 'response' && fact.kind !== 'error' && fact.kind !== 'guard') continue
    const known = told.get(fact.operation) ?? new Set()
    told.set(fact.operation, known)
    if (fact.status !== undefined) known.add(fact.status)
  }
  return told
}
