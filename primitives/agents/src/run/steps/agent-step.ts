import type { Step } from '../../definition/step.ts'
import { parseTemplate } from '../../expressions/template.ts'
import { stepPath } from '../../guard/definition-origins.ts'
import { scopeOf } from '../../guard/guard-runs.ts'
import { originsOf } from '../../guard/origins.ts'
import { callAgent } from '../call-agent.ts'
import { fillIn } from '../expressions.ts'
import type { Running, StepDone } from '../running.ts'
import type { Scope } from '../scope.ts'

export async function runAgentStep(
  run: Running,
  step: Extract<Step, { kind: 'agent' }>,
  path: string,
  scope: Scope,
): Promise<StepDone> {
  return {
    output: await callAgent(run, {
      path,
      agent: step.agent,
      version: step.version ?? null,
      input: fillIn(run, step.with, scope, 'with'),
      origins: originsOf(
        parseTemplate(step.with).flow,
        scopeOf(run.definition, run.row.trigger, stepPath(path)),
      ),
    }),
  }
}
