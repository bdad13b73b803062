import type { Condition } from '../facts/condition.ts'
import { unsaid } from '../facts/condition.ts'
import { isVariable, shown } from '../facts/expression.ts'
import { untold } from './told.ts'
import { ended, isSame } from './values.ts'
import type { Site, SymbolValue, Value } from './values.ts'
import { areToldApart, unionOfWays, waysOf, writtenAs } from './when.ts'

type Union = Extract<Value, { t: 'union' }>

/** Java ("Optional"): what is asked of one, or made of it. */
const methods =
  /\.(?:get|orElse|orElseGet|orElseThrow|map|flatMap|filter|ifPresent|ifPresentOrElse|isPresent|isEmpty|or|stream)$/

const isNone = (value: Value | null): boolean => value?.t === 'const' && value.v === null

/** Whether a value is one of which it is known when it is nothing, and is asked for that. */
export const isMaybe = (of: Union, name: string, site: Site): boolean =>
  site.module.language === 'java' && methods.test(`.${name}`) && of.of.some(isNone) && areToldApart(of)

const isOfOptional = (value: Value): value is SymbolValue => value.t === 'symbol' && methods.test(value.path)

/**
 * Java: what a method of `Optional` comes to where it is known when there is something in it and when nothing: each told with that, and what comes after it
 * where it was not left. Null of anything else.
 */
export function ofOptional(
  callee: Union,
  call: (of: Value, when: Condition) => Value,
  goesOn: (where: Condition) => void,
  site: Site,
): Value | null {
  const { when } = callee
  if (site.module.language !== 'java' || !when || !areToldApart(callee)) return null
  if (!callee.of.every(isOfOptional) || !callee.of.some((one) => isOfOptional(one) && isNone(one.of)))
    return null
  const told = when.map((one, at) => inWords(callee, one, at))
  const given = callee.of.map((of, at) => call(of, told[at] ?? [[unsaid]]))
  for (const [at, one] of given.entries()) if (one === ended) goesOn(untold(told[at] ?? [[unsaid]]))
  const ways = waysOf(callee).flatMap((way) => {
    const value = given[callee.of.findIndex((one) => isSame(one, way.value))]
    return value && value !== ended ? [{ ...way, value }] : []
  })
  return ways.length === 0 ? ended : writtenAs(unionOfWays(ways), site)
}

// What only the call has a name for, or takes many words, is told by the call: there is something in what it gave, or nothing.
function inWords(callee: Union, when: Condition, at: number): Condition {
  const atoms = when.flat()
  const isPlain =
    !atoms.some((one) => one === unsaid || isVariable(one.subject)) && when.length <= 2 && atoms.length <= 4
  if (isPlain || callee.from === undefined) return when
  const is = callee.of[at]
  const from = shown(callee.from).replace(methods, '')
  return [[{ subject: from, op: is?.t === 'symbol' && isNone(is.of) ? 'absent' : 'present' }]]
}
