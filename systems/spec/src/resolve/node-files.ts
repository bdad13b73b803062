import { posix } from 'node:path'
import type { Module } from '../parse/ir.ts'
import type { Project } from './project.ts'
import { placed, rootMark } from './project.ts'
import type { Runtime } from './runtime.ts'
import { constant, nothing, symbol, textOf } from './values.ts'
import type { ArgValue, ObjectValue, Site, SymbolValue, Value } from './values.ts'

const ofPath =
  /^(?:node:)?path\.(?:(?:default|posix)\.)?(join|resolve|normalize|basename|dirname|extname|parse)$/
const ofFiles =
  /^(?:node:)?fs(?:-extra)?(?:\/promises)?\.(?:(?:default|promises)\.)*(readdir|readdirSync|statSync|lstatSync|stat|lstat|existsSync)$/
const ofGlob = /^(?:glob|fast-glob|globby|tinyglobby)(?:\.(?:default|sync|glob|globSync|globbySync|globby))*$/

/** The folder or the file that code stands in, as `__dirname` and `__filename` name them. */
export const folderOf = ({ path }: Module): string => `${rootMark}${posix.dirname(path)}`
export const fileOf = ({ path }: Module): string => `${rootMark}${path}`

/** What a module of JavaScript knows of itself (`import.meta`). */
export const metaOf = (module: Module): ObjectValue => ({
  t: 'object',
  props: new Map([
    ['dirname', constant(folderOf(module))],
    ['filename', constant(fileOf(module))],
    ['url', constant(`file://${fileOf(module)}`)],
  ]),
  ref: null,
  args: [],
  isOpen: true,
  site: null,
})

/** What code learns of the program's own files before it loads them: paths that are put together, and what stands in folders. Null where a call is none of it. */
export function nodeFiles(
  interpreter: Runtime,
  callee: SymbolValue,
  args: ArgValue[],
  site: Site,
): Value | null {
  const { project } = interpreter
  const texts = args.map(({ value }) => textOf(value))
  const [first = null] = texts
  const asked = ofPath.exec(callee.path)?.[1]
  if (asked !== undefined) return ofTexts(asked, texts, project, site)
  if (/^(?:node:)?url\.fileURLToPath$/.test(callee.path)) {
    const given = args[0]?.value
    const url = first ?? (given?.t === 'object' ? textOf(given.props.get('href')) : null)
    return url === null ? null : constant(url.replace(ofFile, ''))
  }
  if (/^(?:node:)?url\.pathToFileURL$/.test(callee.path)) return first === null ? null : fileUrl(first)
  if (/^(?:(?:node:)?url\.)?URL$/.test(callee.path)) {
    const [path = null, base = null] = texts
    if (path !== null && ofFile.test(path)) return fileUrl(path.replace(ofFile, ''))
    if (path === null || base === null || !ofFile.test(base) || /^[\w+.-]+:/.test(path)) return null
    return fileUrl(posix.join(posix.dirname(base.replace(ofFile, '')), path))
  }
  if (callee.path === 'process.cwd' && args.length === 0) return constant(programFolder(project, site.module))
  if (callee.path === isFolder) return constant(callee.of?.t === 'object' && callee.of.props.has(folderKey))
  if (callee.path === isFile) return constant(!(callee.of?.t === 'object' && callee.of.props.has(folderKey)))
  if (ofGlob.test(callee.path) && args[0]) return matching(project, args, site)
  const onFiles = ofFiles.exec(callee.path)?.[1]
  if (onFiles === undefined || first === null || !(first.startsWith(rootMark) || first.startsWith('.')))
    return null
  const path = placed(site.module, first)
  const { folders, files } = project.inFolder(path)
  const isThere = folders.length + files.length > 0
  if (onFiles.startsWith('readdir')) {
    if (!isThere) return null
    const names = [...folders, ...files].toSorted()
    const isTyped = args[1]?.value.t === 'object' && args[1].value.props.has('withFileTypes')
    const items = names.map((name) =>
      isTyped
        ? entry(folders.includes(name), [
            ['name', name],
            ['path', first],
            ['parentPath', first],
          ])
        : constant(name),
    )
    const list: Value = { t: 'list', items, isOpen: false }
    const then = args.at(-1)?.value
    if (then?.t !== 'func') return list
    interpreter.call(
      then,
      [nothing, list].map((value) => ({ name: null, value })),
      site,
    )
    return nothing
  }
  const isModule = project.modules.has(path)
  if (onFiles === 'existsSync') return isThere || isModule ? constant(true) : null
  return isThere || isModule ? entry(isThere, []) : null
}

const ofFile = /^file:\/\/(?=\/)/

// The address of a file, by its path.
const fileUrl = (path: string): ObjectValue => ({
  t: 'object',
  props: new Map([
    ['href', constant(`file://${path}`)],
    ['pathname', constant(path)],
  ]),
  ref: null,
  args: [],
  isOpen: true,
  site: null,
})

const isFolder = 'node:entry.isDirectory'
const isFile = 'node:entry.isFile'
const folderKey = '@folder'

// What is told of a file or a folder (`fs.Stats`, `fs.Dirent`).
function entry(folder: boolean, texts: readonly [string, string][]): ObjectValue {
  const made: ObjectValue = { t: 'object', props: new Map(), ref: null, args: [], isOpen: true, site: null }
  for (const [key, text] of texts) made.props.set(key, constant(text))
  if (folder) made.props.set(folderKey, nothing)
  made.props.set('isDirectory', symbol(isFolder, 'isDirectory', { of: made }))
  made.props.set('isFile', symbol(isFile, 'isFile', { of: made }))
  return made
}

function ofTexts(
  asked: string,
  given: readonly (string | null)[],
  project: Project,
  { module }: Site,
): Value | null {
  if (given.some((one) => one === null)) return null
  const texts = given.filter((one) => one !== null)
  const [first = '', second = ''] = texts
  switch (asked) {
    case 'join':
    case 'normalize':
      return constant(kept(posix.join(...texts), first))
    case 'resolve': {
      const from = texts.findLastIndex((one) => one.startsWith('/'))
      const own = from === -1 ? [programFolder(project, module), ...texts] : texts.slice(from)
      return constant(kept(posix.join(...own), own[0] ?? ''))
    }
    case 'basename':
      return constant(posix.basename(first, second))
    case 'dirname':
      return constant(posix.dirname(first))
    case 'extname':
      return constant(posix.extname(first))
    case 'parse': {
      const { name, base, ext, dir } = posix.parse(first)
      const props = { name, base, ext, dir }
      return {
        t: 'object',
        props: new Map(Object.entries(props).map(([key, value]) => [key, constant(value)])),
        ref: null,
        args: [],
        isOpen: false,
        site: null,
      }
    }
    default:
      return null
  }
}

// A path from the code's own folder stays one (`join('./', 'routes')` is `routes`, which is a package).
const kept = (path: string, first: string): string =>
  first.startsWith('.') && !path.startsWith('.') ? `./${path}` : path

// Where a program is started: the folder of the nearest manifest.
function programFolder(project: Project, { path }: Module): string {
  let dir = posix.dirname(path)
  while (dir !== '.' && !project.manifests.has(`${dir}/package.json`)) dir = posix.dirname(dir)
  return `${rootMark}${dir}`
}

// Modules whose paths match patterns, as those who list files give them: below the folder of the program, or the one that an option names.
function matching(project: Project, args: readonly ArgValue[], { module }: Site): Value | null {
  const [given, options] = args.map(({ value }) => value)
  const patterns = (given?.t === 'list' ? given.items : [given]).map((one) => textOf(one))
  if (patterns.some((one) => one === null)) return null
  const option = options?.t === 'object' ? options.props.get('cwd') : undefined
  const cwd = option ? textOf(option) : programFolder(project, module)
  if (cwd === null) return null
  const from = placed(module, cwd)
  const isAbsolute = options?.t === 'object' && options.props.has('absolute')
  const below = from === '.' ? '' : `${from}/`
  const found = patterns.flatMap((pattern) => {
    if (pattern === null) return []
    const whole = pattern.startsWith(rootMark)
    const asked = whole ? pattern.slice(rootMark.length) : posix.join(from, pattern)
    return [...project.modules.values()].flatMap(({ path, language }) =>
      language === 'javascript' && posix.matchesGlob(path, asked)
        ? whole || isAbsolute
          ? `${rootMark}${path}`
          : path.slice(below.length)
        : [],
    )
  })
  return found.length > 0
    ? { t: 'list', items: [...new Set(found)].toSorted().map((one) => constant(one)), isOpen: false }
    : null
}
