import { unsaid } from '../facts/condition.ts'
import { allOf } from '../resolve/conditions.ts'
import { whole } from '../facts/expression.ts'
import type { Answer } from './observation.ts'

/** What names who calls, or what shows it: a token, a session, a user, what is signed. */
const ofCaller =
  /auth|token|session|user|credential|log(?:ged)?_?-?(?:in|out)|sign(?:ed)?_?-?(?:in|out)|signin|jwt|principal|account|identit|caller|cookie|passw|api_?-?key|access_?-?key|claim|bearer|passport|member|owner|admin|profile|subject|\bsub\b|secret|login|verif|decod|expired|\bid\b|person|viewer|actor|tenant|client|permission|role|guest|anonymous/i
/** What code keeps with a request under a name of its own: who calls, whatever it is called. */
const keptWithRequest =
  /(?<![\w.])(?:req|request|ctx|context|c|res|event)\.(?!(?:ips?|path\w*|url|originalUrl|method|host\w*|protocol|secure|subdomains|body|query|params?|headers?|route\w*|socket|connection|req|res|request|response)\b)[a-z]\w*/

/**
 * Whether code of JavaScript that refuses with 401 asks who calls: for a token, a session, a user, a credential. What cannot be told asks for anything, and what asks for
 * nothing is known by where it stands.
 */
export function asksWhoCalls({ conditions, isFramework, site }: Answer): boolean {
  const atoms = conditions.flat(2)
  return (
    isFramework ||
    site.module.language !== 'javascript' ||
    atoms.length === 0 ||
    atoms.some(({ subject }) => subject === unsaid.subject || isOfCaller(whole(subject)))
  )
}

/** Whether an expression names who calls, or what shows it. */
export const namesCaller = (subject: string): boolean => isOfCaller(whole(subject))

const isOfCaller = (text: string): boolean => ofCaller.test(text) || keptWithRequest.test(text)

const checksToken =
  /(?:verif|decod|valid|check|parse)\w*(?:token|jwt)|(?:token|jwt)\w*\.(?:verif|decod|valid|check|parse)/i

/** Whether an answer comes of a token that does not stand the check: it was shown. */
export const isOfWrongToken = ({ conditions }: Answer): boolean =>
  conditions.some(
    (condition) =>
      condition.length > 0 &&
      condition.every((row) =>
        row.some(
          ({ subject, op }) =>
            op !== 'absent' && subject.endsWith(' failed') && checksToken.test(whole(subject)),
        ),
      ),
  )

/**
 * JavaScript: whether who shows nothing is answered otherwise by the very code that refuses with 401 or 403: it answers that what shows who calls is missing, and
 * goes on to ask of it only where it is there.
 */
export function lacksBefore(seen: readonly Answer[], answers: readonly Answer[]): boolean {
  const [first] = seen
  if (first?.site.module.language !== 'javascript') return false
  const isOfSame = ({ site }: Answer) =>
    site.module === first.site.module && site.symbol === first.site.symbol
  if (!seen.every(isOfSame)) return false
  return answers.some((one) => {
    if (one.status === 401 || one.status === 403 || one.isBefore !== true || !isOfSame(one)) return false
    const [row, ...others] = allOf(one.conditions)
    const [atom] = row ?? []
    if (!atom || row?.length !== 1 || others.length > 0 || atom.op !== 'absent') return false
    return (
      isOfCaller(whole(atom.subject)) &&
      !ofRest.test(whole(atom.subject)) &&
      seen.every((refusal) =>
        refusal.conditions.some((condition) =>
          condition.every((all) => all.some((is) => is.op === 'present' && is.subject === atom.subject)),
        ),
      )
    )
  })
}

/** What else a request is made of. */
const ofRest = /(?<![\w.])(?:body|form|query|path)\b/
