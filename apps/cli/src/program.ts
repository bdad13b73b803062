import { Command, Option } from 'commander'
import type { CliContext, CliSystem } from './cli-context.ts'
import { backUp, restore } from './commands/backup.ts'
import { completionScript, completionTree } from './commands/completion.ts'
import type { Shell } from './commands/completion.ts'
import { showConfig } from './commands/config.ts'
import { createKey, listKeys, revokeKey } from './commands/keys.ts'
import type { CreateKeyOptions } from './commands/keys.ts'
import { listMeasures, runMeasure } from './commands/measure.ts'
import type { MeasureKind, MeasureOptions } from './commands/measure.ts'
import { showStatus } from './commands/status.ts'
import { runSystemCommand } from './commands/system-command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printJson } from './output.ts'

interface Json {
  json?: boolean
}

/** The commands that every installation has; each system adds its own below its name. */
export const coreCommands = [
  'serve',
  'status',
  'config',
  'keys',
  'backup',
  'restore',
  'eval',
  'bench',
  'completion',
  'help',
]

/** How a command that did not throw ends the process. */
export interface Ending {
  exitCode: ExitCode
}

/** Builds the whole command tree. `systems` may be empty when the command asked for needs none. */
export function buildProgram(context: CliContext, systems: CliSystem[], ending: Ending): Command {
  const program = new Command('heavylift')
    .description('Runs and operates a Heavylift installation.')
    .version(context.version, '-V, --version', 'Print version and commit.')
    // Options of the program stand before the command: a command may have a --version of its own.
    .enablePositionalOptions()
    .helpOption('-h, --help', 'Show help.')
    .showHelpAfterError('(add --help for what is possible)')
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    })
    .exitOverride()
    .addHelpText('after', overview)

  leaf(program.command('serve'), 'Start everything on this machine (what `npm start` runs).').action(() =>
    context.serve(),
  )

  leaf(program.command('status'), 'Show what runs and whether it is well.').action((options: Json) =>
    showStatus(context, options),
  )

  leaf(program.command('config'), 'Document every option, with its value and where that came from.')
    .argument('[option]', 'a section or an option, e.g. server or server.port')
    .addHelpText(
      'after',
      examples('heavylift config', 'heavylift config server.port', 'heavylift config --json'),
    )
    .action((option: string | undefined, options: Json) => showConfig(context, option, options))

  addKeys(program, context)
  addBackup(program, context)
  addMeasures(program, context)
  for (const system of systems) addSystem(program, context, system, ending)
  addImport(program, context, systems, ending)
  addCompletion(program, context, systems)
  return program
}

function addKeys(program: Command, context: CliContext): void {
  const keys = program
    .command('keys')
    .description('Create, list and revoke API keys (needs a running server).')
  leaf(keys.command('create'), 'Create a key and print its secret once.')
    .argument('<name>', 'what the key is for')
    .addOption(
      new Option('--scope <scope>', 'what it may do')
        .choices(['storefront', 'operator', 'admin'])
        .default('operator'),
    )
    .option('--publishable', 'may stand in a page; works only from its origins')
    .option('--origin <origin...>', 'pages that may use a publishable key, e.g. https://shop.example.com')
    .addHelpText(
      'after',
      examples(
        'heavylift keys create warehouse --scope operator',
        'heavylift keys create web --scope storefront --publishable --origin https://shop.example.com',
      ),
    )
    .action((name: string, options: CreateKeyOptions) => createKey(context, name, options))
  leaf(keys.command('list'), 'List keys, revoked ones included; never their secrets.').action(
    (options: Json) => listKeys(context, options),
  )
  leaf(keys.command('revoke'), 'Revoke a key at once.')
    .argument('<keyId>', 'as `keys list` shows it')
    .action((keyId: string, options: Json) => revokeKey(context, keyId, options))
}

function addBackup(program: Command, context: CliContext): void {
  leaf(program.command('backup'), 'Write everything into one archive, while it runs, and check it.')
    .argument('<file>', 'the archive to make; an existing one is never replaced')
    .addHelpText('after', examples('heavylift backup /backups/monday.tar.zst'))
    .action((file: string, options: Json) => backUp(context, file, options))
  leaf(program.command('restore'), 'Restore an archive into an empty data folder or database.')
    .argument('<file>', 'what `heavylift backup` made')
    .option('--check', 'only read it to the end and check it')
    .addHelpText(
      'after',
      examples(
        'HEAVYLIFT_HOME=/srv/restored heavylift restore /backups/monday.tar.zst',
        'heavylift restore /backups/monday.tar.zst --check',
      ),
    )
    .action((file: string, options: Json & { check?: boolean }) => restore(context, file, options))
}

function addMeasures(program: Command, context: CliContext): void {
  const add = (kind: MeasureKind, summary: string): void => {
    leaf(program.command(kind), summary)
      .argument('[name]', '<system>.<name>; without it, list what there is')
      .option('--data <dir>', 'your own files instead of the sample')
      .option('--strict', `exit with ${exitCodes.goalMissed} when a goal is missed`)
      .addHelpText(
        'after',
        examples(
          `heavylift ${kind}`,
          `heavylift ${kind} shop.${kind === 'eval' ? 'retrieval --data ./my-files' : 'search'} --json`,
        ),
      )
      // A measure may have options of its own, which are known when the systems are loaded.
      .allowUnknownOption()
      .allowExcessArguments()
      .action(async (name: string | undefined, options: MeasureOptions, command: Command) => {
        if (name?.startsWith('-') === true) command.error(`error: unknown option '${name}'`)
        if (name !== undefined)
          return runMeasure(context, kind, name, options, { words: command.args.slice(1), command })
        const all = listMeasures(await context.systems(), kind)
        if (options.json === true) {
          printJson(
            context.stdout,
            all.map(({ name, measure }) => ({
              name,
              summary: measure.summary,
              goals: measure.goals ?? {},
              options: measure.options ?? [],
            })),
          )
          return
        }
        const lines = all.flatMap(({ name, measure }) => [
          `${name.padEnd(24)} ${measure.summary}`,
          ...(measure.options ?? []).map(({ flags, summary }) => `${' '.repeat(26)}${flags}  ${summary}`),
        ])
        context.stdout.write(`${lines.join('\n') || `No system has one yet.`}\n`)
      })
  }
  add('eval', 'Measure how good a system is, on its sample or on your files.')
  add('bench', 'Measure a system beside its peers, in the same run.')
}

function addSystem(program: Command, context: CliContext, system: CliSystem, ending: Ending): void {
  const parent = program.command(system.name).description(system.summary)
  for (const command of system.commands) {
    const child = leaf(parent.command(command.name), command.summary)
    for (const arg of command.args ?? []) {
      child.argument(arg.optional === true ? `[${arg.name}]` : `<${arg.name}>`, arg.summary)
    }
    for (const option of command.options ?? []) child.option(option.flags, option.summary)
    if (command.isDestructive === true) child.option('--yes', 'do it without asking')
    if (command.no !== undefined) {
      child.addHelpText('after', `\nExits with ${exitCodes.verdictNo} when ${command.no}.\n`)
    }
    child.action(async () => {
      ending.exitCode = await runSystemCommand(
        context,
        system.name,
        command,
        child.args,
        child.opts<Record<string, string | boolean>>(),
      )
    })
  }
  if (system.commands.length === 0) {
    parent.action(() => {
      throw new CliError({
        code: 'no-commands',
        message: `${system.title} has no commands of its own. See \`heavylift eval\` and \`heavylift bench\`.`,
        exitCode: exitCodes.usage,
      })
    })
  }
}

/** `heavylift import` is the import of the one system that has one. */
function addImport(program: Command, context: CliContext, systems: CliSystem[], ending: Ending): void {
  const importers = systems.filter((system) => system.commands.some(({ name }) => name === 'import'))
  const [importer] = importers
  const command = importer?.commands.find(({ name }) => name === 'import')
  if (importers.length !== 1 || importer === undefined || command === undefined) return
  addSystem(program, context, { ...importer, name: '_import', commands: [command] }, ending)
  const holder = program.commands.find((candidate) => candidate.name() === '_import')
  const child = holder?.commands[0]
  if (holder === undefined || child === undefined) return
  // The child itself moves up; the holder was only needed to build it as the system's own is built.
  ;(program.commands as Command[]).splice(program.commands.indexOf(holder), 1)
  program.addCommand(child.summary(`${command.summary} (same as ${importer.name} import)`))
}

function addCompletion(program: Command, context: CliContext, systems: CliSystem[]): void {
  program
    .command('completion')
    .description('Print the completion script of a shell.')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText(
      'after',
      examples(
        'source <(heavylift completion bash)                                        # in ~/.bashrc',
        'source <(heavylift completion zsh)                                         # in ~/.zshrc, after compinit',
        'heavylift completion fish > ~/.config/fish/completions/heavylift.fish',
      ),
    )
    .action((shell: string) => {
      if (shell !== 'bash' && shell !== 'zsh' && shell !== 'fish') {
        throw new CliError({
          code: 'shell-unknown',
          message: `There is no completion for "${shell}": bash, zsh or fish.`,
          exitCode: exitCodes.usage,
        })
      }
      const words = (kind: MeasureKind) =>
        listMeasures(systems, kind).map(({ name, measure }) => ({ word: name, summary: measure.summary }))
      const tree = completionTree(program, {
        eval: words('eval'),
        bench: words('bench'),
        completion: (['bash', 'zsh', 'fish'] satisfies Shell[]).map((word) => ({ word, summary: '' })),
      })
      context.stdout.write(completionScript(shell, tree))
    })
}

function leaf(command: Command, summary: string): Command {
  return command
    .description(summary)
    .option('--json', 'print one JSON value on standard output and nothing else')
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`
}

const overview = `
Examples:
  heavylift serve                         start everything, print one address
  heavylift status                        what runs, and whether it is well
  heavylift import catalog.csv            bring your own catalog into the shop
  heavylift eval shop.retrieval --json    one JSON object with the measured figures
  heavylift config server                 what can be set, and what is

Exit codes: ${exitCodes.ok} done; ${exitCodes.failed} failed; ${exitCodes.usage} wrong command, option or configuration; ${exitCodes.serverNotRunning} no server runs;
${exitCodes.goalMissed} a goal was missed (--strict); ${exitCodes.verdictNo} it ran, and its answer is no (a command's --help says when); ${exitCodes.interrupted} interrupted.
`
