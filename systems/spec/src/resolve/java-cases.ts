import type { Expr } from '../parse/ir.ts'
import type { Machine } from './machine.ts'
import { constant, each, textOf } from './values.ts'
import type { ClassRef, Scope, Value } from './values.ts'

/**
 * What a label of a `switch` of Java is, where it names a constant of the enumeration that the subject is of (`case LOST`): the label itself names no class.
 * Any other label is what it was found to be.
 */
export function labelled(run: Machine, subject: Value | null, test: Expr, found: Value, scope: Scope): Value {
  if (!subject || scope.module.language !== 'java' || test.k !== 'name') return found
  if (found.t !== 'symbol' || found.path !== `java.lang.${test.name}`) return found
  const known = each(subject)
  const of = known.flatMap((one) => (one.t === 'object' && one.ref ? [one.ref] : []))
  if (of.length === known.length)
    return of.every((one) => hasConstant(one, test.name)) && of[0]
      ? {
          t: 'object',
          ref: of[0],
          props: new Map([['@name', constant(test.name)]]),
          args: [],
          isOpen: true,
          site: null,
        }
      : found
  // A constant that is made with nothing is its name.
  const names = known.map((one) => textOf(one))
  const isOfOne = enumsWith(run, test.name).some((ref) =>
    names.every((name) => name !== null && hasConstant(ref, name)),
  )
  return isOfOne ? constant(test.name) : found
}

const enums = new WeakMap<object, Map<string, ClassRef[]>>()

// The enumerations that have a constant of this name.
function enumsWith({ lookup }: Machine, name: string): readonly ClassRef[] {
  let known = enums.get(lookup)
  if (!known) {
    known = new Map()
    for (const ref of lookup.classes())
      if (ref.module.language === 'java')
        for (const one of ref.cls.constants) known.set(one.name, [...(known.get(one.name) ?? []), ref])
    enums.set(lookup, known)
  }
  return known.get(name) ?? []
}

const hasConstant = ({ cls, module }: ClassRef, name: string): boolean =>
  module.language === 'java' && cls.constants.some((one) => one.name === name)
