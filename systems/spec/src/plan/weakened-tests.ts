import { STATUS_CODES } from 'node:http'
import { escaped } from './literal-change.ts'
import { eachOperation } from './make-plan.ts'
import type { Plan } from './make-plan.ts'

/** Lines of one place of a file that differ: what was there, what is, and where it is now (from 1). */
export interface Hunk {
  line: number
  removed: string[]
  added: string[]
}

/** What a plan lets tests say otherwise: words that its sentences lose and gain, and paths of requests that it is about. */
export interface AskedOfTests {
  lost: ReadonlySet<string>
  gained: ReadonlySet<string>
  changedPaths: readonly RegExp[]
  removedPaths: readonly RegExp[]
}

/** `HTTP_201_CREATED`, `http.StatusCreated` and `"answers 201"` in words, lower case, with every sign. */
const wordsOf = (text: string): string[] =>
  (text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\s\w]/g) ?? []).map((word) => word.toLowerCase())

export function askedOfTests({ tasks }: Plan): AskedOfTests {
  const [lost, gained] = [new Set<string>(), new Set<string>()]
  for (const { shall, shallNot } of tasks) {
    const [now, old] = [new Set(shall.flatMap(said)), new Set(shallNot.flatMap(said))]
    for (const word of old) if (!now.has(word)) lost.add(word)
    for (const word of now) if (!old.has(word)) gained.add(word)
  }
  const paths = (what: boolean) =>
    tasks
      .filter((task) => (task.what === 'remove') === what)
      .flatMap(eachOperation)
      .flatMap(({ subject }) => pathOf(subject))
  return { lost, gained, changedPaths: paths(false), removedPaths: paths(true) }
}

/** A status is called by its name too: RFC 9110, 15. */
const said = (sentence: string) =>
  wordsOf(sentence).flatMap((word) => [word, ...wordsOf(STATUS_CODES[word] ?? '')])

/** `/loans/{id}` as it is written in tests, with something in place of `{id}`; nothing for what is no operation. */
function pathOf(subject: string): RegExp[] {
  const path = /^[A-Z][\w ]* (\/\S*)$/.exec(subject)?.[1]
  if (path === undefined) return []
  const parts = path.split('/').filter((part) => part !== '')
  const pattern = parts.map((part) => (part.includes('{') ? '[^/\'"`?]+' : escaped(part))).join('/')
  return [new RegExp(`${pattern}/?(?=['"\`?\\s]|$)`)]
}

const isIdle = (line: string) =>
  /^\s*(?:$|\/\/|\*(?:\/|\s|$)|\/\*.*\*\/\s*$|#(?!\[))/.test(line) || isImport(line)
const isImport = (line: string) =>
  /^\s*(?:import\b|from\s+\S+\s+import\b|(?:const|let|var)\b[^=]+=\s*(?:await\s+import|require)\s*\()/.test(
    line,
  )
const codeOf = (line: string) =>
  line.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "''")

/** As test runners have them: Jest, Vitest, Mocha, node:test, pytest, unittest, JUnit 4 and 5, TestNG, Go's testing. */
const skips =
  /\.(?:skip|only|todo|fails|failing|skipIf|runIf)\b|\b(?:xit|xtest|xdescribe|fit|fdescribe)\s*\(|\bskip\s*[(:]|@(?:unittest\.)?(?:skip\w*|expectedFailure)\b|\bpytest\.(?:skip|xfail|importorskip)|mark\.(?:skip\w*|xfail)|\b(?:raise\s+)?SkipTest\b|@(?:Disabled\w*|Ignore|Enabled\w*)\b|\benabled\s*=\s*false|\bt\.Skip\w*\(|\bassum(?:e|ing)\w*\s*\(/
const ends = /\b(?:process\.exit|os\._?exit|os\.Exit|sys\.exit|System\.exit|exit|quit)\s*\(/
const replaces =
  /^\s*(?:globalThis\.|global\.|window\.)?(?:assert|expect|should|t|chai|unittest|pytest)\b[\w.]*\s*=[^=>]/
const branches =
  /\b(?:if|else|try|catch|except|finally|return|while|for|switch|break|continue|throw|raise|pass|yield|suppress|defer|recover|goto)\b|&&|\|\||\bor\b|\band\b/
const beginsTest =
  /^\s*(?:(?:test|it|describe|context|suite|specify|before|after)\w*[\w.]*\s*\(|(?:async\s+)?def\s+\w|class\s|@\w|func\s|function\s|(?:export\s+)?(?:async\s+)?function\s|(?:const|let)\s+\w+\s*=\s*(?:async\s*)?\(|(?:public|private|protected|static|void)\s|t\.Run\()/

/**
 * What an edit of a test that was there makes it say less, a line each, for people; empty where nothing. Lines may be added that
 * do not decide whether others run, and new tests; a line may change as the plan's sentences do; tests of what the plan removes may go.
 */
export function weakenings(
  path: string,
  hunks: readonly Hunk[],
  asked: AskedOfTests,
  before: string,
): string[] {
  const reasons: string[] = []
  const say = (line: number, why: string, text: string) =>
    reasons.push(`A test was weakened: ${path}:${line}: ${why}: ${text.trim()}`)
  const known = new Set(before.split('\n').map(plain))
  for (const { line, removed, added } of withoutMoves(hunks)) {
    const free = [...added]
    const isGone = asked.removedPaths.some((one) => removed.some((text) => one.test(text)))
    for (const text of removed) {
      if (isIdle(text)) continue
      const at = free.findIndex((one) => isAsked(text, one, asked))
      if (at !== -1) free.splice(at, 1)
      else if (!isGone) say(line, 'this is not asked or said any more', text)
    }
    const rest = free.filter((text) => !isIdle(text))
    const [first] = rest
    if (first === undefined && !opensComment(free)) continue
    const isOwn = first !== undefined && beginsTest.test(first)
    for (const text of rest) {
      const code = codeOf(text)
      if (skips.test(code)) say(line, 'this skips tests', text)
      else if (ends.test(code)) say(line, 'this ends the run', text)
      else if (replaces.test(code)) say(line, 'this replaces what asserts', text)
      else if (!isOwn && branches.test(code)) say(line, 'this decides whether a test goes on', text)
    }
    if (isOwn && known.has(plain(first))) say(line, 'a test of this name was there', first)
    if (opensComment(free))
      say(line, 'this takes out what follows', free.find((text) => /\/\*|"""|'''/.test(text)) ?? '')
  }
  return reasons
}

const plain = (text: string) => text.replaceAll(/\s+/g, '')

/** Without lines that only went to another place of the file. */
function withoutMoves(hunks: readonly Hunk[]): Hunk[] {
  const count = (lines: readonly string[]) => {
    const counts = new Map<string, number>()
    for (const one of lines) counts.set(plain(one), (counts.get(plain(one)) ?? 0) + 1)
    return counts
  }
  const added = count(hunks.flatMap((hunk) => hunk.added))
  const both = new Map<string, number>()
  for (const [text, times] of count(hunks.flatMap((hunk) => hunk.removed)))
    if (text !== '') both.set(text, Math.min(times, added.get(text) ?? 0))
  const rest = (from: Map<string, number>) => (text: string) => {
    const left = from.get(plain(text)) ?? 0
    from.set(plain(text), left - 1)
    return left <= 0
  }
  const [ofRemoved, ofAdded] = [rest(new Map(both)), rest(new Map(both))]
  return hunks.map(({ line, removed, added: lines }) => ({
    line,
    removed: removed.filter(ofRemoved),
    added: lines.filter(ofAdded),
  }))
}

function isAsked(before: string, after: string, asked: AskedOfTests): boolean {
  const [old, now] = [wordsOf(before), wordsOf(after)]
  const [lost, gained] = [without(old, now), without(now, old)]
  if (!lost.every((word) => asked.lost.has(word))) return false
  if (gained.every((word) => asked.gained.has(word))) return true
  // A request of what the plan changes may carry more.
  const code = codeOf(after)
  return (
    asked.changedPaths.some((one) => one.test(before) && one.test(after)) &&
    !branches.test(code) &&
    !skips.test(code)
  )
}

function without(from: readonly string[], what: readonly string[]): string[] {
  const rest = [...what]
  return from.filter((one) => {
    const at = rest.indexOf(one)
    if (at !== -1) rest.splice(at, 1)
    return at === -1
  })
}

/** Comments and texts over lines that these lines open and do not close. */
function opensComment(lines: readonly string[]): boolean {
  const text = lines.join('\n')
  const count = (mark: string) => text.split(mark).length - 1
  return count('/*') !== count('*/') || count('"""') % 2 === 1 || count("'''") % 2 === 1
}

/** Files by which runners of tests are told what to run, from the documentation of each. */
export const runnerFile =
  /(?:^|\/)(?:conftest\.py|pytest\.ini|\.?pytest\.toml|tox\.ini|sitecustomize\.py|usercustomize\.py|(?:jest|vitest|vite|ava|karma|playwright|cypress)\.(?:config|conf)\.\w+|\.mocharc(?:\.\w+)?|\.taprc|\.npmrc|junit-platform\.properties|testng\.xml)$/

/** Hunks of `git diff --unified=0` of one file. */
export function readHunks(diff: string): Hunk[] {
  const hunks: Hunk[] = []
  for (const text of diff.split('\n')) {
    const head = /^@@ -\S+ \+(\d+)/.exec(text)
    if (head) hunks.push({ line: Number(head[1]), removed: [], added: [] })
    else if (text.startsWith('-')) hunks.at(-1)?.removed.push(text.slice(1))
    else if (text.startsWith('+')) hunks.at(-1)?.added.push(text.slice(1))
  }
  return hunks
}
