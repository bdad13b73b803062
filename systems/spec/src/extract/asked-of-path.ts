import type { Atom } from '../facts/condition.ts'
import { negateAtom } from '../facts/condition.ts'
import { shown } from '../facts/expression.ts'
import type { Answer } from './observation.ts'

/** Java: expressions for the path of a request, as filters ask for it. */
export const pathOfRequest =
  /\b(?:\w*request|\w*context|ctx|c|req|exchange)\b[\w.()]*\.(?:getPath|getRequestURI|getRequestUri|getServletPath|getPathInfo|normalizedPath)\((?:true|false)?\)/i

/**
 * What holds of the path of every request that comes to a route, of what answers ask of it: a filter that leaves out `/health` refuses nobody there. Of a text
 * that does not begin as paths do nothing is known, nor of what variables decide.
 */
export function askedOfPath(answers: readonly Answer[], path: string): Atom[] {
  const known = new Map<string, Atom>()
  for (const atom of answers.flatMap(({ conditions }) => conditions.flat(2))) {
    if (known.has(`${atom.op} ${atom.subject}`)) continue
    const asked = questionOf(atom)
    if (!asked) continue
    const is = holdsOf(path, asked.how, asked.text)
    if (is !== null) known.set(`${atom.op} ${atom.subject}`, is === asked.isTrue ? atom : negateAtom(atom))
  }
  return [...known.values()]
}

interface Question {
  how: string
  text: string
  isTrue: boolean
}

function questionOf({ subject, op, value }: Atom): Question | null {
  const text = shown(subject)
  if (typeof value === 'string')
    return (op === '==' || op === '!=') && isPath(text)
      ? { how: 'equals', text: value, isTrue: op === '==' }
      : null
  const [, of = '', how = '', asked = ''] =
    /^(.*)\.(startsWith|endsWith|equals|contains)\("([^"\\]*)"\)$/.exec(text) ?? []
  return isPath(of) && (op === 'true' || op === 'false') ? { how, text: asked, isTrue: op === 'true' } : null
}

const isPath = (text: string): boolean => {
  const found = pathOfRequest.exec(text)
  return found !== null && found.index + found[0].length === text.length
}

function holdsOf(path: string, how: string, text: string): boolean | null {
  const [head = '', ...more] = path.split(/\{[^{}]*\}|\*/)
  const tail = more.at(-1) ?? head
  const isWhole = more.length === 0
  // Frameworks differ in whether a path begins with a stroke.
  if (how !== 'endsWith' && !text.startsWith('/')) return null
  switch (how) {
    case 'startsWith':
      return head.startsWith(text) ? true : isWhole || !text.startsWith(head) ? false : null
    case 'equals':
      return isWhole ? path === text : text.startsWith(head) ? null : false
    case 'endsWith':
      return tail.endsWith(text) ? true : isWhole || !text.endsWith(tail) ? false : null
    default:
      return [head, ...more].some((part) => part.includes(text)) ? true : isWhole ? false : null
  }
}
