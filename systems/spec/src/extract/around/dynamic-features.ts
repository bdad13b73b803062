import type { Condition } from '../../facts/condition.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import { both } from '../../resolve/conditions.ts'
import { each, numberOf } from '../../resolve/values.ts'
import type { ClassRef, FuncValue, Site, Value } from '../../resolve/values.ts'
import type { Run } from '../run-code.ts'
import { isProvided } from '../rest-providers.ts'
import { beanWhen } from './bean-conditions.ts'
import { methodIn, placeOf } from './rest-filters.ts'
import type { Filter } from './rest-filters.ts'

/** A feature of JAX-RS that registers filters for the methods that it chooses. */
export interface DynamicFeature {
  ref: ClassRef
  configure: FuncValue
}

const isFeature = (ref: ClassRef): boolean =>
  ref.module.language === 'java' && ref.cls.bases.some(({ name }) => /(?:^|\.)DynamicFeature$/.test(name))

/** Features of the program that are asked for each method of a resource ("Dynamic Binding", Jakarta RESTful Web Services). */
export function dynamicFeatures(run: Run): DynamicFeature[] {
  return run.interpreter.lookup
    .classes()
    .filter((ref) => isFeature(ref) && isProvided(run, ref))
    .flatMap((ref) => {
      const configure = methodIn(ref, 'configure')
      return configure ? [{ ref, configure }] : []
    })
}

/** Whether a filter is one that a feature registers: for what that chooses, and for nothing else. */
export function isBoundByFeature({ interpreter }: Run, filter: ClassRef): boolean {
  const named = new RegExp(String.raw`\b${filter.cls.name}\b`)
  const isProvider = annotationsOf(interpreter, filter.cls.decorators, filter.scope, filter).some(
    ({ path }) => path.endsWith('.ws.rs.ext.Provider'),
  )
  return (
    !isProvider &&
    interpreter.lookup
      .classes()
      .some((ref) => isFeature(ref) && named.test(ref.module.text.slice(ref.cls.start, ref.cls.end)))
  )
}

/** The filters that features register for the method whose annotations are asked now. */
export function boundFilters(run: Run, features: readonly DynamicFeature[], at: Site): Filter[] {
  const { interpreter } = run
  return features.flatMap(({ ref, configure }) => {
    const { effects } = interpreter.record(() => interpreter.outcomes(configure, [], at))
    return effects.flatMap(({ kind, value, conditions, note }): Filter[] => {
      if (kind !== 'bind') return []
      return each(value).flatMap((one): Filter[] => {
        const fn = filterOf(run, one, at)
        if (!fn?.owner) return []
        return [
          {
            fn,
            bindings: [],
            order: numberOf(note['order'] as Value | undefined) ?? placeOf(run, fn.owner),
            sets: [],
            when: conditions.reduce<Condition>(both, beanWhen(interpreter, ref)),
            answers: false,
          },
        ]
      })
    })
  })
}

function filterOf({ interpreter }: Run, value: Value, at: Site): FuncValue | null {
  if (value.t === 'class') return methodIn(value.ref, 'filter')
  const fn = interpreter.member(value, 'filter', at)
  return fn.t === 'func' ? fn : null
}
