import { InvalidInputError } from '@heavylift/core'
import { readConfLines } from '../read/slurm-conf-lines.ts'
import type { ConfLine } from '../read/slurm-conf-lines.ts'

export interface ConfChanges {
  settings?: Record<string, string>
  /** By partition, then by key. */
  partitions?: Record<string, Record<string, string>>
}

export interface ChangedConf {
  text: string
  /** The lines that are new, as a file to include or to look at. */
  fragment: string
  /** Unified, with three lines around. */
  diff: string
}

interface Edit {
  /** Of the first line that goes, counted from 0; where lines are added, that before which. */
  at: number
  removed: number
  added: string[]
}

/**
 * Changes a `slurm.conf` and nothing else in it: a value where its key stands, a new line at the end. Files that it includes are left alone.
 * @throws InvalidInputError for a partition that this file does not define, or a value that would not be one
 */
export async function changeSlurmConf(
  text: string,
  changes: ConfChanges,
  file = 'slurm.conf',
): Promise<ChangedConf> {
  const { lines } = await readConfLines({ file, text })
  const physical = text.split('\n')
  const endsWithLine = physical.at(-1) === ''
  if (endsWithLine) physical.pop()
  const edits: Edit[] = []
  const append: string[] = []
  for (const [key, value] of Object.entries(changes.settings ?? {})) {
    checkPair(key, value)
    const line = lines.findLast(
      (one) => one.pairs.some(([name]) => name.toLowerCase() === key.toLowerCase()) && !isOfObject(one),
    )
    if (line === undefined) append.push(`${key}=${quote(value)}`)
    else edits.push(replace(line, new Map([[key, value]])))
  }
  for (const [name, values] of Object.entries(changes.partitions ?? {})) {
    for (const [key, value] of Object.entries(values)) checkPair(key, value)
    const line = lines.findLast(
      ({ pairs: [first] }) => first?.[0].toLowerCase() === 'partitionname' && first[1] === name,
    )
    if (line === undefined) {
      const known = lines.filter(
        ({ pairs: [first] }) =>
          first?.[0].toLowerCase() === 'partitionname' && first[1].toUpperCase() !== 'DEFAULT',
      )
      throw new InvalidInputError({
        code: 'unknown-partition',
        message: `${file} defines no partition ${name}. It has ${known.map(({ pairs }) => pairs[0]![1]).join(', ')}.`,
      })
    }
    edits.push(replace(line, new Map(Object.entries(values))))
  }
  if (append.length > 0) edits.push({ at: physical.length, removed: 0, added: append })
  edits.sort((a, b) => a.at - b.at)
  const changed: string[] = []
  let at = 0
  for (const edit of edits) {
    changed.push(...physical.slice(at, edit.at), ...edit.added)
    at = edit.at + edit.removed
  }
  changed.push(...physical.slice(at))
  return {
    text: changed.join('\n') + (endsWithLine || append.length > 0 ? '\n' : ''),
    fragment: edits
      .flatMap(({ added }) => added)
      .map((line) => `${line}\n`)
      .join(''),
    diff: writeDiff(file, physical, edits),
  }
}

const isOfObject = ({ pairs }: ConfLine) =>
  /^(nodename|partitionname|nodeset|downnodes|frontendname)$/i.test(pairs[0]?.[0] ?? '')

/** A value cannot end its line, nor begin a comment. */
function checkPair(key: string, value: string): void {
  if (/^[A-Za-z][\w]*$/.test(key) && /^[^\r\n#"\\]*$/.test(value)) return
  throw new InvalidInputError({
    code: 'bad-setting',
    message: `"${key}=${value}" cannot stand in slurm.conf. Leave out quotes, #, \\ and line ends.`,
  })
}

const quote = (value: string) => (/\s/.test(value) ? `"${value}"` : value)

function replace(line: ConfLine, values: Map<string, string>): Edit {
  const left = new Map(values)
  const pairs = line.pairs.map(([key, value]): [string, string] => {
    const found = [...left.keys()].find((one) => one.toLowerCase() === key.toLowerCase())
    if (found === undefined) return [key, value]
    const changed = left.get(found)!
    left.delete(found)
    return [key, changed]
  })
  const text = [...pairs, ...left].map(([key, value]) => `${key}=${quote(value)}`).join(' ')
  return { at: line.line - 1, removed: line.span, added: [text] }
}

const around = 3

function writeDiff(file: string, before: readonly string[], edits: readonly Edit[]): string {
  if (edits.length === 0) return ''
  const groups: Edit[][] = []
  for (const edit of edits) {
    const last = groups.at(-1)?.at(-1)
    if (last !== undefined && edit.at - (last.at + last.removed) <= 2 * around) groups.at(-1)!.push(edit)
    else groups.push([edit])
  }
  let shift = 0
  const hunks = groups.map((group) => {
    const from = Math.max(0, group[0]!.at - around)
    const lastEdit = group.at(-1)!
    const to = Math.min(before.length, lastEdit.at + lastEdit.removed + around)
    const body: string[] = []
    let at = from
    for (const edit of group) {
      body.push(...before.slice(at, edit.at).map((line) => ` ${line}`))
      body.push(
        ...before.slice(edit.at, edit.at + edit.removed).map((line) => `-${line}`),
        ...edit.added.map((line) => `+${line}`),
      )
      at = edit.at + edit.removed
    }
    body.push(...before.slice(at, to).map((line) => ` ${line}`))
    const grown = group.reduce((sum, edit) => sum + edit.added.length - edit.removed, 0)
    const head = `@@ -${from + 1},${to - from} +${from + 1 + shift},${to - from + grown} @@`
    shift += grown
    return [head, ...body].join('\n')
  })
  return `--- ${file}\n+++ ${file}\n${hunks.join('\n')}\n`
}
