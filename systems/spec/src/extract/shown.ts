import { STATUS_CODES } from 'node:http'
import { partedIn, shown, untoldIn } from '../facts/expression.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import type { Fact, OperationFact } from '../facts/fact.ts'
import type { Pack, StatusRule } from '../packs/pack.ts'
import { packs as knownPacks } from '../packs/packs.ts'
import { statusNamed } from '../packs/status.ts'
import { unshownWords } from './shown-inputs.ts'

/**
 * What is missing in the texts of a fact's evidence that would show it: the status of an answer, what its condition asks; of an operation, of what it takes (by the
 * operation) and of a model the words of its sentence. Empty where they show it, with what frameworks are documented to do.
 */
export function missingIn(
  fact: Fact,
  texts: readonly string[],
  packs: readonly Pack[] = knownPacks,
  operation: OperationFact | null = null,
): string[] {
  if (fact.kind === 'operation')
    return [...unshownWords(fact, texts, packs, null), ...unshownIn(fact.condition, texts)]
  if (fact.kind === 'parameter' || fact.kind === 'body' || fact.kind === 'model')
    return unshownWords(fact, texts, packs, operation)
  if (fact.kind !== 'error' && fact.kind !== 'response' && fact.kind !== 'guard') return []
  const status = fact.kind === 'guard' ? undefined : fact.status
  const words = wordsIn(texts)
  return [
    ...(status === undefined || fact.grade !== 'proved' || showsStatus(status, texts, packs, words)
      ? []
      : [`status ${status}`]),
    ...unshownIn(fact.condition, texts, words),
  ]
}

/** What a condition asks that texts do not show. */
export const unshownIn = (
  condition: Condition,
  texts: readonly string[],
  words: ReadonlySet<string> = wordsIn(texts),
): string[] =>
  condition.flat().flatMap((atom) => (showsAtom(atom, words, texts) ? [] : [shown(atom.subject)]))

const word = /[\p{L}_$][\w$]*/gu

const wordsIn = (texts: readonly string[]): Set<string> =>
  new Set(texts.flatMap((text) => text.match(word) ?? []))

/** Whether texts say a status, by its number or a name of it, or by what is documented to have it. */
export function showsStatus(
  status: number,
  texts: readonly string[],
  packs: readonly Pack[] = knownPacks,
  words: ReadonlySet<string> = wordsIn(texts),
): boolean {
  // What just answers answers so.
  if (status === 200 || status === 204) return true
  const number = new RegExp(String.raw`(?<![\d.])${status}(?![\d.])`)
  if (texts.some((text) => number.test(text))) return true
  const name = squeezed(STATUS_CODES[status] ?? '')
  return [...words].some(
    (one) =>
      statusNamed(one) === status ||
      (name.length > 4 && squeezed(one).includes(name)) ||
      documented(packs).get(one)?.has(status) === true,
  )
}

const squeezed = (text: string) => text.replaceAll(/[^a-z]/gi, '').toLowerCase()

const known = new WeakMap<readonly Pack[], Map<string, Set<number>>>()

/** Statuses of what frameworks have, by its last name. */
function documented(packs: readonly Pack[]): Map<string, Set<number>> {
  const found = known.get(packs)
  if (found) return found
  const made = new Map<string, Set<number>>()
  for (const pack of packs)
    for (const [path, status] of statusesIn(pack)) {
      const name =
        path
          .replace(/\(\)$/, '')
          .split(/[./:#]/)
          .at(-1) ?? ''
      made.set(name, (made.get(name) ?? new Set()).add(status))
    }
  known.set(packs, made)
  return made
}

const statusesIn = (pack: Pack): [string, number][] =>
  [
    ...Object.entries(pack.errors ?? {}),
    ...Object.entries(pack.answers ?? {}).map(([path, { status }]): [string, StatusRule] => [path, status]),
    ...[...Object.entries(pack.calls ?? {}), ...Object.entries(pack.lastCalls ?? {})].flatMap(
      ([path, rule]): [string, StatusRule][] =>
        'status' in rule && rule.status !== undefined ? [[path, rule.status]] : [],
    ),
  ].flatMap(([path, rule]): [string, number][] => {
    const status = typeof rule === 'number' ? rule : rule.otherwise
    return status === undefined ? [] : [[path, status]]
  })

/** Words of expressions that say nothing of what is asked. */
const common = new Set(['failed', 'raised', 'fits', 'as', 'len', 'length', 'error', 'null', 'true', 'false'])

// Of what an atom asks the last that has a name stands in a text, or something that is read of the request by its name.
function showsAtom({ subject }: Atom, words: ReadonlySet<string>, texts: readonly string[]): boolean {
  if (untoldIn(subject) !== null) return true
  // What is declared of a request, and what the framework asks of a caller.
  if (/^[@?]|^request$|^body(?: |$)|^(?:query|header|cookie|form|path) failed$| fits /.test(subject))
    return true
  if (subject.startsWith('raised '))
    return texts.some((text) => /\b(?:catch|except|recover|rescue)\b/.test(text))
  const said = partedIn(subject).text.replaceAll(/"[^"]*"/g, '')
  const own = (said.match(word) ?? []).filter((one) => one.length > 1 && !common.has(one))
  const part = /^(?:path|query|header|cookie|form|body)\.([\w.-]+)/.exec(said)?.[1]?.split(/[.-]/) ?? []
  if (part.length > 0)
    return part.some((one) => texts.some((text) => text.toLowerCase().includes(one.toLowerCase())))
  // Its name may be handed in where what asks is made.
  const [place] = /\b(?:header|cookie|query)(?=\.)/.exec(said) ?? []
  if (place !== undefined && texts.some((text) => text.toLowerCase().includes(place))) return true
  return own.length === 0 || own.some((one) => words.has(one) && !roots.has(one))
}

const roots = new Set(['path', 'query', 'header', 'cookie', 'form', 'body', 'req', 'request', 'ctx', 'this'])
