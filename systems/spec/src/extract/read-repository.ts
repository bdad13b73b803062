import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { ReportProgress } from '@heavylift/core'
import type { FileOutcome } from '../facts/fact-set.ts'
import { readScope } from '../facts/read-scope.ts'
import { isBuilt } from '../parse/go-build.ts'
import { lowerGo } from '../parse/lower-go.ts'
import { lowerJava } from '../parse/lower-java.ts'
import { lowerJavascript } from '../parse/lower-javascript.ts'
import { lowerPython } from '../parse/lower-python.ts'
import { loadGrammars } from '../parse/syntax-tree.ts'
import type { Module } from '../parse/ir.ts'

/** A repository's sources, parsed, and what became of every file that is none of them. */
export interface Repository {
  modules: Module[]
  /** Files that name what a folder is made with (`package.json`, `go.mod`, …), and API descriptions: path to text. */
  manifests: Map<string, string>
  /** Tests that ask something of a service, parsed: no part of the program. */
  tests: Module[]
  files: FileOutcome[]
  lines: number
}

const leftOut = new Set([
  'node_modules',
  'vendor',
  'dist',
  'build',
  'target',
  'venv',
  '.venv',
  'env',
  '__pycache__',
  'site-packages',
  'bower_components',
  'coverage',
  'out',
  'third_party',
  'Pods',
])
const lowerings: Record<string, (path: string, text: string) => Module> = {
  ts: lowerJavascript,
  mts: lowerJavascript,
  cts: lowerJavascript,
  js: lowerJavascript,
  mjs: lowerJavascript,
  cjs: lowerJavascript,
  tsx: lowerJavascript,
  jsx: lowerJavascript,
  py: lowerPython,
  java: lowerJava,
  go: lowerGo,
}
/** Languages that are not read, by the ending of their files. */
const otherLanguages: Record<string, string> = {
  rb: 'Ruby',
  php: 'PHP',
  cs: 'C#',
  rs: 'Rust',
  kt: 'Kotlin',
  scala: 'Scala',
  ex: 'Elixir',
  exs: 'Elixir',
  erl: 'Erlang',
  swift: 'Swift',
  dart: 'Dart',
  groovy: 'Groovy',
  clj: 'Clojure',
  cr: 'Crystal',
  fs: 'F#',
  hs: 'Haskell',
  jl: 'Julia',
  lua: 'Lua',
  ml: 'OCaml',
  nim: 'Nim',
  pl: 'Perl',
  vb: 'Visual Basic',
  zig: 'Zig',
}
/** A source of a language that is read, parsed; null of another file, and where there is none. */
export async function readSource(path: string, text: () => Promise<string>): Promise<Module | null> {
  const lower = lowerings[endOf(path)]
  if (!lower || isTest(path)) return null
  await loadGrammars()
  return await text().then(
    (found) => (found.length > maxBytes ? null : lower(path, found)),
    () => null,
  )
}
const endOf = (path: string) => path.split('.').at(-1) ?? ''

/** Files of each language that is not read, the most first. */
export function unreadLanguages(files: readonly FileOutcome[]): [language: string, files: number][] {
  const counts = new Map<string, number>()
  for (const { path, outcome } of files) {
    const language = outcome === 'other-language' ? otherLanguages[endOf(path)] : undefined
    if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1)
  }
  return [...counts].toSorted((a, b) => b[1] - a[1])
}

const manifestNames =
  /^(?:package\.json|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml|build\.sbt|plugins\.sbt|requirements[\w.-]*\.txt|pyproject\.toml|setup\.py|Pipfile(?:\.lock)?|(?:uv|poetry|pdm)\.lock|Gemfile|composer\.json|Cargo\.toml|mix\.exs|[\w.]+\.csproj|tsconfig[\w.]*\.json|jsconfig\.json|manage\.py|application[\w-]*\.(?:ya?ml|properties)|web\.xml|org\.apache\.cxf\.osgi\.cfg|features[\w-]*\.xml|\.gitmodules)$/
/** Settings of programs of Java, by whatever name. */
const settingNames =
  /(?:^|\/)(?:[\w-]*config[\w-]*|dropwizard[\w-]*)\.ya?ml$|(?:^|\/)src\/main\/resources\/(?:[^/]+\/)*(?:bootstrap[\w-]*\.properties|[\w.-]+\.ya?ml|OSGI-INF\/blueprint\/[\w.-]+\.xml)$|(?:^|\/)WEB-INF\/[\w.-]+\.xml$/
/** Beans of Spring are set up in files of any name. */
const mayBeBeans = /(?:^|\/)src\/main\/(?:[^/]+\/)*[^/]+\.xml$/
const apiNames = /(?:openapi|swagger|api)[\w.-]*\.(?:ya?ml|json)$/i
/** Settings of programs of Node.js, in folders and files that are named for them. */
const dataNames =
  /(?:^|\/)(?:configs?|settings|constants)\/[\w.-]+\.(?:json5?|ya?ml)$|(?:^|\/)[\w.-]*(?:config|settings|constants|env|errors?|codes?|messages|status(?:es)?|responses|roles|permissions|routes)\.json$|(?:^|\/)[\w.-]*(?:config|settings|constants|env)[\w-]*\.json$/i
const isManifest = (path: string) =>
  manifestNames.test(basename(path)) || apiNames.test(path) || settingNames.test(path)
// A package of Java's sources may have any name, and so may the folders of a file that is a route by its place. Tests of Python stand in no folder `spec` (docs.pytest.org, "Conventions for Python test discovery").
const isTest = (path: string) => {
  const placed = routedByPlace.exec(path)
  if (placed) return isTestPath(path.slice(0, placed.index + 1))
  return isTestPath(
    path.endsWith('.py')
      ? path.replace(/(?<=^|\/)specs?\//g, 'code/')
      : path.replace(/(?<=(?:^|\/)src\/main\/java\/).*\//, ''),
  )
}
const routedByPlace =
  /(?:^|\/)(?:app\/(?:[^/]+\/)*route|pages\/api\/(?:[^/]+\/)*[^./]+|src\/routes\/(?:[^/]+\/)*\+server|server\/(?:api|routes)\/(?:[^/]+\/)*[^./]+(?:\.(?:get|head|post|put|patch|delete|options))?)\.[cm]?[jt]sx?$/
const isTestPath = (path: string) =>
  /(?:^|\/)(?:tests?|__tests__|specs?(?!\/src\/)|e2e|testdata|fixtures|__mocks__|mocks|cypress|testing|test[-_]?(?:utils?|helpers?))\/|(?:\.|_)(?:test|spec)\.[cm]?[jt]sx?$|_test\.go$|(?:^|\/)test_[^/]*\.py$|_test\.py$|(?:^|\/)conftest\.py$|(?:^|\/)src\/(?:[\w-]*[tT]ests?(?:-\w+)?|(?:integration|functional|acceptance|component|contract|smoke|it)[\w-]*)\/(?:java|kotlin|groovy|resources)\/|(?:^|\/)src\/test\/|(?:Tests?|TestCase|IT|ITCase)\.java$|(?:^|\/)tests\.py$/.test(
    path,
  )
/** Wire writes what a person would have written: which part of the program is given which. */
const isGenerated = (head: string) =>
  /(?:^|\n)[^\n]{0,20}(?:Code generated (?!by Wire\b).* DO NOT EDIT|@generated\b|AUTO-?GENERATED FILE)/i.test(
    head,
  )

// Generated types of Go that handlers fill from requests; none of what serves or calls, nor of other protocols.
const holdsModels = (path: string, text: string) =>
  path.endsWith('.go') &&
  text.length < 100_000 &&
  text.includes('json:"') &&
  !/"net\/http"|protobuf|"entgo\.io\/|github\.com\/(?:gin-gonic|labstack|go-chi|gofiber|gorilla)/.test(text)

/** Generated files that route by a framework's router: those of goctl, hz and Connect are the only place where the paths are. */
const holdsRoutes = (path: string, text: string) =>
  path.endsWith('.go') &&
  (path.endsWith('.connect.go') ||
    /"github\.com\/(?:zeromicro\/go-zero\/rest|cloudwego\/hertz\/pkg\/app\/server)"/.test(text))

// What only names other files is read as what it names, whoever wrote it.
const isList = (path: string, text: string) =>
  /\.[cm]?[jt]sx?$/.test(path) &&
  text
    .split('\n')
    .every((line) => /^\s*(?:\/[/*].*|\*.*|(?:export|import)\b.*\bfrom\s*(['"]).*\1;?)?\s*$/.test(line))

const maxBytes = 1_000_000
const maxDataBytes = 64_000
const maxFiles = 50_000
const maxTotalBytes = 400_000_000

/**
 * Reads every source below a folder. Links are not followed, so a loop of them ends nothing; files over 1 MB, binary and generated ones, but for types of
 * Go that requests are read into, are listed, not read; one that does not parse is read as far as it does. Past 50,000 sources or 400 MB the rest is listed. What is in `known`, by path,
 * with the same text is not parsed again.
 * @throws InvalidInputError `not-a-folder`
 */
export async function readRepository(
  dir: string,
  report: ReportProgress,
  signal: AbortSignal,
  known: ReadonlyMap<string, Module> = new Map(),
): Promise<Repository> {
  if (!(await stat(dir).catch(() => null))?.isDirectory())
    throw new InvalidInputError({
      code: 'not-a-folder',
      message: `There is no folder "${dir}". Give the folder of a repository.`,
    })
  await loadGrammars()
  const repository: Repository = { modules: [], manifests: new Map(), tests: [], files: [], lines: 0 }
  const [paths, { isRead }] = [await list(dir, '', repository.files), await readScope(dir)]
  let bytes = 0
  let done = 0
  for await (const { path, size, content } of loadAhead(dir, paths)) {
    signal.throwIfAborted()
    if (done++ % 100 === 0) report({ stage: 'reading', done: done - 1, total: paths.length, unit: 'files' })
    const lower = isRead(path) ? lowerings[endOf(path)] : undefined
    if (size === null) {
      repository.files.push({ path, outcome: 'unreadable', detail: 'It could not be opened.' })
      continue
    }
    if (!lower || manifestNames.test(basename(path))) {
      if (size <= maxBytes * 8 && isManifest(path)) {
        if (content !== null) repository.manifests.set(path, content.toString('utf8'))
      } else if (!lower && size <= maxDataBytes && dataNames.test(path)) {
        if (content !== null) repository.manifests.set(path, content.toString('utf8'))
      } else if (mayBeBeans.test(path) && content?.includes('method-security'))
        repository.manifests.set(path, content.toString('utf8'))
      if (!lower) continue
    }
    if (size > maxBytes) {
      repository.files.push({
        path,
        outcome: 'too-large',
        detail: `${size} bytes; up to ${maxBytes} are read.`,
      })
      continue
    }
    if (repository.modules.length >= maxFiles || bytes + size > maxTotalBytes) {
      repository.files.push({
        path,
        outcome: 'too-large',
        detail: 'The repository has more sources than are read at once.',
      })
      continue
    }
    if (isTest(path)) {
      repository.files.push({ path, outcome: 'test', detail: '' })
      const test = content === null ? null : testIn(path, content, lower, known.get(path))
      if (test) repository.tests.push(test)
      continue
    }
    readOne(path, content, lower, repository, known.get(path))
    bytes += size
  }
  report({ stage: 'reading', done: paths.length, total: paths.length, unit: 'files' })
  return repository
}

function readOne(
  path: string,
  content: Buffer | null,
  lower: (path: string, text: string) => Module,
  repository: Repository,
  known: Module | undefined,
): void {
  if (content === null)
    return void repository.files.push({ path, outcome: 'unreadable', detail: 'It could not be opened.' })
  if (content.subarray(0, 8000).includes(0))
    return void repository.files.push({ path, outcome: 'binary', detail: '' })
  // A byte order mark is no part of the program, and offsets count it.
  const text = content.toString('utf8')
  if (
    isGenerated(text.slice(0, 600)) &&
    !holdsModels(path, text) &&
    !holdsRoutes(path, text) &&
    !isList(path, text)
  )
    return void repository.files.push({ path, outcome: 'generated', detail: 'It says so itself.' })
  if (path.endsWith('.go') && !isBuilt(path, text))
    return void repository.files.push({
      path,
      outcome: 'not-built',
      detail: 'Its build constraint leaves it out on Linux without tags.',
    })
  try {
    const module = known?.text === text ? known : lower(path, text)
    repository.lines += text.split('\n').length
    repository.modules.push(module)
    const [first] = module.broken
    if (first) {
      const line = text.slice(0, first.start).split('\n').length
      repository.files.push({
        path,
        outcome: module.body.length > 0 ? 'read-in-part' : 'unreadable',
        detail: `Line ${line} does not parse.`,
      })
    }
  } catch (error) {
    repository.files.push({
      path,
      outcome: 'unreadable',
      detail: error instanceof Error ? error.message : 'It does not parse.',
    })
  }
}

// Calls that may send a request.
const mayAsk =
  /\b\w*(?:get|post|put|patch|delete|head|options|request|fetch|inject|perform|exchange|uri|target)\w*\s*(?:<[^>()]*>)?\(|\bhttp\.Method[A-Z]/i

/** A test that may ask something of a service; others are not parsed. */
function testIn(
  path: string,
  content: Buffer,
  lower: (path: string, text: string) => Module,
  known: Module | undefined,
): Module | null {
  const text = content.toString('utf8')
  if (!mayAsk.test(text)) return null
  try {
    return known?.text === text ? known : lower(path, text)
  } catch {
    return null
  }
}

interface Loaded {
  path: string
  /** Null where it could not be opened. */
  size: number | null
  /** Null too of what is too large: that is listed, not read. */
  content: Buffer | null
}

/** Files in order, with the next ones already on their way: a disk that is slow to answer is asked for many at once. */
async function* loadAhead(dir: string, paths: readonly string[]): AsyncGenerator<Loaded> {
  const queue: Promise<Loaded>[] = []
  let next = 0
  const fill = () => {
    while (queue.length < filesAhead && next < paths.length) queue.push(load(dir, paths[next++] ?? ''))
  }
  fill()
  for (let first = queue.shift(); first; first = queue.shift()) {
    const loaded = await first
    fill()
    yield loaded
  }
}

const filesAhead = 24

async function load(dir: string, path: string): Promise<Loaded> {
  const file = join(dir, path)
  const limit = isManifest(path) ? maxBytes * 8 : maxBytes
  const handle = await open(file).catch(() => null)
  if (!handle) return { path, size: null, content: null }
  try {
    const { size } = await handle.stat()
    if (size > limit) return { path, size, content: null }
    if (size === 0) return { path, size, content: Buffer.alloc(0) }
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(size), 0, size, 0)
    // One that grows or shrinks meanwhile is read as far as it was.
    return { path, size, content: buffer.subarray(0, bytesRead) }
  } catch {
    return { path, size: null, content: null }
  } finally {
    await handle.close()
  }
}

// What is called like a build's output and is source: a package of Java's sources, of Python's, or of Go's.
const isPackage = async (root: string, path: string): Promise<boolean> =>
  /(?:^|\/)src\/main\/java\//.test(path) ||
  (await stat(join(root, path, '__init__.py')).catch(() => null)) !== null ||
  (/(?:^|\/)(?:build|coverage|dist|env|out|target)$/.test(path) &&
    (await readdir(join(root, path)).catch(() => [])).some((name) => name.endsWith('.go')))

async function list(root: string, below: string, files: FileOutcome[]): Promise<string[]> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch(() => [])
  const found: string[] = []
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isSymbolicLink()) continue
    if (entry.isDirectory()) {
      const isLeftOut = leftOut.has(entry.name) && !(await isPackage(root, path))
      // RFC 8615: paths below it are known to all.
      const isHidden = entry.name.startsWith('.') && entry.name !== '.github' && entry.name !== '.well-known'
      if (isLeftOut || isHidden) continue
      found.push(...(await list(root, path, files)))
    } else if (entry.isFile()) {
      const end = endOf(entry.name)
      if (otherLanguages[end]) files.push({ path, outcome: 'other-language', detail: '' })
      if (lowerings[end] || isManifest(path) || dataNames.test(path) || mayBeBeans.test(path))
        found.push(path)
    }
  }
  return found
}
