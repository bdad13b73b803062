import { knownTruth } from './conditions.ts'
import type { Runtime } from './runtime.ts'
import { pythonName, rootMark } from './project.ts'
import { constant, symbol, textOf } from './values.ts'
import type { ArgValue, ClassRef, Site, SymbolValue, Value } from './values.ts'

type Member = readonly [string, Value]

/** What `inspect` asks of a thing of which all is known (docs.python.org, "inspect"). */
const predicates: Record<string, (value: Value) => boolean> = {
  'inspect.isclass': ({ t }) => t === 'class',
  'inspect.ismodule': ({ t }) => t === 'module',
  'inspect.isfunction': (value) => value.t === 'func' && (value.self === null || value.self.t === 'class'),
  'inspect.ismethod': (value) => value.t === 'func' && value.self !== null && value.self.t !== 'class',
  'inspect.isroutine': ({ t }) => t === 'func',
}

/** What Python's own functions say of the members of things that are known, and of the classes that extend one; null where a call is none of them. */
export function pythonMembers(
  interpreter: Runtime,
  callee: SymbolValue,
  args: ArgValue[],
  site: Site,
): Value | null {
  const [first, second] = args.map(({ value }) => value)
  if (callee.path.endsWith('.__subclasses__') && callee.of?.t === 'class')
    return listOf(interpreter.lookup.childrenOf(callee.of.ref).map((ref) => ({ t: 'class', ref })))
  if (!first) return null
  // What names a folder of the repository is the same as a path.
  if (callee.path === 'pathlib.Path' && args.length === 1 && textOf(first)?.startsWith(rootMark)) return first
  if (callee.path === 'pkgutil.walk_packages' || callee.path === 'pkgutil.iter_modules') {
    const prefix = args.find(({ name }) => name === 'prefix')?.value ?? second
    return walked(interpreter, first, prefix ? textOf(prefix) : '', callee.path.endsWith('walk_packages'))
  }
  const asked = predicates[callee.path]
  if (asked) return isKnown(first) ? constant(asked(first)) : null
  if (callee.path === 'issubclass' && first.t === 'class' && second?.t === 'class')
    return constant(interpreter.lookup.orderOf(first.ref).some(({ cls }) => cls === second.ref.cls))
  if (callee.path === 'dir') {
    const names = namesOf(interpreter, first)
    return names && listOf(names.map(constant))
  }
  if (callee.path === 'inspect.getmembers') {
    const members = membersOf(interpreter, first, site)
    const kept = members?.filter(([, value]) => isChosen(interpreter, second, value, site))
    return kept ? listOf(kept.map(([name, value]) => listOf([constant(name), value]))) : null
  }
  if (callee.path !== 'vars') return null
  const members = first.t === 'class' || first.t === 'module' ? membersOf(interpreter, first, site) : null
  return members && { t: 'object', props: new Map(members), ref: null, args: [], isOpen: false, site }
}

// The modules of packages, and of those in them, as `pkgutil` names them.
function walked({ project }: Runtime, paths: Value, prefix: string | null, isDeep: boolean): Value | null {
  const folders = paths.t === 'list' ? paths.items.map(textOf) : [null]
  if (prefix === null || !folders.every((one) => one?.startsWith(rootMark))) return null
  const found = folders.flatMap((folder) => {
    const root = `${folder?.slice(rootMark.length) ?? ''}/`
    return [...project.modules.values()]
      .filter(({ path }) => path.startsWith(root))
      .flatMap((module) => {
        const parts = pythonName(module)
          .split('.')
          .slice(root.split('/').length - 1)
        const isOne = module.language === 'python' && parts.length > 0 && (isDeep || parts.length === 1)
        return isOne
          ? [{ name: `${prefix}${parts.join('.')}`, isPackage: /__init__\.pyi?$/.test(module.path) }]
          : []
      })
  })
  return listOf(
    found.map(({ name, isPackage }) => ({
      t: 'object',
      props: new Map([
        ['name', constant(name)],
        ['ispkg', constant(isPackage)],
      ]),
      ref: null,
      args: [],
      isOpen: true,
      site: null,
    })),
  )
}

const isKnown = ({ t }: Value): boolean => /^(?:const|class|module|func|list|object)$/.test(t)
const listOf = (items: Value[]): Value => ({ t: 'list', items, isOpen: false })

// What a predicate may be true of is among what it chose.
function isChosen(interpreter: Runtime, predicate: Value | undefined, value: Value, site: Site): boolean {
  if (!predicate) return true
  const asked = predicate.t === 'symbol' ? predicates[predicate.path] : undefined
  if (asked) return asked(value)
  return knownTruth(interpreter.call(predicate, [{ name: null, value }], site)) !== false
}

function membersOf(interpreter: Runtime, of: Value, site: Site): Member[] | null {
  return (
    namesOf(interpreter, of)?.map((name): Member => [
      name,
      interpreter.memberOf(of, name, site) ?? symbol(`?.${name}`, name, { of }),
    ]) ?? null
  )
}

/** The names that code gives a thing, in their order; those that Python gives it are not among them. */
function namesOf({ lookup }: Runtime, of: Value): string[] | null {
  const ofClass = (ref: ClassRef) =>
    lookup
      .orderOf(ref)
      .flatMap(({ cls }) => [...cls.members, ...cls.fields, ...cls.inner].map(({ name }) => name))
  if (of.t === 'module') return [...new Set([...of.scope.names()].map(([name]) => name))].sort()
  const ref = of.t === 'class' || of.t === 'object' || of.t === 'symbol' ? of.ref : null
  if (ref?.module.language !== 'python') return null
  const own = of.t === 'object' ? [...of.props.keys()] : []
  return [...new Set([...own, ...ofClass(ref)])].sort()
}
