import { withTimeout } from '@heavylift/core/async'
import { chooseSystems } from '@heavylift/server/choose-systems'
import type { Command } from 'commander'
import type { CliContext } from '../cli-context.ts'
import { foldersOf } from '../installation.ts'
import { installationRoot } from '../root.ts'
import { systemCommandOf } from '../system-commands.ts'
import type { OwnedCommand } from '../system-commands.ts'

/** A shell waits for this, so a source of words that is slow offers nothing. */
const mostMs = 1_000

/**
 * What may stand at the place of the last of `words` (what comes after `heavylift`, the last one perhaps half typed): commands, systems,
 * measures, options, and what a command knows of its own arguments. `build` makes the command tree for what comes before. Never
 * rejects.
 */
export async function completeLine(
  context: CliContext,
  words: string[],
  build: (before: string[]) => Promise<Command>,
): Promise<string[]> {
  const word = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  try {
    const found = await candidates(context, await build(before), before, word)
    return [...new Set(found)].filter((candidate) => candidate.startsWith(word))
  } catch {
    return []
  }
}

async function candidates(
  context: CliContext,
  program: Command,
  before: string[],
  word: string,
): Promise<string[]> {
  let command = program
  const args: string[] = []
  let valueOf: string | null = null
  for (const token of before) {
    if (valueOf !== null) valueOf = null
    else if (token.startsWith('-')) valueOf = takesValue(command, token) ? token : null
    else {
      const child = command.commands.find((candidate) => candidate.name() === token)
      if (child !== undefined && args.length === 0) command = child
      else args.push(token)
    }
  }
  const source = await sourceOf(context, command, args, valueOf, word)
  if (valueOf !== null) return source
  return [...namesOf(command), ...source, ...optionsOf(command)].filter(
    (name) => word.startsWith('-') || !name.startsWith('-'),
  )
}

const namesOf = (command: Command): string[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .map((child) => child.name())

const optionsOf = (command: Command): string[] => command.options.flatMap(({ long }) => long ?? [])

function takesValue(command: Command, flag: string): boolean {
  const option = command.options.find(({ short, long }) => short === flag || long === flag)
  return option !== undefined && (option.required || option.optional)
}

/** Words for the argument or the option's value at hand. */
async function sourceOf(
  context: CliContext,
  command: Command,
  args: string[],
  valueOf: string | null,
  word: string,
): Promise<string[]> {
  const name = command.name()
  const choices = command.options.find(({ long }) => long === valueOf)?.argChoices
  if (choices !== undefined) return choices
  if (name === 'serve' && valueOf === '--only') return context.systems.map((system) => system.name)
  if (name === 'completion' && args.length === 0) return ['bash', 'zsh', 'fish']
  if ((name === 'eval' || name === 'bench') && args.length === 0 && valueOf === null) {
    const { listMeasures } = await import('./measure.ts')
    const systems = await Promise.all(context.systems.map((system) => system.load()))
    return listMeasures(systems, name).map((measure) => measure.name)
  }
  if (name === 'revoke' && args.length === 0 && valueOf === null) {
    const { keyIds } = await import('./keys.ts')
    return withinTime(keyIds(context))
  }
  const ofSystem = systemCommandOf(command)
  return ofSystem === null ? [] : wordsOfSystem(context, ofSystem, args, valueOf, word)
}

/** What a system's command says of its own arguments and options. */
async function wordsOfSystem(
  context: CliContext,
  { system, command }: OwnedCommand,
  args: string[],
  valueOf: string | null,
  word: string,
): Promise<string[]> {
  const option = (command.options ?? []).find(({ flags }) => flags.split(/[ ,|]+/).includes(valueOf ?? ''))
  const complete = valueOf === null ? command.args?.[args.length]?.complete : option?.complete
  if (complete === undefined) return []
  const config = await context.config(await chooseSystems(context.systems, [system.name]))
  const named = Object.fromEntries(
    (command.args ?? []).flatMap(({ name }, index) =>
      args[index] === undefined ? [] : [[name, args[index]]],
    ),
  )
  return withinTime(
    complete({
      args: named,
      word,
      api: context.api,
      ...foldersOf(config, system.name),
      configDir: installationRoot,
      config: (name) => config.section(name),
      signal: AbortSignal.any([context.signal, AbortSignal.timeout(mostMs)]),
    }),
  )
}

function withinTime(words: Promise<string[]>): Promise<string[]> {
  return withTimeout(words, mostMs, () => [])
}
