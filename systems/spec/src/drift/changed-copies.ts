import { digest } from '../extract/flow-digest.ts'
import { statusNamed } from '../packs/status.ts'
import { kidsOf } from './code-keys.ts'
import { within } from './code-tree.ts'
import type { Tree } from './code-tree.ts'
import { TreeEdits } from './tree-edits.ts'
import type { Edit } from './tree-edits.ts'

/** What is one piece of code wherever it stands. */
const pieces = /^(?:array|call|each|binary|if|throw|return|key|named|unary|expr|index)$/
const smallest = 4

/**
 * Pieces of code that came where one went that is the same but for one sign or one literal: code that was taken out, moved or put together is there as it was, so such a
 * piece is no copy but a change.
 */
export class ChangedCopies {
  readonly #counts = new Map<number, number>()
  /** What went and what came, by frames and shapes. */
  readonly #gone = new Map<number, Map<number, Tree>>()
  readonly #came = new Map<number, Map<number, Tree>>()
  readonly #frames = new WeakMap<Tree, number>()

  /** @param old what is other code now, or no more; `now`: what is other code, or came */
  constructor(old: readonly Tree[], now: readonly Tree[]) {
    const count = (trees: readonly Tree[], by: number) => {
      for (const tree of trees)
        for (const piece of within(tree))
          if (isPiece(piece)) this.#counts.set(shapeOf(piece), this.#countOf(piece) + by)
    }
    count(old, -1)
    count(now, 1)
    for (const tree of old)
      for (const piece of within(tree))
        if (isPiece(piece) && this.#countOf(piece) < 0) this.#put(this.#gone, piece)
    for (const tree of now)
      for (const piece of within(tree))
        if (isPiece(piece) && this.#countOf(piece) > 0) this.#put(this.#came, piece)
  }

  #put(side: Map<number, Map<number, Tree>>, piece: Tree): void {
    const frame = this.#frame(piece)
    const own = side.get(frame) ?? new Map<number, Tree>()
    side.set(frame, own.set(shapeOf(piece), piece))
  }

  #countOf(piece: Tree): number {
    return this.#counts.get(shapeOf(piece)) ?? 0
  }

  /** The changes of copies in a part of the code of now. */
  in(trees: readonly Tree[]): Edit[] {
    return trees.flatMap((tree) => this.#in(tree))
  }

  #in(tree: Tree): Edit[] {
    if (isPiece(tree) && this.#countOf(tree) > 0) {
      const frame = this.#frame(tree)
      const [old, ...others] = this.#gone.get(frame)?.values() ?? []
      // Of several that went or came nobody knows which became which.
      const isOne = others.length === 0 && this.#came.get(frame)?.size === 1
      const found = old && isOne ? onlyEdit(old, tree) : null
      if (found) return [found]
    }
    return kidsOf(tree).flatMap((kid) => this.#in(kid))
  }

  /** A piece without its literals and signs. */
  #frame(tree: Tree): number {
    let frame = this.#frames.get(tree)
    if (frame === undefined) {
      const [first] = kidsOf(tree)
      const isDenied = tree.kind === 'unary' && tree.text === '!' && first
      frame = isListing(tree)
        ? digest('listing')
        : isDenied
          ? this.#frame(first)
          : digest(
              wordsOf(tree),
              ...saidBy(tree).map((kids) => digest('slot', ...kids.map((kid) => this.#frame(kid)))),
            )
      this.#frames.set(tree, frame)
    }
    return frame
  }
}

/** What a piece says by its parts: of a check that leaves what is asked, and how it leaves. */
function saidBy(tree: Tree): Tree[][] {
  const parts = tree.slots.map(({ kids }) => kids)
  const [before = [], test = [], whenTrue = [], whenFalse = []] = parts
  const isCheck =
    tree.kind === 'if' && whenFalse.length === 0 && /^(?:return|throw)$/.test(whenTrue.at(-1)?.kind ?? '')
  return isCheck ? [before, test, whenTrue.filter(({ kind }) => kind !== 'expr')] : parts
}
const shapeOf = (piece: Tree): number =>
  piece.kind === 'if'
    ? digest('if', ...saidBy(piece).map((kids) => digest('slot', ...kids.map(({ shape }) => shape))))
    : piece.shape

const isPiece = (tree: Tree): boolean =>
  tree.kind === 'array' ? isListing(tree) : tree.size >= smallest && pieces.test(tree.kind)

function wordsOf({ kind, text }: Tree): string {
  if (/^(?:str|num|bool|regex|name)$/.test(kind)) return kind
  if (kind === 'member' && isConstant(text)) return kind
  if (kind !== 'binary') return `${kind} ${text}`
  const sort = ['< <= > >=', '== === != !==', '&& ||', '+ -'].find((all) => all.split(' ').includes(text))
  return `${kind} ${sort ?? text}`
}

/** Several literals: each is one of those that something may be. */
const isListing = (tree: Tree): boolean =>
  tree.kind === 'array' && kidsOf(tree).length > 1 && kidsOf(tree).every(({ kind }) => kind === 'str')

/** A literal that went or came among others that stayed. */
function onlyEntry(old: Tree, now: Tree, [only, ...more]: readonly Edit[]): Edit | null {
  const stays = kidsOf(old).filter(({ exact }) => kidsOf(now).some((one) => one.exact === exact))
  return only && more.length === 0 && stays.length > 1 ? only : null
}

const isConstant = (name: string): boolean => statusNamed(name) !== null || /^[A-Z][A-Z\d_]+$/.test(name)

const opposites = new Set(
  ['==:!=', '===:!==', '<:>=', '>:<='].flatMap((pair) => [pair, pair.split(':').reverse().join(':')]),
)
const areOpposite = (one: Tree, other: Tree): boolean => opposites.has(`${one.text}:${other.text}`)

/** Whether a piece is all that is done by what is asked in it: a case, a list of those that are let through, a call that is given the function that asks. */
const isWhole = (piece: Tree, asked: Tree): boolean =>
  piece.kind === 'if' ||
  piece.kind === 'each' ||
  (piece.kind === 'call' &&
    piece.slots[1]?.kids.some(
      ({ kind, start, end }) => kind === 'func' && start <= asked.start && asked.end <= end,
    ) === true)

/** The one sign or literal in which two pieces part, where both say enough besides to be one piece. */
function onlyEdit(old: Tree, now: Tree): Edit | null {
  const found = new TreeEdits()
  const [before, after] = [saidBy(old), saidBy(now)]
  if (old.kind === 'if')
    for (const [at, kids] of before.entries()) found.lists(kids, after[at] ?? [], now.start)
  else found.compare(old, now)
  const [only, ...more] = found.edits
  if (isListing(old) && isListing(now)) return onlyEntry(old, now, found.edits)
  if (!only?.old || !only.now || more.length > 0) return null
  const { kind, old: was, now: is } = only
  // What is asked the other way round is the same question, unless all that is done by it stands there too.
  const isTurned = kind === 'sign' && (was.kind !== 'binary' || is.kind !== 'binary' || areOpposite(was, is))
  const isClear =
    (kind === 'sign' && (!isTurned || isWhole(now, is))) ||
    kind === 'value' ||
    (kind === 'member' && isConstant(was.text) && isConstant(is.text))
  if (!isClear) return null
  const said = within(now).filter(
    (of) =>
      /^(?:call|member|str|key|num)$/.test(of.kind) &&
      !(is.start <= of.start && of.end <= is.end && kind !== 'sign'),
  )
  const isNamed = within(now).some(
    ({ kind: of, text }) => /^(?:member|key|str)$/.test(of) && text !== is.text,
  )
  return isNamed && [...said].length >= 2 ? only : null
}
