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
  /** Null where the task asks for more. */
  change: LiteralChange | null
  places: CodePlace[]
}

/** Tasks of a prompt of `writePrompt`: where one sentence goes, one comes, and they differ in one literal, that is the change. */
export function readLiteralTasks(prompt: string): LiteralTask[] {
  return prompt.split(/\n\n(?=Task \d+: )/).flatMap((block): LiteralTask[] => {
    const name = /^Task \d+: [^\n]*/.exec(block)?.[0]
    if (name === undefined) return []
    const lines = (begin: string) =>
      block.split('\n').flatMap((line) => (line.startsWith(begin) ? [line.slice(begin.length)] : []))
    const [was, ...moreWas] = lines('  It holds no more: ')
    const [now, ...moreNow] = lines('  It shall hold: ')
    const isOne = was !== undefined && now !== undefined && moreWas.length + moreNow.length === 0
    const places = lines('  Code: ').flatMap((text) => {
      const match = /^(.+?):(\d+)(?: \(.*\))?$/.exec(text)
      return match ? [{ path: match[1] ?? '', line: Number(match[2]) }] : []
    })
    return [{ name, change: isOne ? literalChange(was, now) : null, places }]
  })
}

/** The one literal in which two sentences differ; null where they differ otherwise. */
export function literalChange(was: string, now: string): LiteralChange | null {
  const [old, fresh] = [was, now].map(
    (text) => text.match(/"(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?|\w+|\s+|[^\w\s]/g) ?? [],
  )
  if (!old || !fresh || old.length !== fresh.length) return null
  const differing = old.flatMap((token, at) => (token === fresh[at] ? [] : [at]))
  const [at, ...more] = differing
  if (at === undefined || more.length > 0) return null
  const [from = '', to = ''] = [old[at], fresh[at]]
  const isLiteral = (token: string) => /^(?:"|\d)/.test(token)
  return isLiteral(from) && isLiteral(to) && from.startsWith('"') === to.startsWith('"') ? { from, to } : null
}

const reachLines = 40

/**
 * Replaces the occurrence of a literal that is nearest behind one of the places. A text may stand in single quotes or double ones,
 * which stay. Null where it stands near none.
 */
export function replaceNearest(
  texts: ReadonlyMap<string, string>,
  places: readonly CodePlace[],
  { from, to }: LiteralChange,
): { path: string; line: number; text: string } | null {
  let best: { path: string; line: number; start: number; distance: number } | null = null
  const bare = (token: string) => (token.startsWith('"') ? token.slice(1, -1) : token)
  const isText = from.startsWith('"')
  for (const [path, text] of texts)
    for (const [at, content] of text.split('\n').entries()) {
      const distance = Math.min(
        ...places.flatMap((place) =>
          place.path === path && at + 1 >= place.line ? [at + 1 - place.line] : [],
        ),
      )
      if (distance > reachLines || (best && distance >= best.distance)) continue
      const column = isText ? content.search(quoted(bare(from))) + 1 : content.search(number(from))
      if (column > (isText ? 0 : -1))
        best = { path, line: at + 1, distance, start: lineStart(text, at) + column }
    }
  if (!best) return null
  const text = texts.get(best.path) ?? ''
  const end = best.start + bare(from).length
  return {
    path: best.path,
    line: best.line,
    text: `${text.slice(0, best.start)}${bare(to)}${text.slice(end)}`,
  }
}

export const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
const quoted = (text: string) => new RegExp(`(["'\`])${escaped(text)}\\1`)
const number = (text: string) => new RegExp(`(?<![\\w.])${escaped(text)}(?![\\w.])`)
const lineStart = (text: string, line: number) =>
  text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0)
