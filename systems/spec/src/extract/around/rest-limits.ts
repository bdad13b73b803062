import { always, beyondLimit, negateAtom, unknownCaller } from '../../facts/condition.ts'
import type { Condition } from '../../facts/condition.ts'
import { classValue } from '../../packs/django/mixins.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import { symbol, textOf } from '../../resolve/values.ts'
import type { ClassRef, Site, Value } from '../../resolve/values.ts'

/** Throttles of REST framework's by what they count, with the name of their rate (django-rest-framework.org, "Throttling"). */
const counts: { of: RegExp; scope: string; when: Condition }[] = [
  { of: /(?:^|\.)AnonRateThrottle$/, scope: 'anon', when: [[unknownCaller]] },
  { of: /(?:^|\.)UserRateThrottle$/, scope: 'user', when: always },
  { of: /(?:^|\.)ScopedRateThrottle$/, scope: '', when: always },
]

/**
 * When throttles refuse who asks too often: those that have a rate, of their own or in the settings. One that goes by the name that a view
 * gives counts only where it gives one; `scope` is that of the view.
 */
export function throttledWhen(
  interpreter: Interpreter,
  throttles: readonly Value[],
  rates: Value | undefined,
  scope: string | null,
): Condition {
  return throttles.flatMap((one): Condition => {
    const names =
      one.t === 'class' ? interpreter.lookup.ancestry(one.ref) : one.t === 'symbol' ? [one.path] : []
    const kind = counts.find(({ of }) => names.some((name) => of.test(name.replace(/\(\)$/, ''))))
    if (!kind) return []
    const own = one.t === 'class' ? classValue(interpreter, one.ref, 'rate') : null
    const named = one.t === 'class' ? textOf(classValue(interpreter, one.ref, 'scope') ?? undefined) : null
    const key = kind.scope === '' ? scope : (named ?? kind.scope)
    const rate = own ?? (key === null || rates?.t !== 'object' ? null : (rates.props.get(key) ?? null))
    const isSet = rate !== null && !(rate.t === 'const' && rate.v === null)
    return isSet ? kind.when.map((row) => [...row, beyondLimit]) : []
  })
}

/** What a set of filters refuses of the query, as the backend of REST framework asks it (django-filter, "Integration with DRF"). */
export function refuseByFilters(
  interpreter: Interpreter,
  set: ClassRef,
  filters: readonly { name: string; type: string }[],
  site: Site,
): void {
  const refuse = (when: Condition) =>
    interpreter.within(when, () =>
      interpreter.raise(symbol('rest_framework.exceptions.ValidationError()'), site),
    )
  for (const { name, type } of filters) {
    const there = { subject: `query.${name}`, op: 'present' as const }
    if (type === 'number') refuse([[there, { subject: `query.${name} fits as a number`, op: 'false' }]])
    const choices = choicesOf(interpreter, set, name)
    if (choices) refuse([[there, negateAtom({ subject: `query.${name}`, op: 'in', value: choices })]])
  }
}

// The texts that a filter of choices takes; null of any other.
function choicesOf(interpreter: Interpreter, set: ClassRef, name: string): string[] | null {
  const field = set.cls.fields.find((one) => one.name === name)
  const made = field?.value ? interpreter.evaluateIn(field.value, set.scope) : null
  if (made?.t !== 'symbol' || !/(?:^|\.)ChoiceFilter\(\)$/.test(made.path)) return null
  const given = made.args.find((arg) => arg.name === 'choices')?.value
  if (given?.t !== 'list' || given.isOpen) return null
  const texts = given.items.map((item) => (item.t === 'list' ? textOf(item.items[0]) : null))
  return texts.every((text) => text !== null) ? texts : null
}
