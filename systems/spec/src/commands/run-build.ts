import { createHash } from 'node:crypto'
import { realpath, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { specConfig } from '../config.ts'
import { agentByName, agentNames, literalAgent } from '../plan/agents.ts'
import type { AgentCommand } from '../plan/agents.ts'
import { forgetBuild } from '../plan/build.ts'
import { buildEdits } from '../plan/build-edits.ts'
import { commandOf, projectTests } from '../plan/project-tests.ts'
import { planChange, sayPlan } from './run-plan.ts'
import type { PlanInput } from './run-plan.ts'

type BuildCommandInput = PlanInput & Pick<CommandInput, 'dataDir' | 'config'>

/** `heavylift spec build`: exit 0 with a branch, 5 where a gate refused. */
export async function runBuild(input: BuildCommandInput) {
  const { options, print, report, signal, dataDir } = input
  const { root, edits, plan, set } = await planChange(input)
  const name = String(options['name'] ?? options['change'] ?? 'spec-edit')
  const id = createHash('sha256')
    .update(await realpath(root))
    .digest('hex')
    .slice(0, 12)
  const runsFolder = join(dataDir, 'builds', id)
  if (options['again'] === true) await forgetBuild(root, runsFolder, name)
  const given = options['test']
  const testCommand = typeof given === 'string' ? commandOf(given) : await projectTests(root, set.facts)
  for (const line of sayPlan(plan)) print(line)
  print(testCommand ? `Tests: ${testCommand.join(' ')}` : 'Tests: none were found; give them by --test.')
  const { state, body } = await buildEdits({
    name,
    root,
    runsFolder,
    edits,
    set,
    agentCommand: agentOf(options['agent'], input.config),
    testCommand,
    onLine: (line) => print(`  ${line}`),
    onStep: ({ step }) => print(`-- ${step}`),
    report,
    signal,
  })
  for (const { gate, isPassed, reasons } of state.gates) {
    print(`${isPassed ? 'passed ' : 'refused'} ${gate}`)
    for (const reason of reasons) print(`    ${reason}`)
  }
  if (typeof options['body'] === 'string') await writeFile(resolve(options['body']), body)
  const isDone = state.step === 'done'
  print(
    isDone
      ? `Branch ${state.branch} at ${state.commit?.slice(0, 12) ?? ''}: code, spec and facts. Your checkout is as it was.`
      : `Refused. Its work is in ${state.worktree}; --again begins anew.`,
  )
  return { verdict: isDone ? ('yes' as const) : ('no' as const), ...state }
}

function agentOf(given: string | boolean | undefined, config: BuildCommandInput['config']): AgentCommand {
  const { agents } = specConfig.parse(config?.('spec') ?? {})
  if (typeof given !== 'string') return agentByName(literalAgent, agents)
  if (agentNames(agents).includes(given)) return agentByName(given, agents)
  const command = commandOf(given)
  if (command) return command
  throw new InvalidInputError({
    code: 'agent-unknown',
    message: '--agent takes a name of spec.agents, or a command that speaks ACP.',
  })
}
