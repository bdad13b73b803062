import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { isCelError } from '@bufbuild/cel'
import type { CelResult } from '@bufbuild/cel'
import { SimpleTestFileSchema } from '@bufbuild/cel-spec/cel/expr/conformance/test/simple_pb.js'
import type { SimpleTest } from '@bufbuild/cel-spec/cel/expr/conformance/test/simple_pb.js'
import { getTestRegistry } from '@bufbuild/cel-spec/testdata/registry.js'
import { fromText } from '@bufbuild/protobuf/txtpb'
import { InvalidInputError } from '@heavylift/core'
import type { Measure, MeasureInput } from '@heavylift/core'
import { engineFor } from '../../expressions/engine.ts'
import { read } from '../../expressions/read.ts'
import { fromSpec, isAsExpected } from './value.ts'

const registry = getTestRegistry()

/** What we do not have, by the reason. A test that fails for none of these is a defect, of the library or of ours. */
const unsupported: { reason: string; applies: (test: SimpleTest) => boolean }[] = [
  {
    reason: 'cel.block is what optimizers write, no user',
    applies: (test) => /\bcel\.(block|index|iterVar)\b/.test(test.expr),
  },
  {
    reason: 'typing over Protocol Buffers (typed_result, check_only): definitions are typed by JSON Schema',
    applies: (test) => test.checkOnly || test.resultMatcher.case === 'typedResult',
  },
  {
    reason: 'enums with a type of their own (strong_proto2, strong_proto3): optional in the specification',
    applies: (test) =>
      test.resultMatcher.case === 'value' && test.resultMatcher.value.kind.case === 'enumValue',
  },
  {
    reason: 'extensions of Protocol Buffers (proto.hasExt, proto.getExt): definitions hold JSON',
    applies: (test) => /\bproto\.(has|get)Ext\b|`cel\.expr\./.test(test.expr),
  },
]

interface Outcome {
  file: string
  section: string
  test: string
  state: 'passed' | 'failed' | 'unsupported'
  why: string
}

/** `agents.cel`: the conformance tests of cel-spec (`*.textproto`) by the engine that definitions use, metered like theirs. */
export async function runConformance({ dataDir, report, signal }: MeasureInput): ReturnType<Measure['run']> {
  const folder = dataDir ?? path.join(import.meta.dirname, '../../../samples/cel')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.textproto')).toSorted()
  if (names.length === 0)
    throw new InvalidInputError({
      code: 'no-test-files',
      message: `${folder} holds no *.textproto. Give the folder tests/simple/testdata of cel-spec.`,
    })
  const outcomes: Outcome[] = []
  for (const [at, name] of names.entries()) {
    signal.throwIfAborted()
    report({ stage: name, done: at, total: names.length, unit: 'files' })
    const file = fromText(SimpleTestFileSchema, await readFile(path.join(folder, name), 'utf8'), { registry })
    for (const section of file.section)
      for (const test of section.test)
        outcomes.push({ file: name, section: section.name, test: test.name, ...outcomeOf(test) })
  }
  return summarise(outcomes)
}

function outcomeOf(test: SimpleTest): Pick<Outcome, 'state' | 'why'> {
  const why = failureOf(test)
  if (why === null) return { state: 'passed', why: '' }
  const reason = unsupported.find(({ applies }) => applies(test))?.reason
  return reason === undefined ? { state: 'failed', why } : { state: 'unsupported', why: reason }
}

/** Null where the test passes. */
function failureOf(test: SimpleTest): string | null {
  const { resultMatcher: matcher } = test
  try {
    if (test.checkOnly) return 'there is no check over Protocol Buffers'
    const result = evaluate(test)
    if (matcher.case === 'evalError' || matcher.case === 'anyEvalErrors')
      return isCelError(result) ? null : 'an error was expected'
    if (isCelError(result)) return result.message
    if (matcher.case === 'value')
      return isAsExpected(result, matcher.value, registry) ? null : 'another value'
    if (matcher.case === 'typedResult')
      return matcher.value.result !== undefined && isAsExpected(result, matcher.value.result, registry)
        ? null
        : 'another value'
    if (matcher.case === undefined) return result === true ? null : 'true was expected'
    return `results of kind ${matcher.case} are not supported`
  } catch (error) {
    // An expression that cannot be read fails as it should where an error is expected.
    if (matcher.case === 'evalError' || matcher.case === 'anyEvalErrors') return null
    return (error as Error).message
  }
}

function evaluate(test: SimpleTest): CelResult {
  const engine = engineFor({ namespace: test.container, registry, isStrict: true })
  const bindings = Object.fromEntries(
    Object.entries(test.bindings).map(([name, bound]) => {
      if (bound.kind.case !== 'value')
        throw new Error(`bindings of kind ${bound.kind.case} are not supported`)
      return [name, fromSpec(bound.kind.value, registry)]
    }),
  )
  return engine.prepare(read(test.expr).tree)(bindings)
}

function summarise(outcomes: readonly Outcome[]): Awaited<ReturnType<Measure['run']>> {
  const count = (of: readonly Outcome[], state: Outcome['state']): number =>
    of.filter((outcome) => outcome.state === state).length
  const files = Map.groupBy(outcomes, (outcome) => outcome.file)
  const reasons = Map.groupBy(
    outcomes.filter((outcome) => outcome.state === 'unsupported'),
    (outcome) => outcome.why,
  )
  const passed = count(outcomes, 'passed')
  const isUnsupported = count(outcomes, 'unsupported')
  return {
    n: outcomes.length,
    metrics: {
      passed,
      total: outcomes.length,
      failed: count(outcomes, 'failed'),
      unsupported: isUnsupported,
      passedRate: passed / outcomes.length,
      passedRateOfSupported: passed / (outcomes.length - isUnsupported),
    },
    sources: Object.fromEntries(
      [...files].map(([file, of]) => [
        file,
        { n: of.length, passed: count(of, 'passed'), unsupported: count(of, 'unsupported') },
      ]),
    ),
    failures: outcomes
      .filter((outcome) => outcome.state === 'failed')
      .map(({ file, section, test, why }) => `${file} ${section}/${test}: ${why}`),
    notes: [...reasons].map(([reason, of]) => `${of.length} tests not supported: ${reason}.`),
  }
}
