import { basename, dirname, join } from 'node:path/posix'
import type { CodeMarks } from '../facts/code-mark.ts'
import type { Evidence, Fact, OperationFact } from '../facts/fact.ts'
import { factsOf } from '../facts/fact-set.ts'
import { operationTitle } from '../requirements/say-fact.ts'
import type { CodeChange } from './code-change.ts'
import { classUsers } from './class-users.ts'
import type { Drift } from './compare-facts.ts'
import { tokensOf } from './named-parts.ts'
import { setUpFor } from './set-up.ts'
import type { Shown } from './set-up.ts'
import type { Marked } from './same-code.ts'

/** A change of code that stands behind no operation, and the operations of which the code names it. */
export interface BesideChange extends CodeChange {
  /** Ids of operations. */
  operations: string[]
  /** It sets something up for them. */
  isSetUp?: true
}

/**
 * Of changes of code those that stand behind no operation, as nothing that ran came there: a class that only a library looks into, what a decorator of code outside
 * calls. They are taken for changes of the operations of which the code names the part that changed.
 *
 * @param textOf the text of a file of now; null where there is none
 * @returns those, and what no operation names
 */
export async function besideChanges(
  changes: readonly CodeChange[],
  before: Marked,
  { code, facts }: Marked,
  textOf: (path: string) => Promise<string | null>,
): Promise<{ beside: BesideChange[]; elsewhere: CodeChange[] }> {
  const read = code?.read
  if (!read) return { beside: [], elsewhere: [] }
  const held = changes.flatMap((change): BesideChange[] => {
    const operations = change.holder === '' ? [] : answering(change.holder, read.answers ?? {}, facts)
    return operations.length > 0 ? [{ ...change, operations }] : []
  })
  const behind = new Set(read.words.map(({ path, symbol }) => `${path}#${symbol}`))
  const silent = new Set(read.silent.map(({ path, symbol }) => `${path}#${symbol}`))
  const hasWords = (path: string, [first, last]: [number, number]) =>
    read.words.some((one) => one.path === path && one.words.some(([, line]) => first <= line && line <= last))
  const isHeld = (one: CodeChange) =>
    held.some(({ path, symbol }) => path === one.path && symbol === one.symbol)
  const unrun = changes.filter((change) => {
    const { path, symbol, lines, isWhole, isUnsure, holder, method } = change
    if (isUnsure || holder !== '' || isHeld(change)) return false
    if (isWhole && before.code?.places[path]?.[symbol] !== undefined) return false
    if (method) return !hasWords(path, method)
    const key = `${path}#${symbol}`
    if (symbol !== '') return !behind.has(key) && (isWhole || !silent.has(key))
    return !read.words.some(
      (one) => one.path === path && lines.some((line) => one.line <= line && line <= one.endLine),
    )
  })
  if (unrun.length === 0 && changes.every(({ holder }) => holder === ''))
    return { beside: held, elsewhere: [] }
  const texts = new Map<string, { text: string; lines: string[] }>()
  const linesAt = async (path: string, from: number, to: number) => {
    let known = texts.get(path)
    if (!known) {
      const text = (await textOf(path)) ?? ''
      texts.set(path, (known = { text, lines: text.split('\n') }))
    }
    return known.lines.slice(from - 1, to).join('\n')
  }
  const pieces: Piece[] = []
  for (const { path, line, endLine } of read.words)
    pieces.push({ path, names: tokensOf(await linesAt(path, line, endLine)) })
  const told = Map.groupBy(facts, (fact) => ('operation' in fact ? fact.operation : fact.id))
  const operations = await Promise.all(
    factsOf(facts, 'operation').map(async ({ id }) => {
      const own = (read.behind[id] ?? []).flatMap((at) => pieces[at] ?? [])
      for (const fact of told.get(id) ?? [])
        for (const [at, { path, line }] of fact.evidence.entries()) {
          const names = tokensOf(await linesAt(path, line, line))
          if (at === 0) for (const name of modelsOf(fact)) names.add(name)
          own.push({ path, names })
        }
      return { id, own }
    }),
  )
  const putOn = new Map<CodeChange, string[]>()
  for (const change of read.classes ? unrun : []) {
    const { path, symbol } = change
    const [name = ''] = symbol.split('.')
    const text = async (of: string) => (await linesAt(of, 1, 0), texts.get(of)?.text ?? '')
    const ids = await classUsers(
      { path, name },
      read.classes ?? [],
      factsOf(facts, 'operation'),
      text,
      seenFrom,
    )
    putOn.set(change, ids)
  }
  const beside = unrun.flatMap((change): BesideChange[] => {
    const { name, owner, namers } = change.names
    const sees = seenFrom(change.path)
    const files = new Set([...texts].flatMap(([path, { text }]) => (sees(path, text) ? [path] : [])))
    const naming = (all: readonly string[]) => {
      const names = all.filter((one) => one !== '')
      if (names.length === 0) return []
      const isNaming = ({ own }: { own: readonly Piece[] }) =>
        names.every((one) => own.some((piece) => files.has(piece.path) && piece.names.has(one)))
      return operations.filter(isNaming).map(({ id }) => id)
    }
    const named = owner === '' ? [] : naming([owner, name])
    const called = naming([name])
    // What a class says of itself it says of the operations that its methods are.
    const handled = factsOf(facts, 'operation').filter(
      ({ evidence: [site] }) => site && isOfClass(site, change),
    )
    if (handled.length > 0) return [{ ...change, operations: handled.map(({ id }) => id) }]
    const on = putOn.get(change) ?? []
    const users = on.length > 0 ? [...new Set([...on, ...naming([owner])])] : []
    // A name alone may be that of a method of anything else.
    for (const found of [named, users, called, ...[owner, ...namers].map((one) => naming([one]))])
      if (found.length > 0) return [{ ...change, operations: found }]
    return []
  })
  const nobodys = (all: readonly BesideChange[]) => {
    const named = new Set(all.map(keyOf))
    return unrun.filter((one) => !named.has(keyOf(one)))
  }
  const shown: Shown = {
    facts,
    behind: new Map(
      Object.entries(read.behind).map(([id, all]) => [id, all.flatMap((at) => read.words[at] ?? [])]),
    ),
    lineAt: (path, line) => linesAt(path, line, line),
  }
  for (const change of nobodys(beside)) {
    const found = await setUpFor(change, shown)
    if (found.length > 0) beside.push({ ...change, operations: found, isSetUp: true })
  }
  for (const change of [...nobodys(beside), ...changes.filter((one) => one.holder !== '' && !isHeld(one))]) {
    const found = answeredBy(change, read.mappers ?? [], operations, facts)
    if (found.length > 0) beside.push({ ...change, operations: found })
  }
  return { beside: [...held, ...beside], elsewhere: nobodys(beside) }
}

const isOfClass = (site: Evidence, { path, symbol, holder }: CodeChange): boolean =>
  holder === '' && symbol !== '' && site.path === path && site.symbol.startsWith(`${symbol}.`)

const keyOf = ({ path, symbol, lines }: CodeChange) => `${path}#${symbol}#${lines[0] ?? 0}`

/** Operations that answer what may be of a class, where it is not known in whole what that holds. */
function answering(
  name: string,
  answers: Readonly<Record<string, readonly string[]>>,
  facts: readonly Fact[],
): string[] {
  const isOpen = (value: unknown): boolean =>
    Array.isArray(value)
      ? value.some(isOpen)
      : typeof value === 'object' &&
        value !== null &&
        (('type' in value && value.type === 'unknown') || Object.values(value).some(isOpen))
  const unknown = new Set(
    facts.flatMap((fact) =>
      fact.kind === 'response' && fact.status < 300 && fact.status !== 204 && isOpen(fact.shape)
        ? [fact.operation]
        : [],
    ),
  )
  return Object.entries(answers).flatMap(([id, names]) =>
    names.includes(name) && unknown.has(id) ? [id] : [],
  )
}

/** Errors of frameworks that say whom they refuse (Quarkus, "Security"; Spring Security; Jakarta REST; Micronaut Security). */
const refusals =
  /^(?:Unauthorized|NotAuthorized|AuthenticationFailed|Forbidden|AccessDenied|Authentication|Authorization)Exception$/

/** Operations that what answers errors answers for: those of which the code names the error, else where it says who is refused those that refuse some. */
function answeredBy(
  { path, symbol, holder }: CodeChange,
  mappers: NonNullable<NonNullable<CodeMarks['read']>['mappers']>,
  operations: readonly { id: string; own: readonly Piece[] }[],
  facts: readonly Fact[],
): string[] {
  const found = mappers
    .filter((one) =>
      holder === '' ? one.path === path && one.symbol === symbol : one.names.includes(holder),
    )
    .flatMap(({ type }) => {
      const naming = operations.filter(({ own }) => own.some(({ names }) => names.has(type)))
      if (naming.length > 0 || !refusals.test(type)) return naming.map(({ id }) => id)
      return factsOf(facts, 'guard').map(({ operation }) => operation)
    })
  return [...new Set(found)]
}

/** A part of the code behind an operation, with the names in it. */
interface Piece {
  path: string
  names: Set<string>
}

/** Whether a file may mean what another declares: it is that file, is beside it in a language where these are one, or imports that file or its folder. */
function seenFrom(changed: string): (path: string, text: string) => boolean {
  const folder = dirname(changed)
  const isOneFolder = /\.(?:go|java)$/.test(changed)
  const stem = basename(changed).replace(/\..*$/, '')
  const called = /^(?:index|main|mod|__init__)$/.test(stem) ? [] : [stem]
  const names = [...called, basename(folder)]
    .filter((one) => !/^(?:|\.|src|lib|app)$/.test(one))
    .map((one) => one.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  const any = `(?:${names.join('|')})`
  const said = new RegExp(
    changed.endsWith('.java')
      ? String.raw`\b${any}\b`
      : changed.endsWith('.py')
        ? String.raw`^\s*(?:from|import)\b.*\b${any}\b`
        : String.raw`/${any}"`,
    'm',
  )
  const isScript = /\.[cm]?[jt]sx?$/.test(changed)
  const whole = changed.replace(/\.\w+$/, '')
  const meant = called.length > 0 ? [whole, folder] : [whole, folder, dirname(folder)]
  const imports = (path: string, text: string) =>
    isScript
      ? [...text.matchAll(/(\b(?:from|import|require)\s*\(?\s*)?['"`]([^'"`\s]*\/[^'"`\s]*)['"`]/g)].some(
          ([, imported, name = '']) => {
            const bare = name.replace(/\.[cm]?[jt]sx?$/, '')
            if (bare.startsWith('.')) return meant.includes(join(dirname(path), bare))
            // A path of a request looks like one of a file.
            const file = bare.replace(/^[@~#]?\w*\//, '')
            return imported !== undefined && meant.some((one) => one === file || one.endsWith(`/${file}`))
          },
        )
      : names.length > 0 && said.test(text)
  return (path, text) => path === changed || (isOneFolder && dirname(path) === folder) || imports(path, text)
}

/** Drifts of what changed beside the code that ran, but for what is told of the same place. */
export function besideDrifts(
  changes: readonly BesideChange[],
  operations: readonly OperationFact[],
  told: readonly Drift[],
): Drift[] {
  const byId = new Map(operations.map((one) => [one.id, one]))
  const drifted = new Set(told.flatMap(({ requirement, usedBy }) => [requirement, ...usedBy]))
  return changes.flatMap(({ path, symbol, lines, was, is, operations: ids, isWhole, isSetUp }) => {
    const isTold = told.some(
      ({ evidence }) =>
        evidence?.path === path &&
        (isWhole || lines.includes(evidence.line) || (symbol !== '' && evidence.symbol === symbol)),
    )
    const [line = 0] = lines
    // What is set up for all of them and told of each is not told again.
    const isSaid =
      isSetUp &&
      (told.some(({ factKind }) => factKind === 'operation') ||
        ids.every((id) => {
          const operation = byId.get(id)
          return operation !== undefined && drifted.has(operationTitle(operation))
        }))
    return ids.flatMap((id): Drift[] => {
      const operation = byId.get(id)
      if (isTold || isSaid || !operation) return []
      return [
        {
          kind: 'changed',
          requirement: operationTitle(operation),
          factKind: 'code',
          before: was,
          after: is,
          evidence: { path, symbol, startByte: 0, endByte: 0, line, tokenHash: '' },
          factId: id,
          usedBy: [],
          common: '',
          cause: `${path}#${symbol}`,
        },
      ]
    })
  })
}

/** Names of the models that a request or an answer holds. */
function modelsOf(fact: Fact): string[] {
  const names: string[] = []
  const put = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(put)
    else if (typeof value === 'object' && value !== null) {
      if ('type' in value && value.type === 'model' && 'name' in value) names.push(String(value.name))
      Object.values(value).forEach(put)
    }
  }
  if ('shape' in fact) put(fact.shape)
  return names
}
