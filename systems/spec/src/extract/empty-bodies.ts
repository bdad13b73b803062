import type { Atom, Condition } from '../facts/condition.ts'
import type { Answer } from './observation.ts'

/**
 * Whether code of Go goes on with nothing in the body: it refuses one that cannot be read, and asks first that it is not empty, by its length or because `Decode` fails
 * with `io.EOF` then (pkg.go.dev/encoding/json, `Decoder.Decode`; pkg.go.dev/io, `EOF`).
 */
export function goesOnWithoutBody(answers: readonly Pick<Answer, 'status' | 'conditions'>[]): boolean {
  const refused = answers.filter(({ status }) => status >= 400)
  const unread = refused.filter(({ conditions }) => conditions.some((one) => asksAlways(one, isUnread)))
  return (
    unread.length > 0 &&
    unread.every(({ conditions }) => conditions.some((one) => asksAlways(one, isFilled))) &&
    !refused.some(({ conditions }) => conditions.some((one) => asksAlways(one, isEmpty)))
  )
}

const asksAlways = (condition: Condition, of: (atom: Atom) => boolean): boolean =>
  condition.length > 0 && condition.every((row) => row.some(of))

const isUnread = ({ subject, op }: Atom): boolean => subject === 'body failed' && op === 'present'

const endsEarly = /^(?:body failed == |errors\.Is\(body failed, )io\.EOF\)?$/
const isLength = /^(?:len\(.*\.Body\)\)|\w+\.ContentLength)$/

const isFilled = ({ subject, op, value }: Atom): boolean =>
  (endsEarly.test(subject) && op === 'false') ||
  (isLength.test(subject) && (op === '>' || op === '!=') && value === 0)

const isEmpty = ({ subject, op, value }: Atom): boolean =>
  (endsEarly.test(subject) && op === 'true') ||
  (isLength.test(subject) && (op === '<=' || op === '==') && value === 0)
