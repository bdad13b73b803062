import { assumedText, Default } from '../resolve/assumed-text.ts'
import { importedByName } from '../resolve/import-by-name.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { calledWith, constant, each, symbol, textOf, union } from '../resolve/values.ts'
import type { ArgValue, Site, SymbolValue, Value } from '../resolve/values.ts'
import { routerOf } from './router.ts'
import type { Router } from './router.ts'

/** What an application's settings are taken from: the value of a name there. */
type Source = (name: string) => Value | null

/** Calls of an application's settings that take in others (flask.palletsprojects.com, "Configuration Handling"; sanic.dev, "Configuration"). */
const takesIn = /\.(?:from_object|from_mapping|from_pyfile|update|update_config|setdefault|load)$/
const ofCurrent = /^(flask|quart)\.current_app\.config$/

/**
 * Texts in the settings of Python's applications, and in Django's: what they are by default, for what is set up with them. While a request is answered they are
 * settings, whatever they are by default.
 */
export class AppSettings {
  readonly #interpreter: Interpreter
  readonly #routers: readonly Router[]
  readonly #sources = new Map<Router, Source[]>()
  /** Things that applications keep under names (`app['settings']`, `app.state.settings`). */
  readonly #kept = new Map<Router, Map<string, Value>>()

  constructor(interpreter: Interpreter, routers: readonly Router[]) {
    this.#interpreter = interpreter
    this.#routers = routers
  }

  member(of: Value, name: string, site: Site | null): Value | null {
    if (this.#interpreter.effects !== null || !site) return null
    const holder = holderOf(of)
    const kept = holder && this.#kept.get(holder)?.get(name)
    if (kept || of.t !== 'symbol') return kept ?? null
    const found = of.path === 'django.conf.settings' ? this.#ofDjango(name) : this.#ofApp(of, name)
    return found && symbol(`${of.path}.${name}`, `${of.text}.${name}`, { of, site, note: new Default(found) })
  }

  /** Something is set in an application's settings, or kept by it under a name. */
  assign(of: Value, name: string, value: Value): void {
    if (this.#interpreter.effects !== null) return
    const holder = holderOf(of)
    if (holder && each(value).some(({ t }) => t === 'object')) {
      const all = this.#kept.get(holder) ?? new Map<string, Value>()
      const before = all.get(name)
      this.#kept.set(holder, all.set(name, before ? union([before, value]) : value))
    }
    if (of.t === 'symbol')
      for (const app of this.#appsOf(of)) this.#add(app, (asked) => (asked === name ? value : null))
  }

  call(callee: SymbolValue, args: readonly ArgValue[], site: Site): Value | null {
    const { of } = callee
    if (this.#interpreter.effects !== null || !of) return null
    const isOfApp = callee.path === 'pack.update_config'
    const app = isOfApp ? routerOf(of) : null
    const apps = app ? [app] : of.t === 'symbol' ? this.#appsOf(of) : []
    if (apps.length === 0) return null
    const [first, second] = args
    const name = textOf(first?.value)
    if (callee.path.endsWith('.get') && of.t === 'symbol' && name !== null) {
      const found = this.#ofApp(of, name)
      const text = calledWith(callee.text, args)
      return (
        found &&
        symbol(`${callee.path}()`, text, { of: callee, args: [...args], site, note: new Default(found) })
      )
    }
    if (!takesIn.test(callee.path) && !isOfApp) return null
    const given = callee.path.endsWith('.setdefault')
      ? (asked: string) => (asked === name ? (second?.value ?? null) : null)
      : (asked: string) => this.#among(args, asked, site)
    for (const one of apps) this.#add(one, given)
    return null
  }

  #add(app: Router, source: Source): void {
    this.#sources.set(app, [...(this.#sources.get(app) ?? []), source])
  }

  // The applications whose settings a value is.
  #appsOf({ path, of }: SymbolValue): readonly Router[] {
    const own = path === 'pack.config' ? routerOf(of ?? undefined) : null
    if (own) return own.pack.language === 'python' ? [own] : []
    const framework = ofCurrent.exec(path)?.[1]
    const apps = this.#routers.filter(
      ({ pack, isApp }) => isApp && pack.framework.toLowerCase() === framework,
    )
    return apps.length === 1 ? apps : []
  }

  #ofApp(of: SymbolValue, name: string): Value | null {
    const sources = this.#appsOf(of).flatMap((app) => this.#sources.get(app) ?? [])
    for (const source of sources.toReversed()) {
      const found = onlyText([source(name)])
      if (found) return found
    }
    return null
  }

  // What is given by name, in a mapping, as a class, as a module or by the name of one.
  #among(args: readonly ArgValue[], asked: string, site: Site): Value | null {
    const named = args.find(({ name }) => name === asked)
    const [first] = args
    if (named || first?.name !== null) return named?.value ?? null
    return onlyText(
      each(first.value).map((one) => {
        const text = textOf(one)
        // `berths.settings.Production`, `settings.py`.
        const path = text?.replace(/\.py$/, '').replaceAll('/', '.')
        const from = path === undefined ? one : importedByName(this.#interpreter, path, site)
        if (from?.t === 'object' && from.ref === null) return from.props.get(asked) ?? null
        return from?.t === 'class' || from?.t === 'module' || from?.t === 'object'
          ? this.#interpreter.memberOf(from, asked, null)
          : null
      }),
    )
  }

  // A name of the modules that set what all settings of Django have.
  #ofDjango(name: string): Value | null {
    const { project } = this.#interpreter
    const set = new RegExp(String.raw`^${name}\b`, 'm')
    const modules = [...project.modules.values()].filter(
      ({ language, path, text }) => language === 'python' && /settings|config/.test(path) && set.test(text),
    )
    return onlyText(modules.map((module) => this.#interpreter.runModule(module).get(name)))
  }
}

// The application that keeps things under names itself, or in its state.
function holderOf(of: Value): Router | null {
  const app = routerOf(of.t === 'symbol' && of.path === 'pack.state' ? (of.of ?? undefined) : of)
  return app?.pack.language === 'python' ? app : null
}

// The text that all that are known have by default.
function onlyText(values: readonly (Value | null)[]): Value | null {
  const texts = new Set(
    values.flatMap((value) => (value ? each(value).flatMap((one) => assumedText(one) ?? []) : [])),
  )
  const [text] = texts
  return texts.size === 1 && text !== undefined ? constant(text) : null
}
