import { renameStatus, statusNamed } from '../packs/status.ts'

/** One literal of code to be another, both as they stand in a sentence: `201`, `"No such loan."`. */
export interface LiteralChange {
  from: string
  to: string
}

export interface CodePlace {
  path: string
  line: number
}

export interface LiteralTask {
  /** `Task 1: change "POST /loans"`. */
  name: string
  /** What to put in place of what, each once; empty where the task asks for more. */
  changes: LiteralChange[]
  places: CodePlace[]
}

/** Tasks of a prompt of `writePrompt`: where as many sentences come as go, and they differ in literals alone, these are the changes. */
export function readLiteralTasks(prompt: string): LiteralTask[] {
  return prompt.split(/\n\n(?=Task \d+: )/).flatMap((block): LiteralTask[] => {
    const name = /^Task \d+: [^\n]*/.exec(block)?.[0]
    if (name === undefined) return []
    const lines = (begin: string) =>
      block.split('\n').flatMap((line) => (line.startsWith(begin) ? [line.slice(begin.length)] : []))
    const [old, next] = [lines('  It holds no more: '), lines('  It shall hold: ')]
    const places = lines('  Code: ').flatMap((text) => {
      const match = /^(.+?):(\d+)(?: \(.*\))?$/.exec(text)
      return match ? [{ path: match[1] ?? '', line: Number(match[2]) }] : []
    })
    // What routes an operation stands first.
    const moved = pathChange(old, next)
    if (moved) return [{ name, changes: [moved], places: places.slice(0, 1) }]
    return [{ name, changes: literalChanges(old, next), places }]
  })
}

/** The part of a path in which an operation is to differ, as `/loans` and `/lending`; null where more is asked. */
export function pathChange(old: readonly string[], next: readonly string[]): LiteralChange | null {
  const titles = [old, next].map((all) =>
    all.flatMap((one) => /^THE service SHALL answer (\S+ \/\S*)\.$/.exec(one)?.[1] ?? []),
  )
  const [from, to] = titles.map(([title]) => title)
  if (from === undefined || to === undefined || old.length + next.length !== 2) return null
  const [method, path = ''] = from.split(' ')
  const [other, target = ''] = to.split(' ')
  if (method !== other) return null
  const [a, b] = [path, target].map((one) => one.split('/').slice(1))
  if (!a || !b) return null
  let begin = 0
  while (begin < Math.min(a.length, b.length) && a[begin] === b[begin]) begin++
  let end = 0
  while (end < Math.min(a.length, b.length) - begin && a.at(-1 - end) === b.at(-1 - end)) end++
  const [gone, come] = [a, b].map((parts) => parts.slice(begin, parts.length - end))
  const isPlain = [gone, come].every(
    (parts) => parts && parts.length > 0 && parts.every((part) => /^[\w.~-]+$/.test(part)),
  )
  return isPlain ? { from: `/${gone?.join('/')}`, to: `/${come?.join('/')}` } : null
}

/** The literals in which sentences differ from others, in their order, each once; none where they differ otherwise, or one literal in two ways. */
export function literalChanges(old: readonly string[], next: readonly string[]): LiteralChange[] {
  if (old.length !== next.length) return []
  const pairs = old.map((was, at) => differingLiterals(was, next[at] ?? ''))
  const changes = new Map(pairs.flatMap((all) => all ?? []).map((one) => [one.from, one]))
  const isOneEach = pairs.every((all) => all?.every(({ from, to }) => changes.get(from)?.to === to))
  return isOneEach ? [...changes.values()] : []
}

/** The one literal in which two sentences differ; null where they differ otherwise. */
export function literalChange(was: string, now: string): LiteralChange | null {
  const [only, ...more] = differingLiterals(was, now) ?? []
  return only && more.length === 0 ? only : null
}

/** Literals in which two sentences differ; null where they differ in more. */
function differingLiterals(was: string, now: string): LiteralChange[] | null {
  const [old, fresh] = [was, now].map(
    (text) => text.match(/"(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?|\w+|\s+|[^\w\s]/g) ?? [],
  )
  if (!old || !fresh || old.length !== fresh.length) return null
  const isLiteral = (token: string) => /^(?:"|\d)/.test(token)
  const differing = old.flatMap((from, at) => {
    const to = fresh[at] ?? ''
    return from === to ? [] : [{ from, to }]
  })
  const isAll = differing.every(
    ({ from, to }) => isLiteral(from) && isLiteral(to) && from.startsWith('"') === to.startsWith('"'),
  )
  return isAll ? differing : null
}

const reachLines = 40

/** Languages whose statuses have a type of their own, or are never written as numbers. */
const named = /\.(?:java|kt|go|cs|scala)$/
/** `HttpStatus.CONFLICT`, `http.StatusConflict`, `status.HTTP_409_CONFLICT`, `createError.Conflict(`: where a name may stand for a status. */
const statusNames =
  /\b(?:\w+\.)*\w*(?:status|http|boom|codes?|errors?)\w*\.(\w+)|\b((?:Status|SC_|HTTP_)\w+)/gi

interface Replacement {
  start: number
  end: number
  text: string
  /** What is written now, for people. */
  written: string
}

/**
 * Replaces the occurrence of a literal that is nearest behind one of the places. A text may stand in single quotes or double ones,
 * which stay; a status may stand there by its name. Null where it stands near none.
 */
export function replaceNearest(
  texts: ReadonlyMap<string, string>,
  places: readonly CodePlace[],
  change: LiteralChange,
): { path: string; line: number; text: string; written: string; now: string } | null {
  let best: { path: string; line: number; distance: number; by: Replacement } | null = null
  for (const [path, text] of texts)
    for (const [line, content, distance] of linesBehind(text, path, places)) {
      if (best && distance >= best.distance) continue
      const by = replacementIn(content, change) ?? namedIn(content, change, path, text)
      if (by) best = { path, line, distance, by }
    }
  if (!best) return null
  const { path, line, by } = best
  const text = texts.get(path) ?? ''
  const start = lineStart(text, line - 1)
  return {
    path,
    line,
    written: by.written,
    now: /^["/]/.test(by.written) ? change.to : by.text,
    text: text.slice(0, start + by.start) + by.text + text.slice(start + by.end),
  }
}

/** Lines that stand at most so far behind a place, with how far, and their number. */
function linesBehind(text: string, path: string, places: readonly CodePlace[]): [number, string, number][] {
  return text.split('\n').flatMap((content, at): [number, string, number][] => {
    const distances = places.flatMap((place) =>
      place.path === path && at + 1 >= place.line ? [at + 1 - place.line] : [],
    )
    const distance = Math.min(...distances)
    return distance > reachLines ? [] : [[at + 1, content, distance]]
  })
}

function replacementIn(content: string, { from, to }: LiteralChange): Replacement | null {
  if (from.startsWith('/')) return pathIn(content, { from, to })
  const bare = (token: string) => (token.startsWith('"') ? token.slice(1, -1) : token)
  const isText = from.startsWith('"')
  const found = content.search(isText ? quoted(bare(from)) : number(from))
  if (found === -1) return null
  const start = isText ? found + 1 : found
  return { start, end: start + bare(from).length, text: bare(to), written: from }
}

/** Parts of a path within a text, which may begin with them without a stroke. */
function pathIn(content: string, { from, to }: LiteralChange): Replacement | null {
  const form = new RegExp(`(["'\`])([^"'\`\\n]*?)((?<=["'\`])|/)${escaped(from.slice(1))}(?=/|\\1)`)
  const match = form.exec(content)
  if (!match) return null
  const [all] = match
  const end = match.index + all.length
  return { start: end - from.length + 1, end, text: to.slice(1), written: from }
}

/** A status by its name: as the other's name where that is known to be one, else as a number. */
function namedIn(
  content: string,
  { from, to }: LiteralChange,
  path: string,
  text: string,
): Replacement | null {
  for (const match of content.matchAll(statusNames)) {
    const [all, member, bare] = match
    const name = member ?? bare ?? ''
    if (statusNamed(name) !== Number(from)) continue
    const next = renameStatus(name, Number(to))
    const start = match.index
    const end = start + all.length
    const renamed = all.slice(0, all.length - name.length) + (next ?? '')
    const isCalled = content[end] === '('
    const isKnown = named.test(path) || isCalled || text.includes(renamed)
    if (next === null && isCalled) continue
    return { start, end, text: next !== null && isKnown ? renamed : to, written: all }
  }
  return null
}

/** Names near the places that say the status of a change without being one: `ConflictException`. For people, where nothing could be replaced. */
export function statusNamesNear(
  texts: ReadonlyMap<string, string>,
  places: readonly CodePlace[],
  { from }: LiteralChange,
): { name: string; path: string; line: number }[] {
  return [...texts].flatMap(([path, text]) =>
    linesBehind(text, path, places).flatMap(([line, content]) =>
      (content.match(/\b[A-Z]\w+\b/g) ?? []).flatMap((name) =>
        statusNamed(name.replace(/(?:Http)?(?:Exception|Error)$/, '')) === Number(from)
          ? [{ name, path, line }]
          : [],
      ),
    ),
  )
}

export const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
const quoted = (text: string) => new RegExp(`(["'\`])${escaped(text)}\\1`)
const number = (text: string) => new RegExp(`(?<![\\w.])${escaped(text)}(?![\\w.])`)
const lineStart = (text: string, line: number) =>
  text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0)
