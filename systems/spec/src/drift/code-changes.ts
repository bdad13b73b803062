import type { Module } from '../parse/ir.ts'
import type { CodeChange, FileVersions } from './code-change.ts'
import { ChangedCopies } from './changed-copies.ts'
import { acts, doesSomething, partsOf, within } from './code-tree.ts'
import type { CodePart, Tree } from './code-tree.ts'
import { fieldChanges } from './field-changes.ts'
import { sayEdit } from './say-change.ts'
import { TreeEdits } from './tree-edits.ts'
import { turnedSteps } from './turned-steps.ts'
import type { Turned } from './turned-steps.ts'
import type { Edit } from './tree-edits.ts'
import { methodAround } from './held-methods.ts'
import { namesOf } from './named-parts.ts'
import { rootsOf } from './set-up.ts'
import { wholeChanges } from './whole-parts.ts'

/**
 * Changes of code after which it does something else, whatever it is called and wherever it stands. A part of code of which anything is another that may be the same
 * thing written otherwise has none.
 */
export function codeChanges(files: readonly FileVersions[]): CodeChange[] {
  const sides = files.map(({ was, is }) => ({
    was,
    is,
    old: was ? partsOf(was) : new Map<string, CodePart>(),
    now: is ? partsOf(is) : new Map<string, CodePart>(),
  }))
  const [gone, come] = [new Set<string>(), new Set<string>()]
  /** New functions that do nothing, such as one that logs. */
  const idle = new Set<string>()
  const moved = { old: new Set<number>(), now: new Set<number>() }
  const note = (side: Set<number>, trees: readonly Tree[]) => {
    for (const tree of trees) for (const { shape } of within(tree)) side.add(shape)
  }
  const compared = sides.flatMap(({ was, is, old, now }) => {
    for (const [key, part] of old)
      if (!now.has(key)) {
        gone.add(lastName(part.symbol))
        note(moved.old, part.trees)
      }
    return [...now].flatMap(([key, part]) => {
      const before = old.get(key)
      if (!before || !was || !is) {
        come.add(lastName(part.symbol))
        const [only] = part.trees
        if (only?.kind === 'func' && !within(only).some(acts)) idle.add(lastName(part.symbol))
        note(moved.now, part.trees)
        return []
      }
      const found = new TreeEdits()
      found.lists(before.trees, part.trees, part.trees[0]?.start ?? 0, { isOrdered: false })
      for (const { old: from, now: to, kind } of found.edits) {
        if (from && (kind === 'removed' || kind === 'other')) note(moved.old, [from])
        if (to && (kind === 'added' || kind === 'other')) note(moved.now, [to])
      }
      return [{ was, is, before, part, parts: now, found }]
    })
  })
  const isRenamed = (old: string, now: string) => gone.has(old) && come.has(now)
  const others = compared.flatMap(({ found }) =>
    found.edits.filter(({ kind }) => kind === 'member' || kind === 'key').map(renaming),
  )
  const isOften = (edit: Edit) => others.filter((one) => one === renaming(edit)).length > 1
  const copies = new ChangedCopies(
    sides.flatMap(({ old, now }) =>
      [...old].flatMap(([key, { trees }]) => unlike(trees, now.get(key)?.trees)),
    ),
    sides.flatMap(({ old, now }) =>
      [...now].flatMap(([key, { trees }]) => unlike(trees, old.get(key)?.trees)),
    ),
  )
  const edited = compared.flatMap(({ was, is, before, part, parts, found }): CodeChange[] => {
    const edits = [
      ...found.edits.filter(
        // Keys of Go are names of fields.
        ({ kind, old, now }) =>
          (kind !== 'member' && (kind !== 'key' || is.language !== 'go')) ||
          !isRenamed(old?.text ?? '', now?.text ?? ''),
      ),
      ...renamedOtherwise(found, before, part, isRenamed, {
        isNew: (name) => come.has(name),
        isGone: (name) => gone.has(name),
      }),
    ]
    const counted = (trees: readonly Tree[], of: Tree) =>
      trees.flatMap((tree) => [...within(tree)]).filter(({ shape }) => shape === of.shape).length
    // What stands there as often as on the other side only went elsewhere in the same part.
    const isFewer = (one: Tree, other: CodePart) =>
      counted(other.trees, one) < Math.max(1, counted((other === part ? before : part).trees, one))
    // What went may be done by a new function that is called in its place.
    const isReplaced = edits.some(({ kind, now }) => kind === 'added' && now !== null && callsAny(now, come))
    const isClear = (edit: Edit) => {
      const { kind, old, now } = edit
      switch (kind) {
        case 'sign':
        case 'value':
        case 'swapped':
        case 'order':
        case 'name':
          return true
        case 'member':
        case 'key':
          return !isOften(edit)
        case 'removed':
          return (
            !isReplaced &&
            old !== null &&
            doesSomething(old) &&
            !moved.now.has(old.shape) &&
            isFewer(old, part)
          )
        case 'added':
          return (
            now !== null &&
            doesSomething(now) &&
            !moved.old.has(now.shape) &&
            !namesAny(now, idle) &&
            isFewer(now, before)
          )
        default:
          return false
      }
    }
    // A variable that goes with what asked it, or comes with it, is no change of its own.
    const [first] = edits.filter((edit) => !isOfVariable(edit))
    if (!first) return []
    const isAll =
      edits.every((edit) => isOfVariable(edit) || isClear(edit)) && !isPermuted(edits) && !isRegrouped(edits)
    if (isAll) return [changeOf(edits, first, { was, before }, { is, part, parts })]
    const copied = [copies, new ChangedCopies(before.trees, part.trees)]
      .map((of) => copiedOtherwise(of, { is, part, parts }))
      .find((all) => all.length > 0)
    const turned = copied ? null : turnedIn(before, part, is)
    if (!turned) return copied ?? []
    const { first: old, at: now, isSure } = turned
    const edit: Edit = { kind: 'order', old, now, at: now.start }
    const change = changeOf([edit], edit, { was, before }, { is, part, parts })
    return [{ ...change, isOrder: false, isUnsure: !isSure }]
  })
  const copied = sides.flatMap(({ is, old, now }) =>
    [...now].flatMap(([key, part]) =>
      is && !old.has(key) ? copiedOtherwise(copies, { is, part, parts: now }) : [],
    ),
  )
  return [...edited, ...copied, ...sides.flatMap((side) => wholeChanges(side, moved)), ...fieldChanges(files)]

  /** What is told of a part in which code stands that stood elsewhere too, and is another there. */
  function copiedOtherwise(of: ChangedCopies, now: PartOfNow): CodeChange[] {
    const found = of.in(now.part.trees)
    const [first] = found
    const from =
      first?.old &&
      sides.find(({ old }) => [...old.values()].some(({ trees }) => holdsTree(trees, first.old)))
    const before = from && [...from.old.values()].find(({ trees }) => holdsTree(trees, first.old))
    return first && from?.was && before ? [changeOf(found, first, { was: from.was, before }, now)] : []
  }
}

interface PartOfNow {
  is: Module
  part: CodePart
  parts: ReadonlyMap<string, CodePart>
}

/** What a function does in another order, of a part that is one. */
function turnedIn(before: CodePart, part: CodePart, is: Module): Turned | null {
  const [[old], [now]] = [before.trees, part.trees]
  return old && now ? turnedSteps(old, now, is) : null
}

const holdsTree = (trees: readonly Tree[], one: Tree | null): boolean =>
  trees.some((tree) => within(tree).some((of) => of === one))

/** The trees of a part that are not there on the other side as they are. */
function unlike(trees: readonly Tree[], others: readonly Tree[] | undefined): Tree[] {
  const same = new Set(others?.map(({ exact }) => exact))
  return trees.filter(({ exact }) => !same.has(exact))
}

function changeOf(
  edits: readonly Edit[],
  first: Edit,
  { was, before }: { was: Module; before: CodePart },
  { is, part, parts }: PartOfNow,
): CodeChange {
  const said = sayEdit(first, was, is, before, part)
  const method = methodAround(
    part.trees,
    edits.map(({ at }) => at),
  )
  const names = namesOf(part, parts, is)
  const lineAt = (at: number) => is.text.slice(0, at).split('\n').length
  const more = edits.length > 1 ? ` (with ${edits.length - 1} more in the same part of the code)` : ''
  return {
    path: is.path,
    symbol: part.symbol,
    lines: edits.map(({ at }) => lineAt(at)),
    was: said.was,
    is: said.is + more,
    names: method ? { ...names, owner: names.name, name: method.text } : names,
    method: method && [lineAt(method.start), lineAt(method.end)],
    isWhole: false,
    isOrder: edits.every((edit) => edit.kind === 'order'),
    isUnsure: false,
    holder: '',
    roots: [
      ...rootsOf(
        part.trees,
        edits.map(({ at }) => at),
        is,
      ),
      ...rootsOf(
        before.trees,
        edits.flatMap(({ old }) => old?.start ?? []),
        was,
      ),
    ],
  }
}

/** The files of which two readings have other texts. */
export function otherFiles(
  before: ReadonlyMap<string, Module>,
  after: ReadonlyMap<string, Module>,
): FileVersions[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) => {
    const [was = null, is = null] = [before.get(path), after.get(path)]
    return was?.text === is?.text ? [] : [{ was, is }]
  })
}

const lastName = (symbol: string) => symbol.replace(/^.*\./, '')
const renaming = ({ old, now }: Edit) => `${old?.text ?? ''} ${now?.text ?? ''}`

/** Names that are not the same one throughout: one variable in the place of another, or something else of the file. */
function renamedOtherwise(
  { names }: TreeEdits,
  before: CodePart,
  part: CodePart,
  isRenamed: (old: string, now: string) => boolean,
  { isNew, isGone }: Record<'isNew' | 'isGone', (name: string) => boolean>,
): Edit[] {
  const pairs = names.map(({ old, now }) => ({ old, now, key: `${old.text} ${now.text}` }))
  const counts = new Map<string, number>()
  for (const { key } of pairs) counts.set(key, (counts.get(key) ?? 0) + 1)
  const parted = pairs.filter(({ old, now, key }) => {
    if (isRenamed(old.text, now.text)) return false
    const isOwn = before.bound.has(old.text) && part.bound.has(now.text)
    if (!isOwn) return old.text !== now.text
    // The pair that most places have is the name that it has now.
    const count = counts.get(key) ?? 0
    return pairs.some(
      (one) =>
        one.key !== key &&
        (one.old.text === old.text || one.now.text === now.text) &&
        (counts.get(one.key) ?? 0) >= count &&
        (one.old.text === one.now.text || old.text !== now.text),
    )
  })
  return parted.map(({ old, now }): Edit => {
    const isVariable = before.bound.has(old.text) && before.bound.has(now.text) && part.bound.has(now.text)
    const isConstant = [old, now].every(({ text }) => constant.test(text)) && !isNew(now.text)
    const isOutside = !before.bound.has(old.text) && !part.bound.has(now.text)
    // What the file has besides, as a value: a constant, a permission, a function that is handed on.
    const isValue = isOutside && !isNew(now.text) && !isGone(old.text) && !isUsed(before.trees, old)
    const isClear = isVariable || isValue || (isConstant && !part.bound.has(now.text))
    return { kind: parted.length === 1 && isClear ? 'name' : 'other', old, now, at: now.start }
  })
}

/** Whether something of a name is called, or taken out of it; the class of an error that is thrown is what is thrown. */
function isUsed(trees: readonly Tree[], name: Tree): boolean {
  const isOf = ({ kind, slots }: Tree) =>
    /^(?:call|member|index|unary)$/.test(kind) && slots[0]?.kids[0] === name
  const all = trees.flatMap((tree) => [...within(tree)])
  return (
    all.some(isOf) && !all.some(({ kind, slots: [thrown] }) => kind === 'throw' && thrown?.kids.some(isOf))
  )
}

/** As constants are written in all languages. */
const constant = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/

const namesAny = (tree: Tree, names: ReadonlySet<string>) =>
  names.size > 0 && within(tree).some(({ text }) => names.has(text))

const callsAny = (tree: Tree, names: ReadonlySet<string>): boolean =>
  within(tree).some(({ kind, slots }) => {
    const callee = kind === 'call' ? slots[0]?.kids[0] : undefined
    return callee !== undefined && /^(?:name|member)$/.test(callee.kind) && names.has(callee.text)
  })

const isOfVariable = ({ kind, old, now }: Edit): boolean => {
  const stmt = old ?? now
  if ((kind !== 'removed' && kind !== 'added') || stmt?.kind !== 'let') return false
  // Of Python a member that is set is none.
  return !/^(?:member|index)$/.test(stmt.slots[0]?.kids[0]?.kind ?? '')
}

/** Whether parts of expressions went and others came, as where a test is asked by its parts. */
const isRegrouped = (edits: readonly Edit[]): boolean =>
  (['removed', 'added'] as const).every((kind) =>
    edits.some((edit) => edit.kind === kind && !statements.has((edit.old ?? edit.now)?.kind ?? '')),
  )
const statements = new Set([
  'expr',
  'return',
  'throw',
  'if',
  'loop',
  'try',
  'switch',
  'block',
  'jump',
  'defer',
])

/** Whether the same values stand there in another order, as where a case is turned round. */
function isPermuted(edits: readonly Edit[]): boolean {
  const values = edits.filter(({ kind }) => kind === 'value')
  const sums = (side: 'old' | 'now') =>
    values
      .map((edit) => edit[side]?.exact ?? 0)
      .toSorted((a, b) => a - b)
      .join(' ')
  return values.length > 1 && sums('old') === sums('now')
}
