import { isOfProgram, unsaid } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { isClear } from '../requirements/say-condition.ts'
import { askedIn, aTestIn, identityOf, isReadable, namedAs, shown, whole } from '../facts/expression.ts'
import { keeping } from '../facts/keeping.ts'
import type { Func, Module } from '../parse/ir.ts'
import { isErrorName } from '../resolve/go-errors.ts'
import { placesOf, sharePlaces, sourceOfName } from '../resolve/places.ts'
import type { FuncValue, Site } from '../resolve/values.ts'
import type { FoundNames } from './found-names.ts'

/** Characters of what a condition asks of, with what gave its variables in place of them. */
const maxTold = 110
/** What an expression is made of besides values that are written in it: what is not a text, a number, a method, or a conversion to one of Go's types. */
const values =
  /"(?:[^"\\]|\\.)*"|\b\d[\d.]*\b|\.\w+(?=\()|\b(?:u?int(?:8|16|32|64)?|float(?:32|64)|string|bool|byte|rune|len)(?=\()|\b(?:true|false|null|nil|None|True|False|undefined)\b/g
/** A test of values alone comes of what was not followed, and says nothing: `[].contains("x")`. */
const isOfConstants = (text: string): boolean =>
  /\d|"|\[/.test(text) && !/[A-Za-z_…‹]/.test(text.replaceAll(values, ''))

/** How often what gave a variable is told by what gave the variables in it. */
const maxSources = 3

/**
 * What the conditions of one operation ask, as a reader can find it: of parts of the request, what the repository and its packages have by name, and what calls of those
 * give. A variable of another function is told by the call that gave it, else with the name of that function; where people could not read it the condition says
 * that there is a further test, and in which function. What is asked stays the same by its identity, so that a change of it is seen.
 */
export class Grounds {
  readonly #names: FoundNames
  readonly #home: readonly FuncValue[]
  readonly #given: ReadonlySet<string>
  readonly #known = new Map<Atom, Atom>()
  /** What is told so far, by its words: other things are not told by the same. */
  readonly #told = new Map<string, string>()

  /** `home`: the functions that handle the operation, whose own names stand in the lines that are shown of it; `given`: what a framework hands to them. */
  constructor(names: FoundNames, home: readonly FuncValue[], given: Iterable<string> = []) {
    this.#names = names
    this.#home = home
    this.#given = new Set(given)
  }

  condition(condition: Condition): Condition {
    return condition.map((row) => once(row).map((atom) => this.atom(atom)))
  }

  /** An atom in words that a reader can find, or that says where more is asked. */
  atom(given: Atom): Atom {
    const known = this.#known.get(given)
    if (known) return known
    const made = this.#atomOf(given)
    if (made !== given) sharePlaces([[given]], [[made]])
    this.#known.set(given, made)
    return made
  }

  #atomOf(given: Atom): Atom {
    if (given.subject === unsaid.subject || /^[@?]|^request$|^raised | fits /.test(given.subject))
      return given
    if (isOfConstants(whole(given.subject))) return unsaid
    const atom = asQuestion(given)
    const sites = placesOf(given)
    const [first] = sites
    if (!first) return atom
    const text = shown(atom.subject)
    // What people could not read is asked.
    if (!isClear(text)) return atom
    if (this.#isFound(text, sites)) {
      this.#isNew(text, atom)
      return atom
    }
    const isHome = this.#isHome(first)
    const named = this.#named(text, given, sites, isHome)
    if (named !== null && this.#isNew(named, atom)) return { ...atom, subject: namedAs(named, atom.subject) }
    if (isHome) return atom
    const symbol = nameOf(first)
    const own = askedIn(text, symbol)
    const isTold = text.length <= maxTold && !ofItsOwn.test(text) && !saysNothing.test(text)
    return {
      ...atom,
      subject: namedAs(isTold && this.#isNew(own, atom) ? own : aTestIn(symbol), atom.subject),
    }
  }

  #isNew(text: string, { subject }: Atom): boolean {
    const own = identityOf(subject)
    const known = this.#told.get(text) ?? own
    this.#told.set(text, known)
    return known === own
  }

  #isHome({ module, start, end }: Site): boolean {
    return this.#home.some((one) => one.module === module && one.fn.start <= start && end <= one.fn.end)
  }

  /** An expression with what gave its variables in place of them, and without what calls are given where that can't be found. */
  #named(text: string, atom: Atom, sites: readonly Site[], isHome: boolean): string | null {
    let all = text.replace(/^\w+ = /, '')
    // An error of Go is told by the call that failed.
    const error = /^\w+(?= failed$|$)/.exec(all)?.[0] ?? ''
    const failed = isErrorName(error) ? sourceOfName(atom, error) : null
    if (failed !== null) all = `${failed} failed`
    for (let count = 0; count < maxSources; count++) {
      const [lost] = this.#lostIn(all, sites)
      const source = lost && !isErrorName(lost.name) ? sourceOfName(atom, lost.name) : null
      if (!lost || source === null) break
      all = all.slice(0, lost.at) + source + all.slice(lost.at + lost.name.length)
    }
    for (let lost = this.#lostIn(all, sites); lost.length > 0; lost = this.#lostIn(all, sites)) {
      const group = isHome ? null : lost.map(({ at }) => argumentAround(all, at)).find((one) => one !== null)
      if (!group) return null
      all = `${all.slice(0, group.start)}…${all.slice(group.end)}`.replaceAll(/…(?:, …)+/g, '…')
    }
    // Cut more than once nobody reads it: the calls that are cut are then told without all that they are given.
    if (all.split('…').length > 2) all = all.replaceAll(/\([^()]*…[^()]*\)/g, '(…)')
    return all.length <= maxTold && isReadable(all) && !saysNothing.test(all) ? all : null
  }

  #isFound(text: string, sites: readonly Site[]): boolean {
    return !/^\w+ = /.test(text) && !saysNothing.test(text) && this.#lostIn(text, sites).length === 0
  }

  /** Names that an expression begins with and that nobody finds, with where they stand in it. */
  #lostIn(text: string, sites: readonly Site[]): { name: string; at: number }[] {
    const language = sites[0]?.module.language
    return [...masked(text).matchAll(roots)].flatMap(({ 0: all, 1: name = '', index: at }) => {
      const isCall = all.endsWith('(')
      // A package may have dashes in its name.
      if (name.includes('-')) return []
      if (words.test(name) || (isCall && builtin.test(name))) return []
      const locals = sites.map(({ module }) => this.#names.localOf(module, name))
      // A variable that is called as a part of the request is.
      const isOf = /^\.\w+\(/.test(text.slice(at + name.length))
      if (inWords.test(name) && !(isOf && locals.some((one) => one !== null))) return []
      // What a function is handed to call has the name by which it is called.
      const isLost = locals.some((one) => one === 'variable' || (one === 'parameter' && !isOf))
      const isFound =
        /^[A-Z]/.test(name) && !(isCall && language === 'go')
          ? true
          : isCall
            ? this.#names.calls(name) ||
              // A method of what code outside gave, by the name that code calls it by.
              (language === 'go' && sites.some(({ module }) => module.text.includes(`.${name}(`))) ||
              (language !== 'go' && !isLost && !sites.some(({ module }) => this.#names.has(module, name)))
            : handed.test(name) ||
              this.#given.has(name) ||
              sites.some(({ module }) => this.#names.has(module, name)) ||
              this.#home.some((one) => isParameter(one.fn, name) || one.scope.knows(name)) ||
              !isLost
      return isFound ? [] : [{ name, at }]
    })
  }
}

// The functions and classes that something is asked by: of a thing that is no boat it is another matter whether it is a ship.
const askedBy = (subject: string): string => namesIn(whole(subject))
const namesIn = keeping((text) =>
  (text.match(/(?<![.\w$"'])(?:[A-Za-z_$][\w$]*(?=\()|[A-Z]\w*)/g) ?? []).join(' '),
)

// What is asked twice, by the names that two functions have for it, is asked once. Two variables of one function are two things.
function once(row: Condition[number]): Condition[number] {
  if (row.length < 2) return row
  const shortest = new Map<string, Atom>()
  for (const atom of row) {
    // A header is the same in any case (RFC 9110, 5.1).
    const of = aHeader.test(atom.subject)
      ? atom.subject.toLowerCase()
      : `${identityOf(atom.subject)} ${askedBy(atom.subject)}`
    const same = isOfProgram(atom) ? JSON.stringify(atom) : `${atom.op} ${String(atom.value)} ${of}`
    const other = shortest.get(same)
    const isOther =
      other !== undefined &&
      other.subject !== atom.subject &&
      !aHeader.test(atom.subject) &&
      isOfOneFunction(other, atom)
    const key = isOther ? `${same} ${atom.subject}` : same
    const known = shortest.get(key)
    if (!known || atom.subject.length < known.subject.length) shortest.set(key, atom)
  }
  if (row.length === shortest.size) return row
  const kept = new Set(shortest.values())
  return row.filter((atom) => kept.has(atom))
}

const aHeader = /^header\.[\w-]+$/

function isOfOneFunction(one: Atom, other: Atom): boolean {
  const [a, b] = [placesOf(one)[0], placesOf(other)[0]]
  return a !== undefined && b !== undefined && a.module === b.module && a.symbol === b.symbol
}

/** What a test is named by that is not told: the function that it stands in, else its file. */
const nameOf = ({ symbol, module }: { symbol: string; module: Module }): string =>
  symbol === '' ? module.path : symbol

const isParameter = ({ params }: Func, name: string): boolean => params.some((one) => one.name === name)

/** Names at the beginning of what is read or called: no members, keys or names of arguments. */
const roots = /(?<![\w$.?"'@-])([A-Za-z_$][\w$]*(?:-\w+)*)(?![\w$])(?!\s*=[^=>]|\s*:(?!:)|["'])\(?/g

/** Words of conditions and of languages, and things that all of them have. */
const words =
  /^(?:failed|raised|fits|as|with|is|in|not|and|or|new|await|typeof|instanceof|null|nil|None|true|false|undefined|this|self|cls|super|len|os|process|console|globalThis|window)$/
/** Parts of a request, as conditions have them. */
const inWords = /^(?:path|query|header|cookie|form|body|text)$/
/** What handlers and middleware call what is handed to them. */
const handed = /^(?:request|req|res|response|reply|ctx|context|c|g|session|principal)$/
const builtin =
  /^(?:len|int|str|float|bool|set|list|dict|tuple|any|all|sum|min|max|sorted|abs|isinstance|hasattr|getattr|type|next|open|round|parseInt|parseFloat|isNaN|fetch|make|append|string|cap|decodeURIComponent|encodeURIComponent|require|error|byte|rune|u?int\d*|float\d*)$/
/** Names that say nothing of what they hold. */
const ofItsOwn = /^(?:\w = .*|\w{1,2}|e(?:rr(?:or)?|xc?|xception)\d*)(?: failed)?$/
/** Calls that say nothing without what they are given. */
const saysNothing =
  /(?:^|[^\w.])(?:len|any|all|bool|isinstance|hasattr|str|int|sorted|Boolean|Array\.isArray|Promise\.all\w*|errors\.(?:As|Is))\(\[?…\]?\)/

/** Texts, patterns and members as blanks of their length. */
const masked = (text: string): string =>
  text
    .replaceAll(/(?<=[\w$)\]?])\.[\w$-]+/g, (all) => '.'.padEnd(all.length, '_'))
    .replaceAll(
      /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<=[(\s,]|^)\/(?![\s/])(?:[^/\\\n]|\\.)+\/[a-z]*/g,
      (all) => '"'.padEnd(all.length, ' '),
    )

/** What stands between commas or brackets of the nearest call around a place; null where no call is. */
function argumentAround(text: string, at: number): { start: number; end: number } | null {
  const all = masked(text)
  let depth = 0
  let start = at
  for (; start > 0; start--) {
    const sign = all[start - 1] ?? ''
    if (')]}'.includes(sign)) depth++
    else if ('([{'.includes(sign) && --depth < 0) {
      if (sign === '(' && /[\w$)\]]/.test(all[start - 2] ?? '')) break
      depth = 0
    } else if (sign === ',' && depth === 0 && isOfCall(all, start)) break
  }
  if (start === 0) return null
  while (all[start] === ' ') start++
  let end = at
  for (depth = 0; end < all.length; end++) {
    const sign = all[end] ?? ''
    if ('([{'.includes(sign)) depth++
    else if (')]}'.includes(sign) && --depth < 0) {
      if (sign === ')') break
      depth = 0
    } else if (sign === ',' && depth === 0 && isOfCall(all, end)) break
  }
  return { start, end }
}

// Whether the brackets around a place are those of a call.
function isOfCall(all: string, at: number): boolean {
  let depth = 0
  for (let start = at; start > 0; start--) {
    const sign = all[start - 1] ?? ''
    if (')]}'.includes(sign)) depth++
    else if ('([{'.includes(sign) && --depth < 0) return sign === '(' && /[\w$)\]]/.test(all[start - 2] ?? '')
  }
  return false
}

/** A call or comparison that answers with true or false is asked for that. */
function asQuestion(atom: Atom): Atom {
  if (atom.op !== 'present' && atom.op !== 'absent') return atom
  return question.test(withoutGiven(shown(atom.subject)))
    ? { ...atom, op: atom.op === 'present' ? 'true' : 'false' }
    : atom
}
// What a call is given is asked by that call: `find(Boat.id == key)` is no comparison.
function withoutGiven(text: string): string {
  const cut = text.replaceAll(/(?<=[\w)\]])\([^()]+\)/g, '()')
  return cut === text ? text : withoutGiven(cut)
}
const question =
  /^[^=<>]* (?:==|<|>|<=|>=|instanceof) [^=<>]*$|\.(?:isEmpty|isPresent|is[A-Z]\w*|equals|contains(?:Key)?|startsWith|endsWith|anyMatch|allMatch|noneMatch)\([^()]*\)$/
