import { chainOf, turnedChecks } from './case-chains.ts'
import { within, wordEnd } from './code-tree.ts'
import { askedAlike, decidedAlike } from './decided-alike.ts'
import type { Tree } from './code-tree.ts'
import { statusNamed } from '../packs/status.ts'

/**
 * One place where two versions of code part. `sign`: an operator, a negation, an `await` or a `?.`. `value`: a literal, or what was worked out and is a literal now. `name`, `member`, `key`:
 * something else is named. `removed`, `added`: a statement, an argument, a condition, an entry. `swapped`: two arguments or operands. `order`: two checks, of which each leaves. `other`: anything else.
 */
export interface Edit {
  kind: 'sign' | 'value' | 'name' | 'member' | 'key' | 'removed' | 'added' | 'swapped' | 'order' | 'other'
  old: Tree | null
  now: Tree | null
  /** Where it is in the code of now. */
  at: number
  /** Where it was, of what came. */
  from?: number
  /** It is all but a part of itself that came or went, as a call of a chain. */
  isPart?: true
}

/** Signs of which no way of writing makes one of the other: bounds, negations, sums, junctions. */
const otherSigns = pairsOf(
  '<:<= >:>= <:>= >:<= <:> <=:>= ==:!= in:not_in is:is_not +:- *:/ *:% /:% &&:|| +=:-= *=:/= &:| <<:>> ++:-- break:continue',
)
const opposites = pairsOf(
  'min:max some:every any:all first:last starts:ends startswith:endswith prefix:suffix upper:lower before:after push:unshift pop:shift asc:desc floor:ceil add:remove and:or required:optional enable:disable allow:deny allow:forbid permit:deny include:exclude positive:negative',
)

function pairsOf(text: string): Set<string> {
  return new Set(
    text.split(' ').flatMap((pair) => {
      const [a = '', b = ''] = pair.replaceAll('_', ' ').split(':')
      return [`${a} ${b}`, `${b} ${a}`]
    }),
  )
}

/** Whether two names are of methods that do the opposite: they part in one word. */
function isOpposite(old: string, now: string): boolean {
  const [was, is] = [old, now].map((name) =>
    name.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).map((one) => one.toLowerCase()),
  )
  const parted = (was ?? []).flatMap((one, at) => (one === is?.[at] ? [] : `${one} ${is?.[at]}`))
  return was?.length === is?.length && parted.length === 1 && opposites.has(parted[0] ?? '')
}

const isJunction = ({ kind, text }: Tree) => kind === 'binary' && (text === '&&' || text === '||')
const chain = (tree: Tree, op: string): Tree[] =>
  tree.kind === 'binary' && tree.text === op ? kidsOf(tree).flatMap((kid) => chain(kid, op)) : [tree]
const isEntry = ({ kind, text }: Tree) => (kind === 'key' || kind === 'named') && text !== ''
/** What is asked, whatever junctions put it together. */
const partsOf = (tree: Tree): Tree[] => (isJunction(tree) ? kidsOf(tree).flatMap(partsOf) : [tree])
/** Of junctions what they ask, however it is bracketed. */
const meaningOf = (tree: Tree): string =>
  isJunction(tree) ? `(${chain(tree, tree.text).map(meaningOf).join(` ${tree.text} `)})` : String(tree.shape)
const areAlike = (old: readonly Tree[], now: readonly Tree[]): boolean =>
  old.length === now.length && old.every(({ shape }, at) => shape === now[at]?.shape)
const kidsOf = ({ slots }: Tree): Tree[] => slots.flatMap(({ kids }) => kids)
const literals = new Set(['str', 'num', 'bool', 'null', 'regex'])
const isLiteral = (tree: Tree) =>
  literals.has(tree.kind) || ((tree.kind === 'array' || tree.kind === 'object') && kidsOf(tree).length === 0)
/** What nobody gives a name, so that it is no variable that was put in. */
const isNothing = ({ kind, text, slots }: Tree) =>
  kind === 'null' ||
  (kind === 'str' && text === '') ||
  (slots.length > 0 && slots.every(({ kids }) => kids.length === 0))
const isWorkedOut = ({ kind, text }: Tree) =>
  kind === 'call' ||
  (kind === 'unary' && text === 'await') ||
  kind === 'each' ||
  kind === 'binary' ||
  kind === 'member' ||
  kind === 'object' ||
  kind === 'array' ||
  kind === 'template'
const isLiteralWord = /^(?:'.*'|-?[\d.]+)$/s
const plain = (text: string) => text.replace(/\s+/g, ' ').trim()

interface ListOptions {
  isOrdered?: boolean
  isOfChain?: boolean
  /** Where all of it ends in the code as it was. */
  before?: number
}

/** Finds where two versions of a part of code are not the same, and which names of one are which of the other. */
export class TreeEdits {
  readonly edits: Edit[] = []
  readonly names: { old: Tree; now: Tree }[] = []

  compare(old: Tree, now: Tree, isCalled = false): void {
    if (old.exact === now.exact) return this.#same(old, now)
    if (old.kind === 'name' && now.kind === 'name') {
      this.names.push({ old, now })
      return
    }
    if (old.kind === 'func' && now.kind === 'func') return this.#functions(old, now)
    const [undone, done] = [signedIn(old), signedIn(now)]
    if (undone?.shape === now.shape) return this.#asOne('sign', old, now, [undone, now])
    if (done?.shape === old.shape) return this.#asOne('sign', old, now, [old, done])
    if (isJunction(old) || isJunction(now)) return this.#junction(old, now)
    if (calledOf(old)?.shape === now.shape) return this.#part('removed', old, now)
    if (calledOf(now)?.shape === old.shape) return this.#part('added', now, old)
    const [less, more] = [addedTo(old, now), addedTo(now, old)]
    if (less) return this.#note('removed', less, null, now.start)
    if (more) return this.#note('added', null, more)
    if (old.kind !== now.kind) {
      if (isSameStatus(old, now)) return this.#note('other', old, now)
      const isOther = isWorkedOut(old) || literals.has(old.kind) || (old.kind === 'name' && isNothing(now))
      this.#note(isLiteral(now) && isOther ? 'value' : 'other', old, now)
      return
    }
    if (isTurned(old, now)) return this.#note('other', old, now)
    const [was, is] = [decoratedBy(old), decoratedBy(now)]
    if (was && is && was.text !== is.text) return this.#note('member', was, is)
    if (old.kind === 'if' && this.#isChain(old, now)) return
    const before = this.edits.length
    if (old.kind === 'binary' && this.#isSwapped(old, now)) return
    this.#slots(old, now)
    if (old.text === now.text) return
    // A library has several names for much of what it does.
    if (isCalled && old.kind === 'member')
      this.#note(isOpposite(old.text, now.text) ? 'sign' : 'other', old, now)
    else this.#text(old, now, this.edits.length > before)
  }

  lists(
    old: readonly Tree[],
    now: readonly Tree[],
    around: number,
    { isOrdered = true, isOfChain = false, before }: ListOptions = {},
  ): void {
    let from = 0
    while (from < Math.min(old.length, now.length) && old[from]?.exact === now[from]?.exact) from++
    let end = 0
    while (
      end < Math.min(old.length, now.length) - from &&
      old.at(-1 - end)?.exact === now.at(-1 - end)?.exact
    )
      end++
    const pair = (a: Tree | undefined, b: Tree | undefined) => a && b && this.compare(a, b)
    for (let at = 0; at < from; at++) pair(old[at], now[at])
    for (let at = end; at > 0; at--) pair(old.at(-at), now.at(-at))
    const [was, is] = [old.slice(from, old.length - end), now.slice(from, now.length - end)]
    if ([...was, ...is].every(isEntry)) return this.#entries(was, is, around)
    const turned = turnedChecks(was, is, isOfChain)
    if (turned) return this.#note('order', turned.first, turned.at)
    const [a, b] = was
    const isExchanged =
      was.length === 2 && is.length === 2 && a?.exact === is[1]?.exact && b?.exact === is[0]?.exact
    if (a && is[0] && isExchanged) return this.#note(isOrdered ? 'swapped' : 'other', a, is[0])
    if (isOrdered && a && is[0] && isPermutation(was, is)) return this.#note('swapped', a, is[0])
    // A file written anew, or a table of thousands: nobody pairs what stands there.
    if (was.length * is.length > 10_000) {
      if (was[0] && is[0]) this.#note('other', was[0], is[0])
      return
    }
    let gone: Tree[] = []
    let come: Tree[] = []
    const flush = (next: number) => {
      const [first] = gone
      if (first && come[0] && [...gone, ...come].every(isLiteral)) {
        this.#note('value', first, come[0])
        for (const one of gone.slice(1)) this.#note('removed', one, null, next)
        for (const one of come.slice(1)) this.#came(one, first.end)
      } else if (gone.length > 0 && come.length > 0) {
        for (const one of gone) this.#note('other', one, null, next)
        for (const one of come) this.#note('other', null, one)
      } else {
        for (const one of gone) this.#note('removed', one, null, next)
        for (const one of come) this.#came(one, was.at(-1)?.end ?? old[from - 1]?.end ?? before)
      }
      gone = []
      come = []
    }
    for (const [one, other] of aligned(was, is)) {
      if (one && other) {
        flush(other.start)
        this.compare(one, other)
      } else if (one) gone.push(one)
      else if (other) come.push(other)
    }
    flush(now[from + is.length]?.start ?? is.at(-1)?.end ?? around)
  }

  /** What stands under names: one that goes where one with the same value comes has another name. */
  #entries(old: readonly Tree[], now: readonly Tree[], around: number): void {
    const come = now.filter((one) => old.every(({ text }) => text !== one.text))
    for (const one of old) {
      const other = now.find(({ text }) => text === one.text)
      const renamed = come.find((each) => kidsOf(each)[0]?.exact === kidsOf(one)[0]?.exact)
      if (other) this.compare(one, other)
      else if (renamed) this.compare(one, come.splice(come.indexOf(renamed), 1)[0] ?? one)
      else this.#note('removed', one, null, around)
    }
    for (const one of come) this.#note('added', null, one)
  }

  #came(now: Tree, from: number | undefined): void {
    this.edits.push({ kind: 'added', old: null, now, at: now.start, ...(from === undefined ? {} : { from }) })
  }

  #part(kind: 'removed' | 'added', whole: Tree, left: Tree): void {
    const isGone = kind === 'removed'
    const at = isGone ? left.end : whole.end
    const [old, now] = isGone ? [whole, null] : [null, whole]
    this.edits.push({ kind, old, now, at, ...(isGone ? {} : { from: left.end }), isPart: true })
  }

  #note(kind: Edit['kind'], old: Tree | null, now: Tree | null, at = now?.start ?? 0): void {
    this.edits.push({ kind, old, now, at })
  }

  /** Notes names of what is the same but for them. */
  #same(old: Tree, now: Tree): void {
    const all = within(now)
    for (const one of within(old)) {
      const other = all.next().value
      if (one.kind === 'name' && other) this.names.push({ old: one, now: other })
    }
  }

  #asOne(kind: Edit['kind'], old: Tree, now: Tree, [a, b]: [Tree, Tree]): void {
    this.#note(kind, old, now)
    this.compare(a, b)
  }

  #junction(old: Tree, now: Tree): void {
    const op = (isJunction(old) ? old : now).text
    const [was, is] = [chain(old, op), chain(now, op)]
    const [asked, asks] = [partsOf(old), partsOf(now)]
    // The same is asked in the same order, and put together otherwise.
    if (areAlike(asked, asks) && meaningOf(old) !== meaningOf(now)) this.#note('sign', old, now)
    if (areAlike(asked, asks)) return this.lists(asked, asks, now.start, { isOrdered: false })
    // Where nothing of it is left, it is another question.
    if (isJunction(old) && isJunction(now) && old.text !== now.text) return this.#note('other', old, now)
    if (!was.some((one) => is.some((other) => one.shape === other.shape || one.kind === other.kind)))
      return this.#note('other', old, now)
    this.lists(was, is, now.start, { isOrdered: false })
  }

  #isSwapped(old: Tree, now: Tree): boolean {
    const [[a, b], [c, d]] = [kidsOf(old), kidsOf(now)]
    if (old.text !== now.text || a?.exact !== d?.exact || b?.exact !== c?.exact) return false
    this.#note(/^(?:[-/%<>]|<=|>=|<<|>>)$/.test(old.text) ? 'swapped' : 'other', old, now)
    return true
  }

  /** Compares cases that are asked one after the other as a list. */
  #isChain(old: Tree, now: Tree): boolean {
    const [was, is] = [chainOf(old), chainOf(now)]
    if (was.cases.length < 2 && is.cases.length < 2) return false
    this.lists(was.cases, is.cases, now.end, { isOrdered: false, isOfChain: true })
    this.lists(was.rest, is.rest, now.end, { isOrdered: false })
    return true
  }

  /** Compares what functions do: where each asks the same and does the same by it, or does something else by it, whatever it is written like. */
  #functions(old: Tree, now: Tree): void {
    const verdict = decidedAlike(old, now)
    const [edited, named] = [this.edits.length, this.names.length]
    this.#slots(old, now)
    const edits = this.edits.slice(edited)
    if (verdict === null || edits.length === 0) return
    const [params, decorators] = [0, 1].map((at) => ({ kids: old.slots[at]?.kids, now: now.slots[at]?.kids }))
    const isOfHead = ({ old: one, now: other }: Edit) =>
      [params, decorators].some(
        (slot) =>
          slot?.kids?.some((kid) => one && kid.start <= one.start && one.end <= kid.end) ||
          slot?.now?.some((kid) => other && kid.start <= other.start && other.end <= kid.end),
      )
    const own = edits.filter((edit) => !isOfHead(edit))
    const [first] = own
    if (!first) return
    const isClear = own.every(({ kind }) => /^(?:sign|value|order|swapped)$/.test(kind))
    if (verdict === 'other' && isClear) return
    this.names.length = named
    this.edits.length = edited
    this.edits.push(...edits.filter(isOfHead))
    if (verdict === 'other') this.edits.push({ ...(own.find(isOfTest) ?? first), kind: 'sign' })
  }

  /** Compares what is asked. */
  #tests(old: Tree, now: Tree): void {
    const verdict = old.exact === now.exact ? null : askedAlike(old, now)
    const edited = this.edits.length
    this.compare(old, now)
    const edits = this.edits.slice(edited)
    if (verdict === null || edits.length === 0 || (verdict === 'other' && edits.every(isSigned))) return
    this.edits.length = edited
    if (verdict === 'other') this.#note('sign', old, now)
  }

  #slots(old: Tree, now: Tree): void {
    for (const [at, { isList, kids }] of old.slots.entries()) {
      const others = now.slots[at]?.kids ?? []
      const [a] = kids
      const [b] = others
      if (isList) this.lists(kids, others, now.end, { isOrdered: old.kind === 'call', before: old.end })
      else if (a && b && old.kind === 'if' && at === 1) this.#tests(a, b)
      else if (a && b) this.compare(a, b, old.kind === 'call' && at === 0)
      else if (a) this.#note('removed', a, null, now.start)
      else if (b) this.#came(b, old.end)
    }
  }

  #text(old: Tree, now: Tree, isMore: boolean): void {
    switch (old.kind) {
      case 'str':
      case 'field':
        if (plain(old.text) !== plain(now.text)) this.#note('value', old, now)
        return
      case 'num':
      case 'bool':
      case 'regex':
        this.#note('value', old, now)
        return
      case 'member':
        this.#note('member', old, now)
        return
      case 'key':
      case 'named':
        this.#note('key', old, now)
        return
      case 'binary':
      case 'unary':
      case 'assign':
        this.#note(!isMore && otherSigns.has(`${old.text} ${now.text}`) ? 'sign' : 'other', old, now)
        return
      default: {
        const [was, is] = [old, now].map(({ text }) => text.split(wordEnd)) as [string[], string[]]
        const parted = [...was.keys()].filter((at) => was[at] !== is[at])
        const [only = -1] = parted
        const isOne = was.length === is.length && parted.length === 1 && !isMore
        const [from = '', to = ''] = isOne ? [was[only], is[only]] : []
        const isValue = isLiteralWord.test(from) && isLiteralWord.test(to)
        this.#note(isValue ? 'value' : otherSigns.has(`${from} ${to}`) ? 'sign' : 'other', old, now)
      }
    }
  }
}

const isSigned = ({ kind }: Edit): boolean => kind === 'sign'
const isOfTest = ({ old, now }: Edit): boolean => old?.kind === 'if' || now?.kind === 'if'

/** What is asked the other way round, waited for, or asked whether it is there. */
const signedIn = (tree: Tree): Tree | null =>
  tree.kind === 'unary' && /^(?:!|await|\?\.)$/.test(tree.text) ? (kidsOf(tree)[0] ?? null) : null

/** Of a call of a method, what it is called of. */
function calledOf({ kind, slots }: Tree): Tree | undefined {
  const callee = kind === 'call' ? slots[0]?.kids[0] : undefined
  return callee?.kind === 'member' ? kidsOf(callee)[0] : undefined
}

/** What a decorator is called, of one that is; another one asks something else. */
function decoratedBy({ kind, slots }: Tree): Tree | undefined {
  const of = kind === 'decorator' ? slots[0]?.kids[0] : undefined
  const callee = of?.kind === 'call' ? of.slots[0]?.kids[0] : of
  return callee && /^(?:name|member)$/.test(callee.kind) ? callee : undefined
}

/** A number that one is more or less than another, or as many times that. */
function addedTo({ kind, text, slots }: Tree, other: Tree): Tree | undefined {
  if (kind !== 'binary' || !/^[-+*/]$/.test(text)) return undefined
  const [left, right] = slots.flatMap(({ kids }) => kids)
  return right?.kind === 'num' && left?.exact === other.exact ? right : undefined
}

/** Whether the same things stand there in another order, no two of them the same. */
function isPermutation(old: readonly Tree[], now: readonly Tree[]): boolean {
  const sums = new Set(old.map(({ exact }) => exact))
  return sums.size === old.length && old.length === now.length && now.every(({ exact }) => sums.has(exact))
}

/** Whether a status is written by its name and by its number. */
const isSameStatus = (old: Tree, now: Tree): boolean =>
  [
    [old, now],
    [now, old],
  ].some(([a, b]) => {
    const status = a && /^(?:member|name)$/.test(a.kind) ? statusNamed(a.text) : null
    return status !== null && b?.kind === 'num' && Number(b.text) === status
  })

/** A case of which the branches are exchanged. */
function isTurned(old: Tree, now: Tree): boolean {
  if (old.kind !== 'if' && old.kind !== 'cond') return false
  const sums = (tree: Tree) =>
    tree.slots.slice(-2).map(({ kids }) => kids.map(({ shape }) => shape).join(' '))
  const [[one, other], [first, last]] = [sums(old), sums(now)]
  return one !== other && one === last && other === first
}

/** Things of two lists beside each other, those that are most alike; null where one has no other. */
function aligned(old: readonly Tree[], now: readonly Tree[]): [Tree | null, Tree | null][] {
  if (old.length === now.length && old.length === 1) return [[old[0] ?? null, now[0] ?? null]]
  const width = now.length + 1
  const costs = new Float64Array((old.length + 1) * width)
  const cost = (from: number, to: number) => costs[from * width + to] ?? 0
  const step = (from: number, to: number): 'both' | 'old' | 'now' => {
    const [a, b] = [old[from], now[to]]
    if (!a) return 'now'
    if (!b) return 'old'
    const pair = cost(from + 1, to + 1) + distance(a, b)
    const one = cost(from + 1, to) + a.size
    const other = cost(from, to + 1) + b.size
    return pair <= one && pair <= other ? 'both' : one <= other ? 'old' : 'now'
  }
  for (let from = old.length; from >= 0; from--)
    for (let to = now.length; to >= 0; to--) {
      if (from === old.length && to === now.length) continue
      const [a, b] = [old[from], now[to]]
      const way = step(from, to)
      costs[from * width + to] =
        way === 'both'
          ? cost(from + 1, to + 1) + (a && b ? distance(a, b) : 0)
          : way === 'old'
            ? cost(from + 1, to) + (a?.size ?? 0)
            : cost(from, to + 1) + (b?.size ?? 0)
    }
  const pairs: [Tree | null, Tree | null][] = []
  for (let from = 0, to = 0; from < old.length || to < now.length;) {
    const way = step(from, to)
    pairs.push([way === 'now' ? null : (old[from] ?? null), way === 'old' ? null : (now[to] ?? null)])
    if (way !== 'now') from++
    if (way !== 'old') to++
  }
  return pairs
}

const bags = new WeakMap<Tree, Map<string, number>>()
function bagOf(tree: Tree): Map<string, number> {
  let bag = bags.get(tree)
  if (!bag) {
    bags.set(tree, (bag = new Map()))
    for (const { kind, text } of within(tree)) {
      const word = `${kind} ${text}`
      bag.set(word, (bag.get(word) ?? 0) + 1)
    }
  }
  return bag
}

/** In how many of their parts two differ, 0 where they are the same. */
function distance(a: Tree, b: Tree): number {
  if (a.exact === b.exact) return 0
  if (a.shape === b.shape) return 0.3
  const [one, other] = [bagOf(a), bagOf(b)]
  let both = 0
  for (const [word, count] of one) both += Math.min(count, other.get(word) ?? 0)
  // What has next to nothing in common is no other version of it.
  return (a.kind === b.kind ? 0.5 : 2) + a.size + b.size - 2 * both
}
