import type { Fact } from '../facts/fact.ts'
import type { Site } from '../resolve/values.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Observation } from './observation.ts'
import { handledStatuses } from './raised.ts'
import type { Run } from './run-code.ts'

/** Methods that a handler of any asks for by itself (`if (req.method === 'POST')`), and whether others are answered well too. */
export function askedMethods({ answers }: Observation): { methods: string[]; isForAny: boolean } {
  const methods = new Set<string>()
  let isForAny = false
  for (const { conditions, status } of answers) {
    const asked = conditions
      .flat(2)
      .filter(
        ({ subject, op, value }) => subject === 'request.method' && op === '==' && typeof value === 'string',
      )
    for (const { value } of asked) if (/^[A-Z]+$/.test(String(value))) methods.add(String(value))
    if (asked.length === 0 && status < 400) isForAny = true
  }
  return { methods: [...methods], isForAny }
}

/** What a request that does not fit is answered with: by the program's handlers of the framework's errors, else the framework's own status. */
export function invalidAnswers(
  run: Run,
  operation: FoundOperation,
  checked: readonly Fact[],
  otherwise: number,
): { status: number; facts: Fact[]; through: Site[] }[] {
  const errors = operation.pack.invalidErrors
  const found = new Map<number, { status: number; facts: Fact[]; through: Site[] }>()
  for (const fact of checked) {
    const kind =
      fact.kind === 'body'
        ? 'body'
        : fact.kind === 'parameter' && fact.constraints.length > 0
          ? 'bound'
          : 'type'
    const handled = errors && operation.errors.length > 0 ? handledStatuses(run, operation, errors[kind]) : []
    for (const { status, through } of handled.length > 0 ? handled : [{ status: otherwise, through: [] }]) {
      if (status < 400) continue
      const known = found.get(status)
      if (known) known.facts.push(fact)
      else found.set(status, { status, facts: [fact], through })
    }
  }
  return [...found.values()]
}
