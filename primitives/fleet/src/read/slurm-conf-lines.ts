/** One statement of a `slurm.conf`: the pairs of a line, after its continuations were joined. */
export interface ConfLine {
  file: string
  /** Of its first line, counted from 1. */
  line: number
  /** How many lines of the file it takes. */
  span: number
  pairs: [key: string, value: string][]
}

export interface ConfIssue {
  file: string
  line: number
  says: string
}

export interface ConfLines {
  lines: ConfLine[]
  issues: ConfIssue[]
}

export interface ConfSource {
  /** Name for messages. */
  file: string
  text: string
  /** The text of an included file by its path as written, or null when there is none. */
  include?: (path: string) => Promise<string | null>
}

const deepestInclude = 16

/**
 * Reads the syntax of `slurm.conf`: `key=value` pairs, quotes, `#` comments (`\#` is a character), a backslash at the end of a line that
 * goes on, `Include` (with `%c` for the cluster's name), case of keys as it comes. https://slurm.schedmd.com/slurm.conf.html
 */
export async function readConfLines(source: ConfSource, depth = 0): Promise<ConfLines> {
  const lines: ConfLine[] = []
  const issues: ConfIssue[] = []
  const physical = source.text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  for (let i = 0; i < physical.length;) {
    const line = i + 1
    let text = ''
    for (let more = true; more && i < physical.length; i++) {
      const cut = withoutComment(physical[i]!)
      // What stands behind a comment sign is no continuation, and neither is a backslash with text after it.
      more = /\\\s*$/.test(cut)
      text += more ? `${cut.replace(/\\\s*$/, '')} ` : cut
    }
    const span = i + 1 - line
    const trimmed = text.trim()
    if (trimmed === '') continue
    const include = /^include\s+(\S.*)$/i.exec(trimmed)
    if (include !== null) {
      const cluster = lines
        .flatMap((one) => one.pairs)
        .find(([key]) => key.toLowerCase() === 'clustername')?.[1]
      const path = include[1]!.trim().replaceAll('%c', (cluster ?? '').toLowerCase())
      const found = depth >= deepestInclude ? null : ((await source.include?.(path)) ?? null)
      if (found === null) {
        const why =
          depth >= deepestInclude ? 'it is too deep: does it include itself?' : 'there is no such file here'
        issues.push({ file: source.file, line, says: `Include ${path}: ${why}` })
        continue
      }
      const inner = await readConfLines({ ...source, file: path, text: found }, depth + 1)
      lines.push(...inner.lines)
      issues.push(...inner.issues)
      continue
    }
    const { pairs, rest } = readPairs(trimmed)
    if (rest.length > 0)
      issues.push({ file: source.file, line, says: `"${rest.join(' ').slice(0, 80)}" is no key=value` })
    if (pairs.length > 0) lines.push({ file: source.file, line, span, pairs })
  }
  return { lines, issues }
}

/** A `#` begins a comment wherever it stands, in quotes too, unless a backslash is before it. */
function withoutComment(text: string): string {
  for (let at = text.indexOf('#'); at !== -1; at = text.indexOf('#', at + 1)) {
    if (text[at - 1] !== '\\') return text.slice(0, at)
  }
  return text
}

function readPairs(text: string): { pairs: [string, string][]; rest: string[] } {
  const pairs: [string, string][] = []
  const rest: string[] = []
  const pair = /([A-Za-z_][\w.]*)\s*([+-]?=)\s*(?:"([^"]*)"|(\S*))|(\S+)/g
  for (const match of text.matchAll(pair)) {
    const [, key, sign, quoted, bare, other] = match
    if (other !== undefined) rest.push(other)
    else if (key !== undefined)
      pairs.push([sign === '=' ? key : key + sign!.charAt(0), (quoted ?? bare ?? '').replaceAll('\\#', '#')])
  }
  return { pairs, rest }
}
