import { digest, word } from '../extract/flow-digest.ts'
import type { Tree } from './code-tree.ts'
import type { Question, Questions } from './questions.ts'

/** What variables hold: by what it is, and by the code that says it. */
export type Scope = Map<string, { key: number; tree: Tree | null; scope: Scope }>

export const partsAt = ({ slots }: Tree): Tree[][] => slots.map(({ kids }) => kids)
export const kidsOf = ({ slots }: Tree): Tree[] => slots.flatMap(({ kids }) => kids)
export const hasCall = (tree: Tree): boolean => tree.kind === 'call' || kidsOf(tree).some(hasCall)

const isJunction = ({ kind, text }: Tree) => kind === 'binary' && (text === '&&' || text === '||')
const isCompared = ({ kind, text }: Tree) => kind === 'binary' && /^(?:[=!]==?|<=?|>=?|is|is not)$/.test(text)
const isDenied = ({ kind, text }: Tree) => kind === 'unary' && text === '!'
/** Whether something is nothing but whether something else holds. */
export function isAnswer(tree: Tree): boolean {
  if (tree.kind === 'bool' || isDenied(tree) || isCompared(tree) || whetherOf(tree)) return true
  return isJunction(tree) && kidsOf(tree).every(isAnswer)
}
/** What `Boolean(…)` and `bool(…)` are given. */
function whetherOf(tree: Tree): Tree | null {
  const [[callee] = [], args = []] = tree.kind === 'call' ? partsAt(tree) : []
  return callee?.kind === 'name' && /^(?:Boolean|bool)$/.test(callee.text) && args.length === 1
    ? (args[0] ?? null)
    : null
}

/** What code says, whatever its variables are called. */
export class CodeKeys {
  readonly #questions: Questions
  readonly #ask: (question: number) => boolean
  /** Names of the functions that are told in whole. */
  #names = 0
  #depth = 0
  #isAsked = false

  /** What was answered so far. */
  readonly answers: ReadonlyMap<number, boolean>

  constructor(
    questions: Questions,
    ask: (question: number) => boolean,
    answers: ReadonlyMap<number, boolean>,
  ) {
    this.#questions = questions
    this.#ask = ask
    this.answers = answers
  }

  key(tree: Tree, scope: Scope): number {
    const { kind, text, slots } = tree
    if (kind === 'name') return scope.get(text)?.key ?? digest(`name ${text}`)
    if (kind === 'null') return word('null')
    // Where it is asked before whether something is there it is taken of that.
    if (kind === 'unary' && text === '?.' && this.#isAsked) return this.key(kidsOf(tree)[0] ?? tree, scope)
    if (kind === 'cond' && this.#depth === 0) {
      const [[test] = [], [high] = [], [low] = []] = partsAt(tree)
      if (test && high && low) return this.key(this.truth(test, scope) ? high : low, scope)
    }
    if (kind === 'func' || kind === 'each') {
      const own: Scope = new Map(scope)
      const names = this.#names
      this.#depth++
      for (const param of kind === 'func' ? (slots[0]?.kids ?? []) : []) this.#bindNew(own, kidsOf(param)[0])
      if (kind === 'each') this.#bindNew(own, slots[0]?.kids[0])
      const made = this.#whole(tree, own)
      this.#depth--
      this.#names = names
      return made
    }
    return this.#whole(tree, scope)
  }

  /** All of it, without going any way through it. */
  #whole(tree: Tree, scope: Scope): number {
    if (tree.kind === 'let' || tree.kind === 'param') this.#bindNew(scope, kidsOf(tree)[0])
    if (tree.kind === 'loop') for (const target of tree.slots[0]?.kids ?? []) this.#bindNew(scope, target)
    const within = (kid: Tree) =>
      /^(?:if|let|loop|try|handler|switch|case|block|expr|return|throw|jump|cond|param)$/.test(kid.kind)
        ? this.#whole(kid, scope)
        : this.key(kid, scope)
    return digest(
      `${tree.kind} ${tree.text}`,
      ...tree.slots.map(({ kids }) => digest('slot', ...kids.map(within))),
    )
  }

  #bindNew(scope: Scope, target: Tree | undefined): void {
    if (target) this.bind(scope, target, digest('own', this.#names++), null)
  }

  /** Notes what the names of a target hold from then on. */
  bind(scope: Scope, target: Tree | null, key: number, tree: Tree | null): void {
    if (!target) return
    if (target.kind === 'name') scope.set(target.text, { key, tree, scope: new Map(scope) })
    else if (target.kind === 'array')
      for (const [at, one] of kidsOf(target).entries()) this.bind(scope, one, digest('item', at, key), null)
    else if (target.kind === 'object')
      for (const entry of kidsOf(target)) {
        const of =
          entry.text === '' ? digest('rest', key) : digest(`member ${entry.text}`, digest('slot', key))
        this.bind(scope, kidsOf(entry)[0] ?? null, of, null)
      }
    else if (target.kind === 'assign') {
      const [[own] = [], [given] = []] = partsAt(target)
      this.bind(scope, own ?? null, digest('given', key, given ? this.key(given, scope) : 0), null)
    } else if (target.kind === 'spread')
      this.bind(scope, kidsOf(target)[0] ?? null, digest('rest', key), null)
  }

  /** What something is of which is asked. */
  #asked(tree: Tree, scope: Scope): number {
    const before = this.#isAsked
    this.#isAsked = true
    const key = this.key(tree, scope)
    this.#isAsked = before
    return key
  }

  truth(tree: Tree, scope: Scope): boolean {
    const [one, other, third] = kidsOf(tree)
    if (isDenied(tree) && one) return !this.truth(one, scope)
    if (isJunction(tree) && one && other)
      return tree.text === '&&'
        ? this.truth(one, scope) && this.truth(other, scope)
        : this.truth(one, scope) || this.truth(other, scope)
    if (tree.kind === 'cond' && one && other && third)
      return this.truth(this.truth(one, scope) ? other : third, scope)
    if (tree.kind === 'bool') return tree.text === 'true'
    if (tree.kind === 'null') return false
    const given = whetherOf(tree)
    if (given) return this.truth(given, scope)
    const held = tree.kind === 'name' ? scope.get(tree.text) : undefined
    if (held?.tree && (isAnswer(held.tree) || isJunction(held.tree))) return this.truth(held.tree, held.scope)
    if (isCompared(tree) && one && other) return this.#compared(tree.text, one, other, scope)
    return this.#isThere(tree, scope)
  }

  areEqual(one: Tree, other: Tree, scope: Scope): boolean {
    return this.#compared('==', one, other, scope)
  }

  #compared(op: string, one: Tree, other: Tree, scope: Scope): boolean {
    if (/^(?:==|is)/.test(op) && op !== 'is not') return this.#areEqual(one, other, scope)
    if (/^(?:!=|is not)/.test(op)) return !this.#areEqual(one, other, scope)
    if (counts(one) && other.kind === 'num' && /^(?:> 0|>= 1)$/.test(`${op} ${other.text}`))
      return this.#isThere(one, scope)
    if (counts(one) && other.kind === 'num' && /^(?:<= 0|< 1)$/.test(`${op} ${other.text}`))
      return !this.#isThere(one, scope)
    if (!this.#canAsk(one, scope) || !this.#canAsk(other, scope)) return false
    if (op === '<') return this.#isLess(one, other, scope)
    if (op === '>') return this.#isLess(other, one, scope)
    return op === '<=' ? !this.#isLess(other, one, scope) : !this.#isLess(one, other, scope)
  }

  #areEqual(one: Tree, other: Tree, scope: Scope): boolean {
    if (one.kind === 'null' || other.kind === 'null')
      return !this.#isThere(one.kind === 'null' ? other : one, scope)
    if (other.kind === 'bool') return this.truth(one, scope) === (other.text === 'true')
    if (counts(one) && other.kind === 'num' && other.text === '0') return !this.#isThere(one, scope)
    if (!this.#canAsk(one, scope) || !this.#canAsk(other, scope)) return false
    const [a, b] = [this.#asked(one, scope), this.#asked(other, scope)]
    if (a === b) return true
    const [subject, literal] = isFixed(other) ? [a, other] : isFixed(one) ? [b, one] : [0, null]
    const question = digest('==', Math.min(a, b), Math.max(a, b))
    const of = literal && {
      subject,
      relation: 'is' as const,
      literal: literal.kind === 'num' ? literal.text : String(literal.exact),
      isNumber: literal.kind === 'num',
    }
    return this.#question(question, { ...(of ? { of } : {}), needs: [] }, [one, other], scope)
  }

  #isLess(one: Tree, other: Tree, scope: Scope): boolean {
    const [a, b] = [this.#asked(one, scope), this.#asked(other, scope)]
    const of =
      other.kind === 'num'
        ? { subject: a, relation: 'below' as const, literal: other.text, isNumber: true }
        : one.kind === 'num'
          ? { subject: b, relation: 'above' as const, literal: one.text, isNumber: true }
          : null
    return this.#question(digest('<', a, b), { ...(of ? { of } : {}), needs: [] }, [one, other], scope)
  }

  #isThere(tree: Tree, scope: Scope): boolean {
    if (!this.#canAsk(tree, scope)) return false
    return this.#question(this.#asked(tree, scope), { needs: [] }, [tree], scope)
  }

  #question(question: number, what: Question, of: readonly Tree[], scope: Scope): boolean {
    const needed = of.flatMap((one) => [
      one,
      ...takenFrom(one).map(({ tree }) => tree),
      ...(one.kind === 'call' ? (one.slots[1]?.kids ?? []) : []),
    ])
    const needs = needed.map((one) => this.#asked(one, scope)).filter((one) => one !== question)
    return this.#ask(this.#questions.note(question, { ...what, needs }))
  }

  /** Asks first what `?.` asks. */
  #canAsk(tree: Tree, scope: Scope): boolean {
    return takenFrom(tree).every(
      ({ tree: of, isAsked }) =>
        !isAsked || this.#question(this.#asked(of, scope), { needs: [] }, [of], scope),
    )
  }
}

/** Of what something is taken or called, the innermost first. */
function takenFrom(tree: Tree): { tree: Tree; isAsked: boolean }[] {
  if (!/^(?:member|index|call|unary)$/.test(tree.kind)) return []
  const of = tree.slots[0]?.kids[0]
  if (!of || (tree.kind === 'unary' && tree.text !== '?.')) return []
  if (tree.kind === 'unary') return [...takenFrom(of), { tree: of, isAsked: true }]
  const isAsked = of.kind === 'unary' && of.text === '?.'
  const inner = takenFrom(of)
  return isAsked || tree.kind === 'call' ? inner : [...inner, { tree: of, isAsked: false }]
}

/** What is one thing and no other: a literal, or a constant by its name. */
const isFixed = (tree: Tree): boolean =>
  tree.kind === 'str' ||
  tree.kind === 'num' ||
  (/^(?:name|member)$/.test(tree.kind) && /^[A-Z][A-Z\d_]*$/.test(tree.text)) ||
  (tree.kind === 'member' && /^[A-Z]/.test(kidsOf(tree)[0]?.text ?? ''))

/** How many of something there are. */
function counts(tree: Tree): boolean {
  if (tree.kind === 'member') return /^(?:length|size|count)$/.test(tree.text)
  const [callee] = tree.kind === 'call' ? (tree.slots[0]?.kids ?? []) : []
  return callee !== undefined && /^(?:len|size|length|count)$/.test(callee.text)
}
