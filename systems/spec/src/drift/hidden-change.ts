import { identityOf, shown } from '../facts/expression.ts'
import { isUnknownCaller } from '../facts/condition.ts'
import type { Fact } from '../facts/fact.ts'
import { sayCredentials } from '../requirements/say-fact.ts'

/** What differs of two facts of which the same sentence is said: it has no part of a guard, and long expressions only in part. `isOfCode`: only code that an
 * expression is cut short of. */
export function hiddenChange(old: Fact, now: Fact): { text: string; isOfCode: boolean } {
  const said = (text: string, isOfCode = false) => ({ text, isOfCode })
  const [before, after] = [old, now].map((fact) => (fact.kind === 'guard' ? sayCredentials(fact) : ''))
  if (before !== after)
    return said(
      `Now signed in by ${after || 'nothing that is known'}, before by ${before || 'nothing that was known'}.`,
    )
  const atoms = (fact: Fact) => fact.condition.flat()
  const keyOf = ({ subject, op, value }: ReturnType<typeof atoms>[number]) =>
    JSON.stringify([isUnknownCaller(subject) ? subject : identityOf(subject), op, value])
  const had = new Set(atoms(old).map(keyOf))
  const fresh = atoms(now).filter((atom) => !had.has(keyOf(atom)))
  const subjects = [...new Set(fresh.map(({ subject }) => (isUnknownCaller(subject) ? '' : shown(subject))))]
  const asked = subjects.filter((one) => one !== '').map((one) => `\`${one}\``)
  if (asked.length > 0) return said(`What is cut short of ${asked.join(' and ')} is other code now.`, true)
  if (subjects.length > 0) return said('By what it is known who calls is other code now.')
  const names = Object.keys(now).filter(
    (name) => !/^(?:id|evidence|operation)$/.test(name) && textOf(old, name) !== textOf(now, name),
  )
  return said(
    names.length > 0
      ? `Its ${names.map((name) => `${name} was ${textOf(old, name)} and is ${textOf(now, name)}`).join('; its ')}.`
      : 'It is told in other cases now.',
  )
}

const textOf = (fact: Fact, name: string): string =>
  JSON.stringify((fact as unknown as Record<string, unknown>)[name] ?? null)
