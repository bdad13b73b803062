import type { Module, Span } from '../parse/ir.ts'
import { wholeOf } from './case-chains.ts'
import { isLeaving } from './code-tree.ts'
import type { CodePart, Tree } from './code-tree.ts'
import type { Edit } from './tree-edits.ts'

/** Statements of a case that people still take in at once. */
const mostStatements = 6
const longestLine = 160
const longestPart = 100
/** What is said where no call is, and it does not leave. */
const nothingDone = 'it goes on'

export interface Said {
  was: string
  is: string
}

/**
 * What an edit changed: of a case what is asked and what is done then, of anything else the line. Cases that stand in none of the versions are the line too.
 */
export function sayEdit(found: Edit, before: Module, now: Module, old: CodePart, part: CodePart): Said {
  const edit = { ...found, old: found.old && wholeOf(found.old), now: found.now && wholeOf(found.now) }
  const line = {
    was: edit.old ? shownIn(before, edit.old) : 'nothing',
    is: edit.now ? shownIn(now, edit.now) : 'left out',
  }
  // Of a line that stays, what it is without.
  if (edit.old && !edit.now && !isWhole(before, edit.old, edit)) line.is = lineAt(now, edit.at)
  if (edit.now && !edit.old && edit.from !== undefined && !isWhole(now, edit.now, edit))
    line.was = lineAt(before, edit.from)
  if (edit.kind === 'order' && edit.old && edit.now)
    return sayOrder(before, old, edit.old, now, part, edit.now)
  const from = edit.old && caseAround(old.trees, (path) => path.at(-1) === edit.old)
  const to = caseAround(part.trees, (path) => path.at(-1) === edit.now || isAt(path, edit))
  if (edit.old?.kind === 'if' && !edit.now && from)
    return { was: sayCase(before, from), is: 'It does not ask that.' }
  if (edit.now?.kind === 'if' && !edit.old && to)
    return { was: 'It does not ask that.', is: sayCase(now, to) }
  if (!from || !to || from.isElse !== to.isElse) return line
  const said = { was: sayCase(before, from), is: sayCase(now, to) }
  if (said.was.endsWith(`, ${nothingDone}.`) && said.is.endsWith(`, ${nothingDone}.`)) return line
  return said.was === said.is ? line : said
}

// What went stood here.
const isAt = (path: readonly Tree[], { now, at }: Edit): boolean => {
  const last = path.at(-1)
  return now === null && last?.kind === 'if' && last.start <= at && at <= last.end
}

/** Of two checks that changed places: `first` came first, `second` comes first now. */
function sayOrder(
  before: Module,
  old: CodePart,
  first: Tree,
  now: Module,
  part: CodePart,
  second: Tree,
): Said {
  const said = (module: Module, { trees }: CodePart, tree: Tree) => {
    const found = caseAround(trees, (path) => path.at(-1) === tree)
    return found ? sayAsked(module, { ...found, isLater: false }) : shownIn(module, tree)
  }
  const [one, other] = [said(before, old, first), said(now, part, second)]
  const does = (tree: Tree) => (tree.kind === 'expr' || tree.kind === 'let' ? 'does' : 'asks')
  return {
    was: `It ${does(first)} ${one} before ${other}.`,
    is: `The order of ${one} and ${other} changed: it ${does(second)} ${other} first.`,
  }
}

interface Case {
  stmt: Tree
  /** Statements before it, the nearest one last. */
  before: readonly Tree[]
  isElse: boolean
  /** It is asked where another case does not hold. */
  isLater: boolean
}

/** The innermost case that what is looked for is, is asked by or is done in. */
function caseAround(trees: readonly Tree[], isIt: (path: readonly Tree[]) => boolean): Case | null {
  let found: readonly Tree[] | null = null
  const look = (path: readonly Tree[]): void => {
    if (isIt(path) && (!found || path.length > found.length)) found = path
    for (const { kids } of path.at(-1)?.slots ?? []) for (const kid of kids) look([...path, kid])
  }
  for (const tree of trees) look([tree])
  const path: readonly Tree[] = found ?? []
  const at = path.findLastIndex(({ kind }) => kind === 'if')
  const stmt = path[at]
  if (!stmt) return null
  const within = path[at + 1]
  const [first = [], test = [], whenTrue = [], whenFalse = []] = stmt.slots.map(({ kids }) => kids)
  const isElse = within !== undefined && whenFalse.includes(within)
  const own = isElse ? whenFalse : whenTrue
  const isAsked = within === undefined || test.includes(within) || first.includes(within)
  if (!isAsked && own.length > mostStatements) return null
  const beside = path[at - 1]?.slots.find(({ kids }) => kids.includes(stmt))?.kids ?? []
  const isLater =
    path[at - 1]?.kind === 'if' && beside === path[at - 1]?.slots[3]?.kids && beside.length === 1
  return { stmt, before: beside.slice(0, beside.indexOf(stmt)), isElse, isLater }
}

function sayAsked(module: Module, { stmt, before, isElse }: Case): string {
  const [first = [], [test] = []] = stmt.slots.map(({ kids }) => kids)
  const text = (tree: Tree, longest = longestPart) =>
    clipped(module.text.slice(tree.start, tree.end), longest)
  const setBy = first.at(-1) ?? (test && setsAsked(before.at(-1), test))
  const of = setBy ? ` after \`${text(setBy)}\`` : ''
  return (test ? `${isElse ? 'not ' : ''}\`${text(test, longestLine)}\`` : 'asked') + of
}

function sayCase(module: Module, found: Case): string {
  const { stmt, isElse, isLater } = found
  const [, , whenTrue = [], whenFalse = []] = stmt.slots.map(({ kids }) => kids)
  const text = (tree: Tree, longest = longestPart) =>
    clipped(module.text.slice(tree.start, tree.end), longest)
  const own = isElse ? whenFalse : whenTrue
  const last = own.at(-1)
  const value = last?.slots[0]?.kids[0]
  const done = own.filter(({ kind }) => kind === 'expr').at(-1)
  const does =
    last?.kind === 'throw' && value
      ? `it fails with \`${text(value)}\``
      : last?.kind === 'return' && value
        ? `it comes back with \`${text(value)}\``
        : [
            ...(done ? [`it does \`${text(done)}\``] : []),
            last && isLeaving(last) ? (done ? 'leaves' : 'it leaves') : done ? 'goes on' : nothingDone,
          ].join(' and ')
  return `${isLater ? 'Else where' : 'Where'} ${sayAsked(module, found)}, ${does}.`
}

/** A statement that sets what is asked alone, as Go's errors are. */
function setsAsked(stmt: Tree | undefined, test: Tree): Tree | undefined {
  const asked = test.kind === 'binary' ? test.slots[0]?.kids[0] : test
  const set = stmt?.kind === 'expr' ? stmt.slots[0]?.kids[0] : stmt
  if (asked?.kind !== 'name' || !set || !/^(?:let|assign)$/.test(set.kind)) return undefined
  const [target] = set.slots[0]?.kids ?? []
  const names = target?.kind === 'array' ? target.slots.flatMap(({ kids }) => kids) : target ? [target] : []
  return names.some(({ kind, text }) => kind === 'name' && text === asked.text) ? stmt : undefined
}

/** Whether lines come or go with something, but for signs that part it from what is beside it. */
function isWhole({ text }: Module, { start, end }: Tree, { isPart }: Edit): boolean {
  if (isPart) return false
  const from = text.lastIndexOf('\n', start - 1) + 1
  const next = text.indexOf('\n', end)
  return (
    text.slice(from, start).trim() === '' &&
    /^[\s,;]*$/.test(text.slice(end, next === -1 ? text.length : next))
  )
}

const lineAt = (module: Module, at: number): string => shownIn(module, { start: at, end: at })

/** The line that something begins on, or all of it where it is longer. */
export function shownIn({ text }: Module, { start, end }: Span): string {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const next = text.indexOf('\n', end)
  return `\`${clipped(text.slice(from, next === -1 ? text.length : next), longestLine)}\``
}

function clipped(text: string, longest: number): string {
  const shown = text.replace(/\s+/g, ' ').trim()
  return shown.length > longest ? `${shown.slice(0, longest)}…` : shown
}
