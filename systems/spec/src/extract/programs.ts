import type { FactDraft } from '../facts/fact-id.ts'
import { always } from '../facts/condition.ts'
import { programAnnotations, programCalls, programDecorators } from '../packs/programs.ts'
import type { ProgramRule } from '../packs/programs.ts'
import type { Arg } from '../packs/pack.ts'
import { argOf } from '../packs/status.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { each, numberOf, placeKey, textOf } from '../resolve/values.ts'
import type { ArgValue, FuncValue, Site, Value } from '../resolve/values.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { EvidenceReader } from './evidence.ts'

interface Found {
  rule: ProgramRule
  /** Of the decorated function. */
  own: string
  args: readonly ArgValue[]
  site: Site
  through: Site[]
  /** Where the command is written that it is one of. */
  under?: Site
}

/** Commands in each other that are looked into. */
const maxDepth = 6

/** Commands, jobs and events, noted while code is run. */
export class Programs {
  readonly #found: Found[] = []

  call(callee: Value, args: readonly ArgValue[], site: Site): void {
    if (callee.t !== 'symbol') return
    const rule = programCalls[callee.path]
    if (rule) this.#found.push({ rule, own: '', args, site, through: [] })
    // Cobra's commands are values that another command is given.
    if (callee.path !== 'github.com/spf13/cobra.Command().AddCommand') return
    const under = callee.of?.t === 'symbol' ? callee.of.site : null
    for (const { value } of args)
      for (const one of each(value))
        if (one.t === 'symbol' && one.path === 'github.com/spf13/cobra.Command()')
          this.#found.push({
            rule: { does: 'command', name: 'Use' },
            own: '',
            args: one.args,
            site: one.site ?? site,
            through: [site],
            ...(under ? { under } : {}),
          })
  }

  decorate(fn: FuncValue, decorator: Value, site: Site): void {
    if (decorator.t !== 'symbol') return
    const bare = decorator.path.replace(/\(\)$/, '')
    const group = decorator.of?.t === 'symbol' ? decorator.of.of : null
    // `@cli.command()`, where `cli` is a function that click made a group.
    const isOfGroup =
      bare === 'function.command' &&
      group?.t === 'func' &&
      group.marks.some((mark) => mark.t === 'symbol' && mark.path.startsWith('click.group'))
    const rule = isOfGroup ? programDecorators['click.command'] : programDecorators[bare]
    if (!rule) return
    const head = { module: fn.module, start: fn.fn.start, end: fn.fn.headEnd, symbol: fn.fn.name }
    // What wraps another is called as that is (`functools.wraps`).
    const wrapped = fn.marks.find((mark) => mark.t === 'func')
    const { name } = wrapped?.t === 'func' ? wrapped.fn : fn.fn
    this.#found.push({
      rule,
      own: rule.does === 'command' ? commandOf(name, isOfGroup || bare === 'click.command') : name,
      args: decorator.path.endsWith('()') ? decorator.args : [],
      site,
      through: [head],
    })
  }

  // Cobra: a command of a command is called by the names of both (cobra.dev, "Organizing subcommands"); one that is of no other is the program.
  #calledAs(use: string, under: Site | undefined, depth = 0): string[] {
    const name = use.split(/\s/)[0] ?? use
    const above = under ? this.#found.filter((one) => placeKey(one.site) === placeKey(under)) : []
    if (above.length === 0 || depth > maxDepth) return [name]
    return above.flatMap((one) => {
      const [outer = ''] = nameTexts(argOf(one.args, 'Use'))
      return this.#calledAs(outer, one.under, depth + 1).map((all) => `${all} ${name}`.trim())
    })
  }

  /** Facts of what was noted, and of annotated methods. */
  facts(
    interpreter: Interpreter,
    evidence: EvidenceReader,
    serviceOf: (path: string) => string,
  ): FactDraft[] {
    const annotated = interpreter.lookup.classes().flatMap((ref) =>
      ref.cls.members.flatMap((fn) =>
        fn.decorators.length === 0
          ? []
          : annotationsOf(interpreter, fn.decorators, ref.scope, ref).flatMap(
              ({ path, args, expr }): Found[] => {
                const rule = programAnnotations[path]
                const symbol = `${ref.cls.name}.${fn.name}`
                const site = { module: ref.module, start: expr.start, end: expr.end, symbol }
                return rule ? [{ rule, own: symbol, args, site, through: [] }] : []
              },
            ),
      ),
    )
    return [...this.#found, ...annotated].flatMap(
      ({ rule, own, args, site, through, under }): FactDraft[] => {
        const base = {
          service: serviceOf(site.module.path),
          grade: 'proved' as const,
          condition: always,
          evidence: evidence.all(site, through),
        }
        const names = nameTexts(argOf(args, rule.name))
        if (rule.does === 'event')
          return names.map((name) => ({
            ...base,
            kind: 'event',
            name,
            direction: rule.direction,
            shape: { type: 'unknown' },
          }))
        const name = names[0] ?? own
        if (name === '') return []
        if (rule.does === 'command')
          return this.#calledAs(name, under).map((all) => ({
            ...base,
            kind: 'command',
            name: all,
            options: [],
            summary: '',
          }))
        return [{ ...base, kind: 'job', name, schedule: scheduleText(args, rule.schedule) }]
      },
    )
  }
}

// click, "Commands and Groups", and Typer: a command is called as its function, with dashes; click leaves out what says that it is one.
const commandOf = (name: string, isOfClick: boolean): string =>
  name
    .toLowerCase()
    .replace(isOfClick ? /_(?:command|cmd|group|grp)$/ : '', '')
    .replaceAll('_', '-')

function nameTexts(value: Value | undefined): string[] {
  if (!value) return []
  return (value.t === 'list' ? value.items : each(value)).flatMap((one) =>
    one.t === 'func' ? (one.fn.name === '' ? [] : [one.fn.name]) : (textOf(one) ?? []),
  )
}

function scheduleText(args: readonly ArgValue[], schedule: Arg | Arg[] | undefined): string {
  for (const arg of schedule === undefined ? [] : [schedule].flat()) {
    const value = argOf(args, arg)
    const text = textOf(value) ?? (value?.t === 'symbol' ? value.text : null)
    if (value && text !== null) return numberOf(value) === null ? text : `${text} ms`
  }
  return ''
}
