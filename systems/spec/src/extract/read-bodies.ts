import { failing } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { sharePlaces } from '../resolve/places.ts'
import type { Pack } from '../packs/pack.ts'
import type { Answer } from './observation.ts'

const whole = 'body'
const [[unread]] = failing(whole) as [[Atom]]

/**
 * Where the framework raises for a body that is missing or none (`unreadBody`), code that goes on has one: asked whether that is there, it asks whether it is
 * empty (`{}`, `[]`, `null`).
 */
export function afterReading(answers: readonly Answer[], { unreadBody }: Pack): void {
  if (!unreadBody?.isForNone) return
  const raises = answers.some(({ conditions }) => conditions.flat(2).some((atom) => isUnread(atom)))
  if (!raises) return
  for (const answer of answers)
    if (answer.conditions.flat(2).some(isAsked)) answer.conditions = answer.conditions.map(emptied)
}

const isUnread = ({ subject, op }: Atom) => subject === unread.subject && op === unread.op

const isAsked = ({ subject, op }: Atom) => subject === whole && (op === 'absent' || op === 'present')

// What does not ask that stays the same condition: others know it by that.
const emptied = (condition: Condition): Condition =>
  condition.some((row) => row.some(isAsked))
    ? condition.map((row) =>
        row.map((atom) => {
          if (!isAsked(atom)) return atom
          const made: Atom = { subject: whole, op: atom.op === 'absent' ? '==' : '!=', value: '' }
          sharePlaces([[atom]], [[made]])
          return made
        }),
      )
    : condition
