import { Command, CommanderError, Option } from 'commander'
import type { Command as SystemCommand } from '@heavylift/core'
import type { CliContext, CliSystem, LazySystem } from './cli-context.ts'
import type { CreateKeyOptions } from './commands/keys.ts'
import type { MeasureKind, MeasureOptions } from './commands/measure.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { setSystemCommand } from './system-commands.ts'

interface Json {
  json?: boolean
}

/** How a command that did not throw ends the process. */
export interface Ending {
  exitCode: ExitCode
}

/**
 * Builds the command tree for one command line. Only the system that it names is loaded, with its commands; of the others there
 * is name and summary. The code of a command is loaded when it runs.
 */
export async function buildProgram(context: CliContext, argv: string[], ending: Ending): Promise<Command> {
  const program = new Command('heavylift')
    .description('Runs and operates a Heavylift installation.')
    .option('-V, --version', 'Print version and commit.')
    .on('option:version', () => {
      context.stdout.write(`${context.version}\n`)
      throw new CommanderError(0, 'commander.version', context.version)
    })
    // Options of the program stand before the command: a command may have a --version of its own.
    .enablePositionalOptions()
    .helpOption('-h, --help', 'Show help.')
    .showHelpAfterError('(add --help for what is possible)')
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      // With --json an error is one JSON object, which the caller prints.
      writeErr: (text) => (argv.includes('--json') ? undefined : context.stderr.write(text)),
    })
    .exitOverride()
    .addHelpText('after', overview)

  leaf(program.command('serve'), 'Start everything on this machine (what `npm start` runs).')
    .addOption(
      new Option(
        '--only <system>',
        'start this one (again, or with commas, for more) and what it needs',
      ).argParser((text: string, before: string[] | undefined) => [
        ...(before ?? []),
        ...text.split(',').flatMap((name) => name.trim() || []),
      ]),
    )
    .addHelpText('after', examples('heavylift serve', 'heavylift serve --only shop,jobs'))
    .action((options: { only?: string[] }) => context.serve({ only: options.only ?? null }))

  leaf(program.command('gateway'), 'Start the model gateway alone; without a database where none is set.')
    .addHelpText('after', examples('heavylift gateway', 'HEAVYLIFT_SERVER_PORT=8080 heavylift gateway'))
    .action(() => context.serve({ only: ['models'] }))

  leaf(program.command('status'), 'Show what runs and whether it is well.').action(async (options: Json) =>
    (await import('./commands/status.ts')).showStatus(context, options),
  )

  leaf(
    program.command('doctor'),
    'Look at all that the installation stands on, running or not, and say what to do.',
  )
    .addHelpText(
      'after',
      `\nExits with ${exitCodes.failed} when something fails, ${exitCodes.verdictNo} when something should be seen to.\n`,
    )
    .action(async (options: Json) => {
      ending.exitCode = await (await import('./commands/doctor/doctor.ts')).runDoctor(context, options)
    })

  leaf(program.command('sign-in'), 'Print a link that signs a browser in to the console, once.').action(
    async (options: Json) => (await import('./commands/sign-in.ts')).signIn(context, options),
  )

  leaf(program.command('config'), 'Document every option, with its value and where that came from.')
    .argument('[option]', 'a section or an option, e.g. server or server.port')
    .addHelpText(
      'after',
      examples('heavylift config', 'heavylift config server.port', 'heavylift config --json'),
    )
    .action(async (option: string | undefined, options: Json) =>
      (await import('./commands/config.ts')).showConfig(context, option, options),
    )

  addKeys(program, context)
  addBackup(program, context)
  addMeasures(program, context)
  const named = namedSystem(context.systems, argv)
  for (const system of context.systems) {
    const parent = program.command(system.name).description(system.summary)
    if (system.name === named?.system.name) {
      addCommands(parent, context, await system.load(), ending)
    }
  }
  for (const system of context.systems) {
    if (system.shortcut === undefined) continue
    const isNamed = named?.shortcut === system.shortcut.name
    const command = isNamed
      ? (await system.load()).commands.find(({ name }) => name === system.shortcut?.name)
      : undefined
    if (command === undefined) program.command(system.shortcut.name).description(system.shortcut.summary)
    else addCommand(program, context, await system.load(), command, ending)
  }
  addCompletion(program, context)
  return program
}

/** The system whose command is meant: `shop …`, `help shop`, or by a shortcut, `import …`. */
function namedSystem(
  systems: readonly LazySystem[],
  argv: string[],
): { system: LazySystem; shortcut: string | null } | null {
  const [first, second] = argv.filter((word) => !word.startsWith('-'))
  const word = first === 'help' ? second : first
  for (const system of systems) {
    if (word === system.name) return { system, shortcut: null }
    if (word !== undefined && word === system.shortcut?.name) return { system, shortcut: word }
  }
  return null
}

function addKeys(program: Command, context: CliContext): void {
  const keys = program
    .command('keys')
    .description('Create, list and revoke API keys. Listing and revoking need a running server.')
  leaf(keys.command('create'), 'Create a key and print its secret once.')
    .argument('<name>', 'what the key is for')
    .addOption(
      new Option(
        '--scope <scope>',
        'what it may do; models calls models alone, agents calls agents alone (default: operator)',
      ).choices(['storefront', 'models', 'agents', 'operator', 'admin']),
    )
    .option('--tenant <id>', 'whose key it is (default: main)')
    .option('--models <names>', 'models and tasks that it may ask for, with commas between')
    .option('--budget <usd>', 'what it may spend on models in a month (UTC)')
    .option('--budget-per-day <usd>', 'what it may spend on models in a day (UTC)')
    .option('--requests-per-minute <n>', 'how many requests to models')
    .option('--tokens-per-minute <n>', 'how many tokens of models')
    .option('--max-in-flight <n>', 'how many requests to models at once')
    .option('--expires <when>', 'when it ends: 30d, 12h, or a date')
    .option('--publishable', 'may stand in a page; works only from its origins')
    .option('--origin <origin...>', 'pages that may use a publishable key, e.g. https://shop.example.com')
    .addHelpText(
      'after',
      examples(
        'heavylift keys create warehouse --scope operator',
        'heavylift keys create team-a --tenant acme --models answers --budget 200 --expires 90d',
        'heavylift keys create web --scope storefront --publishable --origin https://shop.example.com',
      ),
    )
    .action(async (name: string, options: CreateKeyOptions) =>
      (await import('./commands/keys.ts')).createKey(context, name, options),
    )
  leaf(keys.command('list'), 'List keys, revoked ones included; never their secrets.').action(
    async (options: Json) => (await import('./commands/keys.ts')).listKeys(context, options),
  )
  leaf(keys.command('revoke'), 'Revoke a key at once.')
    .argument('<keyId>', 'as `keys list` shows it')
    .action(async (keyId: string, options: Json) =>
      (await import('./commands/keys.ts')).revokeKey(context, keyId, options),
    )
}

function addBackup(program: Command, context: CliContext): void {
  leaf(program.command('backup'), 'Write everything into one archive, while it runs, and check it.')
    .argument('<file>', 'the archive to make; an existing one is never replaced')
    .addHelpText('after', examples('heavylift backup /backups/monday.tar.zst'))
    .action(async (file: string, options: Json) =>
      (await import('./commands/backup.ts')).backUp(context, file, options),
    )
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
    .action(async (file: string, options: Json & { check?: boolean }) =>
      (await import('./commands/backup.ts')).restore(context, file, options),
    )
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
        const { listAllMeasures, runMeasure } = await import('./commands/measure.ts')
        if (name === undefined) return listAllMeasures(context, kind, options)
        return runMeasure(context, kind, name, options, { words: command.args.slice(1), command })
      })
  }
  add('eval', 'Measure how good a system is, on its sample or on your files.')
  add('bench', 'Measure a system beside its peers, in the same run.')
}

function addCommands(parent: Command, context: CliContext, system: CliSystem, ending: Ending): void {
  for (const command of system.commands) addCommand(parent, context, system, command, ending)
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

function addCommand(
  parent: Command,
  context: CliContext,
  system: CliSystem,
  command: SystemCommand,
  ending: Ending,
): void {
  const child = leaf(parent.command(command.name), command.summary)
  for (const arg of command.args ?? []) {
    child.argument(arg.optional === true ? `[${arg.name}]` : `<${arg.name}>`, arg.summary)
  }
  for (const option of command.options ?? []) child.option(option.flags, option.summary)
  if (command.isDestructive === true) child.option('--yes', 'do it without asking')
  if (command.no !== undefined) {
    child.addHelpText('after', `\nExits with ${exitCodes.verdictNo} when ${command.no}.\n`)
  }
  setSystemCommand(child, { system, command })
  child.action(async () => {
    const { runSystemCommand } = await import('./commands/system-command.ts')
    ending.exitCode = await runSystemCommand(
      context,
      system,
      command,
      child.args,
      child.opts<Record<string, string | boolean>>(),
    )
  })
}

function addCompletion(program: Command, context: CliContext): void {
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
    .action(async (shell: string) => {
      const { completionScript, isShell } = await import('./commands/completion.ts')
      if (!isShell(shell)) {
        throw new CliError({
          code: 'shell-unknown',
          message: `There is no completion for "${shell}": bash, zsh or fish.`,
          exitCode: exitCodes.usage,
        })
      }
      context.stdout.write(completionScript(shell))
    })
  program
    .command('__complete', { hidden: true })
    .description('Print what may stand at the end of a command line, for the shells.')
    .argument('[words...]')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (words: string[]) => {
      const { completeLine } = await import('./commands/complete-line.ts')
      const found = await completeLine(context, words, (before) =>
        buildProgram(context, before, { exitCode: exitCodes.ok }),
      )
      if (found.length > 0) context.stdout.write(`${found.join('\n')}\n`)
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
  heavylift serve --only shop             start one system and what it needs
  heavylift status                        what runs, and whether it is well
  heavylift doctor                        what it stands on, and what to do about it
  heavylift import catalog.csv            bring your own catalog into the shop
  heavylift eval shop.retrieval --json    one JSON object with the measured figures
  heavylift config server                 what can be set, and what is

Exit codes: ${exitCodes.ok} done; ${exitCodes.failed} failed; ${exitCodes.usage} wrong command, option or configuration; ${exitCodes.serverNotRunning} no server runs;
${exitCodes.goalMissed} a goal was missed (--strict); ${exitCodes.verdictNo} it ran, and its answer is no (a command's --help says when); ${exitCodes.verdictUndecided} it ran, and more cases are needed for an answer; ${exitCodes.interrupted} interrupted.
`
