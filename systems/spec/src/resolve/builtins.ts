import { cutBefore } from './cut-texts.ts'
import { attributeOf } from './function-attributes.ts'
import { isSurelyIn } from './surely-in.ts'
import { forgetItems, keepItems, noteItems } from './collected-items.ts'
import { posix } from 'node:path'
import type { Module } from '../parse/ir.ts'
import type { Condition } from '../facts/condition.ts'
import { assumedText, Default } from './assumed-text.ts'
import { Given } from './passed.ts'
import { importedByName, importedHere } from './import-by-name.ts'
import { ofMap } from './javascript-maps.ts'
import { keyedEntries, underKey } from './keyed-entries.ts'
import { saidByError, wrappedAlone } from './go-errors.ts'
import { namedAs } from '../facts/expression.ts'
import { both, either, knownTruth, not, truth } from './conditions.ts'
import { asKeys, collect, collectedIn, collectedWhere, extended, giveAway } from './collected.ts'
import { appended, emptyMap, handOut, noteHeld } from './filled.ts'
import { goSetting } from './go-defaults.ts'
import { errorChain, errorIs } from './go-errors.ts'
import { askedOfOwn } from './go-predicates.ts'
import { takenApart } from './go-texts.ts'
import { beginsEmpty } from './go-zero-values.ts'
import { wrappedError } from './go-wrapped-errors.ts'
import { failsWithGiven, itemOf, mappedFrom } from './java-async.ts'
import { javaValue, noElement } from './java-builtins.ts'
import { knownComparison } from './comparisons.ts'
import { storedAnswer } from './java-stored.ts'
import { isNamedError } from './members.ts'
import { saidByOwnError } from './python-errors.ts'
import { throwsWhereMissing } from './or-throw.ts'
import { dataFile } from './data-files.ts'
import { nodeFiles } from './node-files.ts'
import { requireDirectory } from './node-folders.ts'
import {
  matchesGlobs,
  matchesPattern,
  matchesPython,
  ofAnyText,
  withoutQuery,
  withPattern,
} from './patterns.ts'
import { pythonMembers } from './python-members.ts'
import { reflectMetadata } from './class-decorators.ts'
import { grow, isListOf, isMeasured, isPerhapsEmpty, someOf, surelyIn, noteFilled } from './lists.ts'
import type { Runtime } from './runtime.ts'
import { noteWhere, putWhere } from './put-when.ts'
import { answerOfParts, answerTo, areToldApart, trueWays, unionOfParts, whenTrueOf } from './when.ts'
import {
  constant,
  each,
  ended,
  joined,
  notDefined,
  nothing,
  printValue,
  symbol,
  textOf,
  union,
} from './values.ts'
import { asUnthrown, tell, untold } from './told.ts'
import { hasInParts } from './path-parts.ts'
import type { ArgValue, FuncValue, ObjectValue, Site, SymbolValue, Value } from './values.ts'
import { isInRounds, isSometimes, wayTo } from './sometimes.ts'

// What `import * as all` has.
function namespaceOf(interpreter: Runtime, module: Module): ObjectValue {
  const names = module.body.flatMap((stmt) =>
    stmt.k === 'export'
      ? [...stmt.names.map(({ exported }) => exported), ...(stmt.value ? ['default'] : [])]
      : [],
  )
  const all = names.flatMap((name) => {
    const value = name === '*' ? null : interpreter.exported(module, name)
    return value ? [[name, value] as const] : []
  })
  return { t: 'object', props: new Map(all), ref: null, args: [], isOpen: names.includes('*'), site: null }
}

// Of what a thing has: which of it is there is not known where only some ways set it.
function listOf({ props, isOpen }: ObjectValue, items: Value[]): Value {
  const list = { t: 'list', items, isOpen } as const
  return [...props.keys()].some((name) => isSometimes(props, name)) ? someOf({ ...list }) : list
}

/** ECMAScript: whether a thing has a name of its own, as `in` asks of what is written out. */
const asksOwn = /^Object\.(?:hasOwn|prototype\.hasOwnProperty\.call)$/

// An error of a package: `werkzeug.exceptions.Forbidden()`.
const isMadeOutside = (value: Value): boolean =>
  value.t === 'symbol' &&
  value.ref === null &&
  (/\.exceptions\.[A-Z]\w*\(\)$/.test(value.path) || (isNamedError(value) && value.path.endsWith('()')))

const askedIs = /^\w*errors\.Is\(\s*([\w.]+)\s*,\s*([\w.]+)\s*\)$/

/** What the four languages' own functions make of values that are known; null where a call is none of them. */
export function callBuiltin(
  interpreter: Runtime,
  callee: SymbolValue,
  args: ArgValue[],
  site: Site,
): Value | null {
  const given = args[0]?.value
  const isListed = given?.t === 'module' && /^Object\.(?:keys|values|entries)$/.test(callee.path)
  const first = isListed ? namespaceOf(interpreter, given.module) : given
  const name = callee.path.split('.').at(-1) ?? ''
  if (callee.path === 'require' && first) {
    const source = textOf(first)
    if (source === null) return null
    const target = interpreter.project.resolve(site.module, source)
    if (!target)
      return (
        dataFile(interpreter.project, site.module, source) ?? symbol(source.replace(/^node:/, ''), source)
      )
    interpreter.runModule(target)
    const own = interpreter.exportsOf(target)
    return (
      own.props.get('=') ??
      (own.props.size > 0 ? own : { t: 'module', module: target, scope: interpreter.runModule(target) })
    )
  }
  // Adonis 4 ("Ioc Container"): what it is asked for is a module of the program's, or a part of it.
  if (callee.path === 'use' && first && site.module.language === 'javascript') {
    const asked = textOf(first) ?? ''
    if (asked === 'Route' || asked === 'Server') return symbol(`use(${asked})`, asked)
    const [, file] = /^App\/(.+)$/.exec(asked) ?? []
    const target =
      file === undefined
        ? undefined
        : [...interpreter.project.modules.values()].find(({ path }) => path.endsWith(`app/${file}.js`))
    if (target) {
      interpreter.runModule(target)
      return interpreter.exportsOf(target).props.get('=') ?? null
    }
  }
  const ofFiles = site.module.language === 'javascript' ? nodeFiles(interpreter, callee, args, site) : null
  if (ofFiles) return ofFiles
  if (callee.path === 'require-directory') {
    const load = (path: string) =>
      callBuiltin(interpreter, symbol('require', 'require'), [{ name: null, value: constant(path) }], site)
    return requireDirectory(interpreter, args, load, site)
  }
  if (callee.path === 'functools.update_wrapper' && first?.t === 'func' && args[1]?.value.t === 'func') {
    const wrapped = args[1].value
    return { ...first, marks: [wrapped, ...wrapped.marks, ...first.marks] }
  }
  if (callee.path === 'typing.cast' && args[1]) return args[1].value
  if (callee.path === 'importlib.import_module' && first) {
    const source = textOf(first)
    const target = source === null ? null : interpreter.project.resolve(site.module, source)
    return target ? { t: 'module', module: target, scope: interpreter.runModule(target) } : null
  }
  if (callee.path === '__import__' && site.module.language === 'python' && first)
    return importedHere(interpreter, textOf(first) ?? '', args, site)
  if (/(?:^|\.)import_(?:string|object|from_string)$/.test(callee.path) && first)
    return importedByName(interpreter, textOf(first) ?? '', site)
  if (/^(?:types\.Simple|argparse\.)Namespace$/.test(callee.path))
    return { ...objectOf(args), isOpen: args.some(({ name: key }) => key === null), site }
  const ofMembers = site.module.language === 'python' ? pythonMembers(interpreter, callee, args, site) : null
  if (ofMembers) return ofMembers
  const matched = site.module.language === 'python' ? matchesPython(callee, args) : null
  if (matched !== null)
    return matched
      ? symbol(`${callee.path}()`, `${callee.text}(…)`, { of: callee, args, site, isThere: true })
      : constant(null)
  // Whether it is true is asked of what it is made of.
  if (callee.path === 'bool' && site.module.language === 'python' && first && args.length === 1)
    return first.t === 'const' ? constant(Boolean(first.v)) : first
  if (callee.path === 'isinstance' && first && args[1]) {
    const found = isOfTypes(interpreter, first, args[1].value)
    return found === null ? null : constant(found)
  }
  if (callee.path === 'type' && site.module.language === 'python' && first && args.length === 1) {
    if (first.t === 'object' && first.ref) return { t: 'class', ref: first.ref }
    return first.t === 'symbol' &&
      (isMadeOutside(first) || /^(?:[A-Z]\w*)?(?:Error|Exception)\(\)$/.test(first.path))
      ? symbol(first.path.slice(0, -2), first.path.slice(0, -2), { note: { isTypeOf: true } })
      : null
  }
  if (site.module.language === 'javascript' && /^(?:Type|Range|Syntax|Reference)?Error$/.test(callee.path))
    return {
      t: 'object',
      props: new Map<string, Value>([
        ['@error', constant(callee.path)],
        ['name', constant(callee.path)],
        ['message', first ?? constant('')],
      ]),
      ref: null,
      args,
      isOpen: true,
      site,
    }
  if (site.module.language === 'java') {
    const made = javaValue(interpreter, callee, name, args, site)
    if (made) return made
  }
  if (site.module.language === 'go') {
    // What is deferred runs where nothing panicked, but where what somebody panicked with is followed to it.
    if (callee.path === 'recover' && args.length === 0) return interpreter.panicked ?? nothing
    if (callee.path === 'panic' && interpreter.effects !== null) {
      if (first) interpreter.panic(first, site)
      return ended
    }
    // A text of a type of its own is that text.
    if (callee.path === 'string' && args.length === 1 && first && textOf(first) !== null)
      return constant(textOf(first))
    const wrapped =
      wrappedError(interpreter, callee, args, site) ?? askedOfOwn(interpreter, callee, args, site)
    if (wrapped) return wrapped
    const setting = goSetting(interpreter, callee, args, site)
    if (setting) return setting
  }
  // What is said to be of any type is what it was.
  if (/^(?:any|interface\{\})$/.test(callee.path) && site.module.language === 'go' && first) return first
  if (callee.path === 'new' && site.module.language === 'go' && first)
    return first.t === 'class'
      ? beginsEmpty(
          { t: 'object', props: new Map(), ref: first.ref, args: [], isOpen: false, site },
          interpreter.effects !== null,
        )
      : first.t === 'symbol'
        ? symbol(`${first.path}()`, first.text, { site })
        : null
  // What an error says that was made of a text.
  if (callee.path === 'errors.New().Error' && callee.of?.t === 'symbol')
    return callee.of.args[0]?.value ?? null
  if (callee.path === 'fmt.Errorf().Error') {
    const said = saidByError(callee.of)
    return said?.t === 'const' ? said : null
  }
  // What is made around one of several errors is one of several.
  if (callee.path === 'fmt.Errorf') {
    const at = args.findIndex(({ value }) => value.t === 'union' && Boolean(value.when ?? value.ways))
    const around = args[at]?.value
    return around
      ? unionOfParts(around, (one) =>
          interpreter.call(callee, args.with(at, { name: null, value: one }), site),
        )
      : null
  }
  if (callee.path === 'errors.Is' && first && args[1]) {
    const sought = args[1].value
    const isIt = (one: Value) =>
      errorIs(one, sought) === true || (saysSame(interpreter, one, args, site) ?? errorIs(one, sought))
    const answers = each(first).map(isIt)
    const [known = null] = answers
    if (known !== null && answers.every((one) => one === known)) return constant(known)
    // What it is compared with tells it apart, whatever the error may be.
    const [, error, target] = askedIs.exec(site.module.text.slice(site.start, site.end)) ?? []
    if (error === undefined || target === undefined) return null
    const asked = (whole: Value): Value => {
      const one = wrappedAlone(whole, sought)
      const text = one.t === 'union' ? namedAs(error, printValue(one)) : printValue(one)
      return symbol('errors.Is()', `errors.Is(${text}, ${target})`, {
        of: callee,
        args: args.with(0, { name: null, value: one }),
        site,
      })
    }
    return answerOfParts(first, isIt, asked)
  }
  if (callee.path === 'getattr' && first && args[1]) {
    const key = textOf(args[1].value)
    // What a program puts on no function of its own is not there.
    if (first.t === 'func' && key !== null && !key.startsWith('__') && args[2])
      return attributeOf(first, key) ?? args[2].value
    const found = key === null ? null : interpreter.member(first, key, site)
    // What a setting is where nothing sets it.
    return found?.t === 'symbol' && args[2] && interpreter.effects === null && assumedText(found) === null
      ? { ...found, note: found.note ?? new Default(args[2].value) }
      : found
  }
  if (callee.path === 'hasattr' && first?.t === 'func' && args[1]) {
    const key = textOf(args[1].value)
    return key === null || key.startsWith('__') ? null : constant(attributeOf(first, key) !== null)
  }
  if (callee.path === 'super') return null
  // `new Promise((resolve, reject) => …)`: what it is settled with.
  if (callee.path === 'Promise' && first?.t === 'func') {
    const resolved: Value[] = []
    const settling = [symbol('@resolve', 'resolve', { note: { resolved } }), symbol('@reject', 'reject')]
    interpreter.call(
      first,
      settling.map((value) => ({ name: null, value })),
      site,
    )
    return resolved.length > 0 ? union(resolved) : symbol('Promise()', 'promise', { args, site })
  }
  // What all of a list's promises give stands where they stand.
  if (callee.path === 'Promise.all' && first?.t === 'list') return first
  if (callee.path === '@resolve') {
    const { resolved } = callee.note as { resolved: Value[] }
    resolved.push(first ?? nothing)
    return nothing
  }
  if (callee.path === '@reject') {
    if (first) interpreter.raise(first, site)
    return nothing
  }
  const stored = site.module.language === 'java' ? storedAnswer(callee, args) : null
  if (stored) return stored
  // What these are given is thrown.
  if (name === 'orElseThrow' || failsWithGiven(callee.path)) {
    const asked = name === 'failWith' ? itemOf(callee.of) : callee.of
    const raise = () => {
      const thrown =
        first?.t === 'func'
          ? interpreter.call(first, [], site)
          : first?.t === 'class'
            ? interpreter.instantiate(first.ref, [], site)
            : first
      if (thrown) interpreter.raise(thrown, site)
      // Java ("Optional", `orElseThrow`): told where something is there for that.
      else if (name === 'orElseThrow' && site.module.language === 'java')
        interpreter.emit('raise', noElement, null, site, { isDocumented: true })
    }
    if (name === 'orElseThrow' && asked && isSurelyIn(asked)) return asked
    if (/^(?:orElseThrow|failWith)$/.test(name) && asked) {
      const missing: Condition = [[{ subject: printValue(mappedFrom(asked)), op: 'absent' }]]
      interpreter.within(missing, raise)
      // What comes after it comes of what is there. That a thing comes later says nothing of when what comes after it runs.
      if (name === 'orElseThrow') interpreter.goesOnWhere(asUnthrown(untold(missing)))
    } else raise()
    if (name === 'failWith' && asked) return asked
    return symbol(`${callee.path}()`, callee.text, { of: callee.of, site })
  }
  if (site.module.language === 'javascript' && throwsWhereMissing(interpreter, callee, args, site))
    return symbol(`${callee.path}()`, `${callee.text}(…)`, { of: callee.of, site, isThere: true })
  if (/^(?:tuple|list|set|sorted|frozenset)$/.test(callee.path) && first?.t === 'list') return first
  if (callee.path === 'reversed' && first?.t === 'list')
    return { t: 'list', items: first.items.toReversed(), isOpen: first.isOpen }
  if (
    (callee.path === 'Number' || callee.path === 'int') &&
    first &&
    each(first).every((one) => (one.t === 'const' ? typeof one.v === 'number' : isStatusOf(one)))
  )
    return first
  const isMatch = !first
    ? null
    : callee.path === 'RegExp().test' && callee.of
      ? matchesPattern(callee.of, first)
      : globMatchers.test(callee.path)
        ? matchesGlobs(args[1]?.value, first)
        : null
  if (isMatch !== null) return constant(isMatch)
  if (callee.path === 'str' || callee.path === 'String') {
    if (first && textOf(first) !== null) return constant(textOf(first))
    const assumed = interpreter.effects === null && first?.t === 'symbol' ? assumedText(first) : null
    if (assumed !== null)
      return symbol(`${callee.path}()`, callee.text, { args, note: new Default(constant(assumed)) })
    // An error of Python is what it was made with.
    const [said, ...more] =
      first?.t === 'symbol' && /(?:Error|Exception)\(\)$/.test(first.path) ? first.args : []
    if (said && more.length === 0 && site.module.language === 'python') return said.value
    return first?.t === 'object' ? saidByOwnError(first, interpreter) : null
  }
  if (callee.path === 'dict')
    return { ...objectOf(args), isOpen: args.some(({ name: key }) => key === null), site }
  if (callee.path === 'append' && first) {
    const more = args.slice(1).map(({ value }) => value)
    const lists = each(first).flatMap((one): Value[] =>
      one.t === 'list' || (one.t === 'const' && one.v === null)
        ? [appended(one, more, interpreter.conditions())]
        : [],
    )
    if (lists.length > 0) return union(lists)
    if (first.t === 'symbol' && first.typed)
      return symbol(`${callee.path}()`, callee.text, { args, typed: first.typed })
  }
  // Bytes in Go, signs in Python: of a text without other letters the same.
  const length = callee.path === 'len' ? textOf(first) : null
  if (length !== null && /^[ -~]*$/.test(length)) return constant(length.length)
  // While a program begins, of what a function is given one by one: chains of middleware.
  if (callee.path === 'len' && first?.t === 'list' && first.isCounted && interpreter.effects === null)
    return constant(first.items.length)
  // Of one of several that is not told by a call, each is asked for its own.
  if (callee.path === 'len' && first?.t === 'union' && first.from === undefined && areToldApart(first))
    return unionOfParts(first, (value) => interpreter.call(callee, [{ name: null, value }], site))
  if (callee.path === 'make' && site.module.text.startsWith('make(map[', site.start))
    return emptyMap(site, interpreter.effects !== null)
  if (/^regexp\.MustCompile(?:POSIX)?\(\)\.MatchString$/.test(callee.path)) {
    const made = callee.of?.t === 'symbol' ? textOf(callee.of.args[0]?.value) : null
    const text = textOf(first)
    return made !== null && text !== null ? knownMatch(made, text) : null
  }
  if (callee.path === 'fmt.Sprintf')
    return formatted(
      textOf(first),
      args.slice(1).map((arg) => ({ ...arg, value: asText(interpreter, arg.value, site) })),
    )
  if (callee.path === 'String.format' || callee.path === 'java.lang.String.format')
    return formatted(textOf(first), args.slice(1))
  if (
    /^(?:path|path\/filepath|url)\.Join$|^net\/url\.JoinPath$|^path\.(?:posix\.)?join$|^posixpath\.join$/.test(
      callee.path,
    )
  ) {
    const parts = args.map(({ value }) => {
      const text = assumedText(value)
      return text === null ? value : constant(text)
    })
    if (parts.every((part) => textOf(part) !== null))
      return constant(
        parts
          .map((part) => textOf(part))
          .filter(Boolean)
          .join('/')
          .replaceAll(/\/{2,}/g, '/'),
      )
    // What is known of it stands behind what is not.
    return parts.some((part) => (textOf(part) ?? '') !== '')
      ? joined(parts.flatMap((part, index) => withSlash(part, index === 0, index === parts.length - 1)))
      : null
  }
  if (callee.path === 'path.Clean' && site.module.language === 'go' && textOf(first) !== null)
    return constant(posix.normalize(textOf(first) ?? '').replace(/(?<=.)\/$/, ''))
  if (/^strings\.(?:Contains|HasPrefix|HasSuffix)$/.test(callee.path) && first) {
    const asked = { Contains: 'contains', HasPrefix: 'startsWith', HasSuffix: 'endsWith' }[name] ?? ''
    if (textOf(first) === null && first.t !== 'text') return null
    const [sought] = args.slice(1)
    const answers = sought
      ? each(sought.value).map((value) => callText(first, textOf(first), asked, [{ name: null, value }]))
      : []
    // Whichever of several it is that is asked for.
    const [answer = null] = answers
    return answer?.t === 'const' && answers.every((one) => one?.t === 'const' && one.v === answer.v)
      ? answer
      : answers.length === 1
        ? answer
        : null
  }
  if (/^strings\.SplitN?$/.test(callee.path)) {
    const [text, by] = [textOf(first), textOf(args[1]?.value)]
    const most = callee.path.endsWith('N') ? args[2]?.value : constant(-1)
    if (text === null || by === null || by === '' || most?.t !== 'const' || typeof most.v !== 'number')
      return null
    const parts = text.split(by)
    const kept =
      most.v < 0 || parts.length <= most.v
        ? parts
        : [...parts.slice(0, most.v - 1), parts.slice(most.v - 1).join(by)]
    return { t: 'list', items: kept.map((part) => constant(part)), isOpen: false }
  }
  const apart = takenApart(callee, args)
  if (apart) return apart
  if (callee.path === 'slices.Contains' && first && args[1] && !(first.t === 'list' && first.isOpen)) {
    const isIn = knownComparison('in', args[1].value, first, interpreter)
    if (isIn !== null) return constant(isIn)
  }
  if (callee.path === 'strings.TrimSpace' && first) {
    const text = textOf(first)
    if (text !== null) return constant(text.trim())
    // Of a path nothing is taken.
    if (first.t === 'text' && textOf(first.parts[0])?.trimStart().startsWith('/')) return first
  }
  const cased = /^strings\.To(Upper|Lower)$/.exec(callee.path)?.[1]
  const asWritten = cased === undefined ? null : textOf(first)
  if (asWritten !== null)
    return constant(cased === 'Upper' ? asWritten.toUpperCase() : asWritten.toLowerCase())
  if (/^strings\.Trim(?:Suffix|Right)$/.test(callee.path))
    return trimmed(first, textOf(args[1]?.value), 'end')
  if (/^strings\.Trim(?:Prefix|Left)$/.test(callee.path))
    return trimmed(first, textOf(args[1]?.value), 'start')
  if (
    callee.path === 'List.of' ||
    callee.path === 'Arrays.asList' ||
    /\.(?:List|Set)\.of$|\.Arrays\.asList$/.test(callee.path)
  )
    return first?.t === 'list' && args.length === 1
      ? // An array is its items.
        { t: 'list', items: [...first.items], isOpen: first.isOpen }
      : { t: 'list', items: args.map(({ value }) => value), isOpen: false }
  if (callee.path === 'Object.fromEntries' && first?.t === 'list') {
    const pairs = first.items.map((item) => (item.t === 'list' ? item.items : []))
    const props = new Map(
      pairs.flatMap(([key, value]) => (value && textOf(key) !== null ? [[textOf(key) ?? '', value]] : [])),
    )
    return {
      t: 'object',
      props,
      ref: null,
      args: [],
      isOpen: first.isOpen || props.size < pairs.length,
      site,
    }
  }
  if (first?.t === 'object' && callee.path.startsWith('Object.')) {
    if (name === 'entries')
      return asKeys(
        listOf(
          first,
          [...first.props].map(([key, value]) => ({
            t: 'list',
            items: [constant(key), value],
            isOpen: false,
          })),
        ),
        first,
      )
    if (name === 'values') return asKeys(listOf(first, [...first.props.values()]), first)
    if (name === 'keys') return asKeys(listOf(first, [...first.props.keys()].map(constant)), first)
    if (name === 'freeze' || name === 'seal') return first
  }
  const ofMetadata = reflectMetadata(interpreter, callee.path, args)
  if (ofMetadata) return ofMetadata
  if (asksOwn.test(callee.path) && first && args[1]) {
    const isIn = knownComparison('in', args[1].value, first, interpreter)
    if (isIn !== null) return constant(isIn)
  }
  if (callee.path === 'Array.isArray' && first) {
    const known = isListOf(first)
    if (known !== null) return constant(known)
  }
  if (callee.path === 'Object.assign' && first?.t === 'object') {
    for (const { value } of args.slice(1))
      if (value.t === 'object') for (const [key, one] of value.props) first.props.set(key, one)
    return first
  }
  if (callee.path === 'Object.freeze' || callee.path === 'Object.seal') return first ?? null
  // docs.python.org, "itertools.chain": the items of each, one after the other.
  if (/^itertools\.chain(?:\.from_iterable)?$/.test(callee.path)) {
    const parts =
      name === 'chain'
        ? args.map(({ value }) => value)
        : first?.t === 'list' && !first.isOpen
          ? first.items
          : []
    const lists = parts.flatMap((one) => (one.t === 'list' ? one : []))
    return parts.length > 0 && lists.length === parts.length
      ? { t: 'list', items: lists.flatMap(({ items }) => items), isOpen: lists.some(({ isOpen }) => isOpen) }
      : null
  }
  if (/^(?:any|all)$/.test(callee.path) && first?.t === 'list' && site.module.language === 'python')
    return interpreter.effects !== null && isMeasured(first) && first.items.length <= maxAsked
      ? oneOrAll(
          name === 'any',
          first.items.length,
          `${callee.path}(${printValue(first)})`,
          (index) => first.items[index] ?? nothing,
        )
      : null
  const ofMaps =
    site.module.language === 'javascript' ? ofMap(callee, args, interpreter.effects !== null) : null
  if (ofMaps) return ofMaps
  if (callee.path === 'enumerate' && first?.t === 'list')
    return {
      t: 'list',
      items: first.items.map((item, index) => ({ t: 'list', items: [constant(index), item], isOpen: false })),
      isOpen: first.isOpen,
    }
  const ofLodash =
    /^lodash(?:-es)?(?:[./]|$)/.test(callee.path) && first
      ? lodash(interpreter, callee.path, args, site)
      : null
  if (ofLodash) return ofLodash
  const { of } = callee
  if (!of) return null
  if (of.t === 'symbol' && of.path.endsWith('.HandlerFunc()') && name === 'ServeHTTP' && of.args[0])
    return interpreter.call(of.args[0].value, args, site)
  if (of.t === 'class' && name === 'bind') return of
  if (of.t === 'func') {
    if (name === 'bind')
      return args.length > 1 ? { ...of, bound: [...(of.bound ?? []), ...args.slice(1)] } : of
    // A function as a handler of Go's server.
    if (name === 'ServeHTTP') return interpreter.call(of, args, site)
    if (name === 'call') return interpreter.call(of, args.slice(1), site)
    if (name === 'apply')
      return interpreter.call(
        of,
        args[1]?.value.t === 'list' ? args[1].value.items.map((value) => ({ name: null, value })) : [],
        site,
      )
    return null
  }
  // A method that is called as a function: `app[method].call(app, path, handler)`.
  if (site.module.language === 'javascript' && of.t === 'symbol' && of.of !== null) {
    if (name === 'call') return interpreter.call(of, args.slice(1), site)
    if (name === 'apply' && args[1]?.value.t === 'list')
      return interpreter.call(
        of,
        args[1].value.items.map((value) => ({ name: null, value })),
        site,
      )
  }
  if (of.t === 'list') return callList(interpreter, of, name, args, site)
  if (of.t === 'object' && of.ref === null) {
    if (name === 'items')
      return {
        t: 'list',
        items: [...[...of.props].map(([key, value]) => [constant(key), value]), ...keyedEntries(of)].map(
          (items) => ({ t: 'list', items: [...items], isOpen: false }),
        ),
        isOpen: of.isOpen,
      }
    if (name === 'values') return { t: 'list', items: [...of.props.values()], isOpen: of.isOpen }
    if (name === 'keys')
      return { t: 'list', items: [...of.props.keys()].map((key) => constant(key)), isOpen: of.isOpen }
    if (name === 'get' && first) {
      const key = textOf(first)
      // Nothing where no such key is there (docs.python.org, "dict.get").
      if (key === null && site.module.language === 'python')
        return underKey(of, first, args[1]?.value ?? (keyedEntries(of).length > 0 ? nothing : undefined))
      return of.props.get(key ?? '') ?? args[1]?.value ?? null
    }
    if (name === 'update') {
      for (const { name: key, value } of args)
        if (key !== null) of.props.set(key, value)
        else if (value.t === 'object') {
          for (const [own, one] of value.props) of.props.set(own, one)
          if (value.isOpen || value.ref !== null) of.isOpen = true
        } else of.isOpen = true
      return nothing
    }
    if (name === 'setdefault' && first) {
      const key = textOf(first)
      if (key === null) of.isOpen = true
      else if (!of.props.has(key)) of.props.set(key, args[1]?.value ?? nothing)
      return key === null ? null : (of.props.get(key) ?? null)
    }
    if (name === 'forEach') return nothing
    return null
  }
  const plain = withoutQuery(of)
  const text = textOf(plain)
  // Java's is of the class: what it is called on is not looked at.
  if (plain.t !== 'symbol' && name === 'format' && first && site.module.language === 'java')
    return formatted(textOf(first), args.slice(1))
  if (text !== null || plain.t === 'text') return callText(plain, text, name, args)
  // A setting with a default: what becomes of the default is known.
  const assumed = interpreter.effects === null && of.t === 'symbol' ? assumedText(of) : null
  const becomes = assumed === null ? null : callText(constant(assumed), assumed, name, args)
  if (becomes && textOf(becomes) !== null)
    return symbol(`${callee.path}()`, `${callee.text}()`, {
      of: callee,
      args,
      site,
      note: new Default(becomes),
    })
  const known = of.t === 'union' ? of.of.filter((one) => textOf(one) !== null) : []
  const made = known.map((one) => callText(one, textOf(one), name, args))
  if (made.length > 0 && made.every((one) => one !== null))
    return union([symbol('?', `${printValue(of)}.${name}()`), ...made])
  return null
}

const objectOf = (args: readonly ArgValue[]): ObjectValue => ({
  t: 'object',
  props: new Map(args.flatMap(({ name: key, value }) => (key === null ? [] : [[key, value]]))),
  ref: null,
  args: [],
  isOpen: false,
  site: null,
})

// What lodash calls for each of what it is given, and what it knows to be in a list.
// lodash.com, "pick", "omit": with some of its members, or without them.
function partOf(over: ObjectValue, args: readonly ArgValue[], isPicked: boolean): ObjectValue | null {
  const names = args
    .flatMap(({ value }) => (value.t === 'list' ? value.items : [value]))
    .map((one) => textOf(one))
  if (names.some((one) => one === null || /[.[]/.test(one))) return null
  return {
    ...over,
    props: new Map([...over.props].filter(([name]) => names.includes(name) === isPicked)),
  }
}

function lodash(interpreter: Runtime, path: string, args: ArgValue[], site: Site): Value | null {
  const [over, fn] = args.map(({ value }) => value)
  const name = path.split(/[./]/).at(-1) ?? ''
  if (name === 'merge' && over)
    return args.slice(1).reduce<Value | null>((into, { value }) => into && merged(into, value), over)
  if (/^(?:pick|omit)$/.test(name) && over?.t === 'object' && over.ref === null && !over.isOpen)
    return partOf(over, args.slice(1), name === 'pick')
  const pairs: [Value, Value][] | null =
    over?.t === 'list' && over.items.length > 0
      ? over.items.map((item, index) => [item, constant(index)])
      : over?.t === 'object' && over.ref === null && over.props.size > 0
        ? [...over.props].map(([key, item]) => [item, constant(key)])
        : null
  if (!pairs || !fn) return null
  if (name === 'includes') {
    const sought = textOf(fn)
    return sought !== null &&
      over?.t === 'list' &&
      !over.isOpen &&
      pairs.every(([one]) => textOf(one) !== null)
      ? constant(pairs.some(([one]) => textOf(one) === sought))
      : null
  }
  if (!/^(?:each|forEach|forOwn|forIn|map|flatMap)$/.test(name)) return null
  const made = pairs.map(([item, key]) =>
    interpreter.call(
      fn,
      [item, key].map((value) => ({ name: null, value })),
      site,
    ),
  )
  if (!/map$/i.test(name)) return over ?? null
  return {
    t: 'list',
    items: made,
    isOpen: over?.t === 'list' ? over.isOpen : over?.t === 'object' && over.isOpen,
  }
}

// Parts of one thing, with those of another in them (lodash.com, `merge`); null where not all of these are known.
function merged(into: Value, other: Value): Value | null {
  if (into.t !== 'object' || other.t !== 'object' || other.isOpen) return null
  for (const [key, one] of other.props) {
    const known = into.props.get(key)
    into.props.set(key, (known && merged(known, one)) ?? one)
  }
  return into
}

function callList(
  interpreter: Runtime,
  of: Extract<Value, { t: 'list' }>,
  name: string,
  args: ArgValue[],
  site: Site,
): Value | null {
  const fn = args[0]?.value
  const given = (item: Value, index: number): ArgValue[] => [
    { name: null, value: item },
    { name: null, value: constant(index) },
  ]
  const items = of.items.length === 0 && of.isOpen ? [symbol('?', 'each')] : of.items
  switch (name) {
    case 'forEach':
      if (fn) for (const [index, item] of items.entries()) interpreter.call(fn, given(item, index), site)
      return nothing
    // What stands for a table of Python by its keys.
    case 'keys':
      return site.module.language === 'python' ? of : null
    case 'reduce': {
      if (!fn || of.isOpen || site.module.language !== 'javascript') return null
      const [from, ...rest] = args[1] ? [args[1].value, ...items] : items
      if (!from) return null
      return rest.reduce(
        (made, item, index) =>
          interpreter.call(fn, [{ name: null, value: made }, ...given(item, index)], site),
        from,
      )
    }
    case 'map':
    case 'flatMap': {
      if (!fn) return null
      const made = items.map((item, index) => interpreter.call(fn, given(item, index), site))
      return {
        t: 'list',
        items: name === 'flatMap' ? made.flatMap((one) => (one.t === 'list' ? one.items : [one])) : made,
        isOpen: of.isOpen,
      }
    }
    case 'filter': {
      const kept = fn && site.module.language === 'javascript' ? fitting(interpreter, of, fn, site) : null
      if (kept) return kept
      if (fn?.t === 'func' && site.module.language === 'javascript' && isMeasured(of))
        return partly(interpreter, of, fn, site)
      return site.module.language === 'javascript' ? someOf(of) : of
    }
    case 'slice':
    case 'flat':
      return site.module.language === 'javascript' ? someOf(of) : of
    case 'includes': {
      const sought = args[0]?.value
      const isWritten = isMeasured(of) && of.items.every(({ t }) => t === 'const')
      if (site.module.language !== 'javascript' || !sought) return null
      const isThere = surelyIn(of).some((one) => knownComparison('==', sought, one, interpreter) === true)
      if (isThere) return constant(true)
      if (!isWritten) return null
      const isIn = knownComparison('in', sought, of, interpreter)
      return isIn === null ? null : constant(isIn)
    }
    case 'indexOf': {
      const sought = args[0]?.value
      if (site.module.language !== 'javascript' || !isMeasured(of) || !sought || args.length > 1) return null
      const are = of.items.map((item) => knownComparison('==', sought, item, interpreter))
      const at = are.indexOf(true)
      return are.slice(0, at < 0 ? undefined : at).every((one) => one === false) ? constant(at) : null
    }
    case 'some':
    case 'every':
      return fn && site.module.language === 'javascript' ? askedOfEach(interpreter, of, name, fn, site) : null
    case 'anyMatch':
    case 'allMatch':
      return fn && site.module.language === 'java'
        ? askedOfEach(interpreter, of, name === 'anyMatch' ? 'some' : 'every', fn, site)
        : null
    case 'sort':
    case 'reverse':
    case 'stream':
    case 'orderedStream':
    case 'toList':
      return of
    case 'collect':
      // Into a map or a text it is no list.
      return fn?.t === 'symbol' &&
        /\.Collectors\.(?!to(?:Unmodifiable)?(?:List|Set)\b|toCollection\b)\w/.test(fn.path)
        ? null
        : of
    case 'find':
      return found(interpreter, of, fn, site)
    case 'push':
    case 'append':
    case 'add':
    case 'unshift':
      if (site.module.language === 'python') {
        notePut(of, interpreter)
        if (interpreter.effects === null)
          for (const { value } of args) noteWhere(value, interpreter.branches())
      }
      collect(of, interpreter.moment)
      if (interpreter.effects !== null) noteItems(of, args.length, interpreter.conditions())
      grow(
        of,
        args.map(({ value }) =>
          isSetUp(interpreter, site) ? putWhere(value, interpreter.branches()) : value,
        ),
        interpreter.undo,
      )
      return of
    case 'extend':
      if (site.module.language === 'python')
        notePut(of, interpreter, fn?.t === 'list' && fn.items.length > 0 && !isPerhapsEmpty(fn))
      if (fn?.t === 'list') grow(of, fn.items, interpreter.undo)
      else of.isOpen = true
      return nothing
    case 'concat': {
      const more = args.flatMap(({ value }) => (value.t === 'list' ? value.items : [value]))
      const made: Value = { t: 'list', items: [...of.items, ...more], isOpen: of.isOpen }
      const rest = args.map(({ value }) => value)
      const isMore = rest.some((one) => one.t !== 'list' || (one.items.length > 0 && !collectedIn(one)))
      const isKnown = rest.every(({ t }) => t === 'list' || t === 'const' || t === 'text' || t === 'object')
      return interpreter.effects === null || !isKnown
        ? made
        : extended(made, [of, ...rest], isMore, interpreter.moment)
    }
    case 'join': {
      const texts = of.items.map((item) => textOf(item))
      return !of.isOpen && texts.every((one) => one !== null)
        ? constant(texts.join(fn ? (textOf(fn) ?? ',') : ','))
        : null
    }
    default:
      if (/^(?:pop|shift|splice|fill|copyWithin|remove|clear)$/.test(name)) {
        giveAway(of, '')
        forgetItems(of)
      }
      // Python: what else is done with a list may fill it, or take something out.
      handOut(of, site.module.language === 'python')
      return null
  }
}

// A list of Python that was empty may still be, after branches and rounds of which some put something into it.
function notePut(list: Extract<Value, { t: 'list' }>, interpreter: Runtime, isSure = true): void {
  noteFilled(list, interpreter.taken)
  const isKnown = isSure && !isInRounds(wayTo(list, interpreter.taken))
  noteHeld(list, isKnown ? interpreter.conditions() : null)
}

// What a function says yes to, where each of them is written and it is known of each.
function fitting(
  interpreter: Runtime,
  of: Extract<Value, { t: 'list' }>,
  fn: Value,
  site: Site,
): Value | null {
  if (fn.t !== 'func' || !isMeasured(of) || of.items.some((one) => textOf(one) === null)) return null
  const said = of.items.map((item) => knownTruth(interpreter.call(fn, [{ name: null, value: item }], site)))
  if (said.includes(null)) return null
  return { t: 'list', items: of.items.filter((_, index) => said[index]), isOpen: false }
}

// Of a few items those that a function says yes to, each where it does.
function partly(interpreter: Runtime, of: Extract<Value, { t: 'list' }>, fn: FuncValue, site: Site): Value {
  if (interpreter.effects === null || of.items.length > maxAsked) return someOf(of)
  const asked = of.items.flatMap((item): { item: Value; when: Condition[] }[] => {
    const value = interpreter.call(fn, [{ name: null, value: item }], site)
    const known = knownTruth(value)
    return known === false
      ? []
      : [{ item, when: known ? [] : [trueWays(value, not) ?? tell(truth(value), [value])] }]
  })
  const held = asked.map(({ when }) => when)
  const some = collectedWhere(
    someOf({ ...of, items: asked.map(({ item }) => item) }),
    held,
    interpreter.moment,
  )
  keepItems(some, held)
  return some
}

// The first that a function says yes to; where that is not known, any or none of them.
function found(
  interpreter: Runtime,
  of: Extract<Value, { t: 'list' }>,
  fn: Value | undefined,
  site: Site,
): Value | null {
  if (of.items.length === 0) return null
  if (site.module.language !== 'javascript') return union(of.items)
  const isKnown = fn?.t === 'func' && isMeasured(of) && of.items.length <= maxKnown
  for (const item of isKnown ? of.items : []) {
    const isIt = knownTruth(interpreter.call(fn as Value, [{ name: null, value: item }], site))
    if (isIt === null) return union([...of.items, notDefined])
    if (isIt) return item
  }
  return isKnown ? notDefined : union([...of.items, notDefined])
}

/** Libraries that ask whether a text matches one of some globs. */
const globMatchers =
  /^(?:(?:micromatch|picomatch)(?:\.default)?\.isMatch|minimatch(?:\.(?:default|minimatch|match))?)$/

/** Items that may all be asked, where it is known of each. */
const maxKnown = 40

// Whether a function says yes to one of a few things, or to each.
function askedOfEach(
  interpreter: Runtime,
  of: Extract<Value, { t: 'list' }>,
  name: 'some' | 'every',
  fn: Value,
  site: Site,
): Value | null {
  // A method of a thing that is there is a function too (`path::startsWith` of Java).
  const isCalled = fn.t === 'func' || (fn.t === 'symbol' && fn.of !== null && isThing(fn.of))
  if (!isCalled || !isMeasured(of) || of.items.length > maxKnown) return null
  return oneOrAll(name === 'some', of.items.length, `${printValue(of)}.${name}(…)`, (index) =>
    interpreter.call(fn, [{ name: null, value: of.items[index] ?? nothing }], site),
  )
}

const isThing = (of: Value): boolean =>
  of.t === 'text' || of.t === 'const' || of.t === 'object' || (of.t === 'symbol' && /^[a-z]/.test(of.text))

// Whether one of a few answers is yes, or each is.
function oneOrAll(
  isSome: boolean,
  count: number,
  text: string,
  answer: (index: number) => Value,
): Value | null {
  const asked: Condition[] = []
  for (let index = 0; index < count; index++) {
    const value = answer(index)
    const known = knownTruth(value)
    if (known === isSome) return constant(isSome)
    if (known === null) asked.push(trueWays(value, not) ?? whenTrueOf(value) ?? tell(truth(value), [value]))
    if (asked.length > maxAsked) return null
  }
  const [first, ...rest] = asked
  if (!first) return constant(!isSome)
  return answerTo(rest.reduce(isSome ? either : both, first), text)
}

/** Items that a question is told of, each by itself. */
const maxAsked = 6

function callText(of: Value, text: string | null, name: string, args: ArgValue[]): Value | null {
  const first = args[0]?.value
  switch (name) {
    case 'format': {
      if (text === null) return null
      const positional = args.filter((arg) => arg.name === null)
      const parts = text.split(/(\{\w*\})/).map((part): Value => {
        const key = /^\{(\w*)\}$/.exec(part)?.[1]
        if (key === undefined) return constant(part)
        return (
          (
            args.find((arg) => arg.name === key) ??
            (key === '' ? positional.shift() : positional[Number(key)])
          )?.value ?? nothing
        )
      })
      return joined(parts)
    }
    case 'formatted':
      return formatted(text, args)
    case 'concat':
      return joined([of, ...args.map(({ value }) => value)])
    case 'join':
      if (first?.t === 'list' && !first.isOpen && text !== null) {
        const texts = first.items.map((item) => textOf(item))
        return texts.every((one) => one !== null) ? constant(texts.join(text)) : null
      }
      return null
    case 'toLowerCase':
    case 'lower':
      return text === null ? null : constant(text.toLowerCase())
    case 'toUpperCase':
    case 'upper':
      return text === null ? null : constant(text.toUpperCase())
    case 'strip':
    case 'trim':
    case 'toString':
      return text === null ? of : constant(text.trim())
    case 'rstrip':
      return trimmed(of, first ? textOf(first) : ' ', 'end')
    case 'lstrip':
      return trimmed(of, first ? textOf(first) : ' ', 'start')
    case 'replace':
    case 'replaceAll': {
      if (text === '') return constant('')
      const from = first ? textOf(first) : null
      const to = args[1] ? textOf(args[1].value) : null
      const byPattern =
        text !== null && first?.t === 'symbol' && to !== null && !to.includes('$')
          ? withPattern(first, text, (one) => text.replace(one, to))
          : null
      if (byPattern) return constant(byPattern[0])
      return text !== null && from !== null && to !== null
        ? constant(name === 'replace' ? text.replace(from, () => to) : text.replaceAll(from, () => to))
        : null
    }
    case 'slice':
    case 'substring': {
      const bounds = args.map(({ value }) =>
        value.t === 'const' && typeof value.v === 'number' ? value.v : null,
      )
      const [from, to] = bounds
      if (text === null && typeof from === 'number' && args.length === 1) return cutBefore(of, from)
      if (text === null || from === null || from === undefined || to === null) return null
      return constant(name === 'slice' ? text.slice(from, to) : text.substring(from, to))
    }
    case 'indexOf': {
      const part = first ? textOf(first) : null
      const at = part !== null && args.length === 1 ? ofAnyText(of, (one) => one.indexOf(part)) : null
      return at === null ? null : constant(at)
    }
    case 'split':
      return text !== null && first && textOf(first) !== null
        ? { t: 'list', items: text.split(textOf(first) ?? ',').map((part) => constant(part)), isOpen: false }
        : null
    case 'match': {
      const isMatch = first ? matchesPattern(first, of) : null
      return isMatch === false ? nothing : null
    }
    case 'startsWith':
    case 'startswith':
    case 'endsWith':
    case 'endswith':
    case 'includes':
    case 'contains': {
      const part = first ? textOf(first) : null
      if (part === null) return null
      if (text === null) return knownOfParts(of, part, name.toLowerCase())
      return constant(
        name.toLowerCase() === 'startswith'
          ? text.startsWith(part)
          : name.toLowerCase() === 'endswith'
            ? text.endsWith(part)
            : text.includes(part),
      )
    }
    default:
      return null
  }
}

// Of a text that is known in parts: whether one of them has it, or what is known of its beginning or end says so.
function knownOfParts(of: Value, part: string, asked: string): Value | null {
  if (of.t !== 'text') return null
  if (asked === 'includes' || asked === 'contains') {
    const has = hasInParts(of.parts, part)
    return has === null ? null : constant(has)
  }
  const isStart = asked === 'startswith'
  const edge = textOf(isStart ? of.parts[0] : of.parts.at(-1))
  if (edge === null) return null
  const agrees = (long: string, short: string) => (isStart ? long.startsWith(short) : long.endsWith(short))
  if (agrees(edge, part)) return constant(true)
  return agrees(part, edge) ? null : constant(false)
}

const isOfRequest = ({ text }: SymbolValue) => /^(?:header|cookie|query|path|form|body)\./.test(text)

function trimmed(value: Value | undefined, what: string | null, side: 'start' | 'end'): Value | null {
  const text = textOf(value)
  // What comes of the request is another text without what is taken from it.
  if (text === null && value?.t === 'symbol' && isOfRequest(value)) return null
  if (text === null || what === null || what === '') return value ?? null
  if (side === 'end') return constant(text.endsWith(what) ? text.slice(0, -what.length) : text)
  return constant(text.startsWith(what) ? text.slice(what.length) : text)
}

// Of the patterns that RE2 and JavaScript read alike.
function knownMatch(pattern: string, text: string): Value | null {
  if (/\(\?(?!:)|\\[ACEGPQUZapz]|\[\[:/.test(pattern)) return null
  try {
    return constant(new RegExp(pattern).test(text))
  } catch {
    return null
  }
}

// Go: a constant of a type that says what it is called is formatted as that.
function asText(interpreter: Runtime, value: Value, site: Site): Value {
  const own = value.t === 'const' && value.named ? interpreter.memberOf(value, 'String', site) : null
  return own?.t === 'func' ? interpreter.call(own, [], site) : value
}

function formatted(text: string | null, args: ArgValue[]): Value | null {
  if (text === null) return null
  const values = args.map(({ value }) => value)
  return joined(
    text
      .split(/(%[sdvqxXtfgcUpo])/)
      .map((part) => (/^%\w$/.test(part) ? (values.shift() ?? nothing) : constant(part))),
  )
}

// A part of a joined path, with one slash before it.
function withSlash(part: Value, isFirst: boolean, isLast: boolean): Value[] {
  const text = textOf(part)
  const own =
    text === null ? part : constant(text.replace(isFirst ? '' : /^\/+/, '').replace(isLast ? '' : /\/+$/, ''))
  return isFirst ? [own] : [constant('/'), own]
}

/** All functions in a value, in order. */
export function functionsIn(value: Value): Value[] {
  return each(value).flatMap((one) => (one.t === 'list' ? one.items.flatMap(functionsIn) : [one]))
}

/** Types of Python's own, and those that a dictionary is of. */
// Python: whether a value is of a type, or of one of several; null where that is not known, or not the same of all that it may be.
function isOfTypes(interpreter: Runtime, value: Value, type: Value): boolean | null {
  const given = value.t === 'symbol' && value.note instanceof Given ? value.note.values : null
  if (given) {
    const [first = null, ...others] = given.map((one) => isOfTypes(interpreter, one, type))
    return others.every((one) => one === first) ? first : null
  }
  // Python makes a thing of a class that is raised.
  const isRaisedClass = value.t === 'symbol' && interpreter.knowsError(value.path)
  const known = (type.t === 'list' ? type.items : [type]).map((one) =>
    value.t === 'const' && value.v === null
      ? isOfNothing(one)
      : isWrittenOut(value) && one.t === 'symbol' && builtinTypes.test(one.path)
        ? dictionaries.test(one.path)
        : value.t === 'object' || isMadeOutside(value) || isRaisedClass
          ? interpreter.isInstance(value, one)
          : null,
  )
  if (known.includes(true)) return true
  return known.every((one) => one === false) ? false : null
}
const isOfNothing = (type: Value): boolean | null =>
  type.t === 'class' || (type.t === 'symbol' && !/(?:^|\.)(?:object|NoneType)$|\(\)$/.test(type.path))
    ? false
    : null

const builtinTypes =
  /^(?:builtins\.|typing\.|collections\.abc\.)?(?:dict|Dict|Mapping|MutableMapping|object|list|List|tuple|Tuple|str|int|float|bool|bytes|set|Sequence)$/
const dictionaries = /(?:^|\.)(?:dict|Dict|Mapping|MutableMapping|object)$/
const isWrittenOut = (value: Value): boolean =>
  value.t === 'object' &&
  value.ref === null &&
  value.site?.module.language !== 'javascript' &&
  !value.props.has('@error')

// Go's `errors.Is` asks the error itself too, where its type has a method for that.
function saysSame(interpreter: Runtime, error: Value, [, target]: ArgValue[], site: Site): boolean | null {
  if (!target) return null
  for (const one of errorChain(error)) {
    if (one.t !== 'object' || !one.ref) continue
    const method = interpreter.memberOf(one, 'Is', site)
    const said = method?.t === 'func' ? interpreter.call(method, [target], site) : null
    if (said?.t !== 'const') {
      if (said) return null
    } else if (said.v === true) return true
  }
  return null
}

/** A status of Python by its name is a number (Python's documentation, "http.HTTPStatus"). */
const isStatusOf = (value: Value): boolean =>
  value.t === 'symbol' && /^http\.HTTPStatus\.[A-Z_]+$/.test(value.path)

// JavaScript: what the program does while it begins.
const isSetUp = ({ effects }: Runtime, { module }: Site): boolean =>
  effects === null && module.language === 'javascript'
