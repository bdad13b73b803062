import { isDeepStrictEqual } from 'node:util'
import { compile } from '../expressions/expression.ts'
import { isRecord } from '../files/change.ts'
import type { Failure } from '../run/entry.ts'
import { messageOf } from '../run/memory.ts'
import type { JsonSchema } from '../tools/tool.ts'
import type { RecordedCall } from './recording.ts'
import type { CaseVerdict, Deed, Difference } from './verdict.ts'
import { doesSame } from './same-call.ts'

/** More of them help nobody. */
const mostDifferences = 50

/**
 * Holds what came of a case against what should. Without checks the result equals the expected one, numbers within a billionth; with
 * checks each is true. Effects are those of the recording, whatever the checks say.
 */
export function judgeCase(of: {
  input: unknown
  expected: unknown
  checks: readonly string[]
  came: { output: unknown; failure: Failure | null; calls: readonly RecordedCall[] }
  recorded: readonly RecordedCall[]
  inputOf: (source: string, tool: string) => JsonSchema
}): CaseVerdict {
  const { input, expected, checks, came } = of
  const differences: Difference[] = []
  const failedChecks: CaseVerdict['failedChecks'] = []
  if (came.failure === null) {
    if (checks.length === 0) compare('', expected, came.output, differences)
    for (const check of checks) {
      try {
        const value = compile(check).evaluate({ input, output: came.output, expected })
        if (value !== true) failedChecks.push({ check, because: `It came to ${JSON.stringify(value)}.` })
      } catch (error) {
        failedChecks.push({ check, because: messageOf(error) })
      }
    }
  }
  const missing = effectsOf(of.recorded)
  const extra: RecordedCall[] = []
  for (const call of effectsOf(came.calls)) {
    const schema = of.inputOf(call.source, call.tool)
    const at = missing.findIndex(
      ({ source, tool, args }) =>
        source === call.source && tool === call.tool && doesSame(schema, args, call.args),
    )
    if (at < 0) extra.push(call)
    else missing.splice(at, 1)
  }
  const hasPassed =
    came.failure === null &&
    differences.length === 0 &&
    failedChecks.length === 0 &&
    missing.length === 0 &&
    extra.length === 0
  return {
    hasPassed,
    differences,
    failedChecks,
    missing: missing.map(deedOf),
    extra: extra.map(deedOf),
    failure: came.failure,
  }
}

/** Calls that changed something, or in a rehearsal would have. */
function effectsOf(calls: readonly RecordedCall[]): RecordedCall[] {
  return calls.filter(
    ({ effect, outcome }) =>
      effect !== 'none' && (outcome.state === 'done' || outcome.failure.code === 'not-rehearsed'),
  )
}

const deedOf = ({ source, tool, args }: RecordedCall): Deed => ({ source, tool, args })

function compare(at: string, expected: unknown, got: unknown, into: Difference[]): void {
  if (into.length >= mostDifferences || isDeepStrictEqual(expected, got)) return
  if (typeof expected === 'number' && typeof got === 'number') {
    if (Math.abs(expected - got) <= 1e-9 * Math.max(Math.abs(expected), Math.abs(got))) return
  } else if (Array.isArray(expected) && Array.isArray(got) && expected.length === got.length) {
    for (const [index, each] of expected.entries()) compare(`${at}/${index}`, each, got[index], into)
    return
  } else if (isRecord(expected) && isRecord(got)) {
    for (const name of new Set([...Object.keys(expected), ...Object.keys(got)]))
      compare(`${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, expected[name], got[name], into)
    return
  }
  into.push({ at, expected: expected ?? null, got: got ?? null })
}
