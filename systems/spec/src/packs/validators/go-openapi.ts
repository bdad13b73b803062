import type { Condition } from '../../facts/condition.ts'
import { comparison, truth } from '../../resolve/conditions.ts'
import { untold } from '../../resolve/told.ts'
import type { ArgValue, Site, Value } from '../../resolve/values.ts'
import { nothing, printValue, symbol, textOf } from '../../resolve/values.ts'
import { unionOfBranches } from '../../resolve/when.ts'

const lengthOf = (of: Value, site: Site): Value =>
  symbol('len()', `len(${printValue(of)})`, { args: [{ name: null, value: of }], site })
const isYes = (value: Value | undefined) => value?.t === 'const' && value.v === true

type Check = (args: readonly Value[], site: Site) => Condition | null

const bounded =
  (op: '<' | '>', of: (value: Value, site: Site) => Value = (value) => value): Check =>
  ([, , given, bound, exclusive], site) =>
    given && bound ? comparison(isYes(exclusive) ? `${op}=` : op, of(given, site), bound) : null

/** What each check refuses (pkg.go.dev/github.com/go-openapi/validate): of `path, in, data, …` the third is what it asks. */
const checks: Record<string, Check> = {
  Required: ([, , given]) => (given ? untold(truth(given)) : null),
  RequiredString: ([, , given]) => (given ? untold(truth(given)) : null),
  MinLength: bounded('<', lengthOf),
  MaxLength: bounded('>', lengthOf),
  MinItems: bounded('<'),
  MaxItems: bounded('>'),
  Minimum: bounded('<'),
  MinimumInt: bounded('<'),
  MinimumUint: bounded('<'),
  Maximum: bounded('>'),
  MaximumInt: bounded('>'),
  MaximumUint: bounded('>'),
  Pattern: ([, , given, pattern]) => {
    const value = textOf(pattern)
    return given && value !== null ? [[{ subject: printValue(given), op: 'not-matches', value }]] : null
  },
}

/** Checks that generated models of go-swagger call: each gives an error or nothing. Null where a call is none of them. */
export function goOpenapiCall(callee: Value, args: readonly ArgValue[], site: Site): Value | null {
  if (callee.t !== 'symbol' || !callee.path.startsWith('github.com/go-openapi/')) return null
  const given = args.map(({ value }) => value)
  if (callee.path.endsWith('/swag.IsZero') && given[0])
    return symbol('?', `${printValue(given[0])} == nil`, {
      args: [...args.slice(0, 1), { name: null, value: nothing }],
      note: { op: '==' },
    })
  const name = /\/validate\.(\w+)$/.exec(callee.path)?.[1]
  const refused = name === undefined ? null : (checks[name]?.(given, site) ?? null)
  if (!refused) return null
  const said = `${callee.text}(${given.map((one) => printValue(one)).join(', ')})`
  return unionOfBranches(symbol('errors.New()', said, { args: [...args], site }), nothing, refused)
}
