import { record, text } from '../json.ts'
import { agentNameOf, cut, slug } from '../names.ts'
import { appStep, httpStep } from './app-nodes.ts'
import { branch, condition, switchStep } from './branch-nodes.ts'
import { classifierStep, isQuestion, modelStep } from './model-nodes.ts'
import { at, mapped } from './node-step.ts'
import type { Mapper, NodeInput, NodeStep } from './node-step.ts'
import { codeStep, mergeStep, setStep } from './value-nodes.ts'
import { baseOf } from './workflow.ts'

/** Nodes that change files or run programs of the machine that n8n runs on: nothing here does, and nothing stands in for them. */
const ofTheMachine = /^(executeCommand|ssh|readWriteFile|readBinaryFiles?|writeBinaryFile|ftp)$/

/** What a node becomes. Control nodes of n8n become steps of their own kind, all others tools of their app. */
export function stepOf(input: NodeInput): NodeStep {
  const { node, parts } = input
  const base = baseOf(node.type)
  const own = control.get(base)
  if (own) return own(input)
  if (ofTheMachine.test(base))
    return {
      step: { kind: 'set', value: null },
      state: 'by-hand',
      note: `${base} reaches into the machine that runs n8n. Use objects, or a tool that an administrator registers.`,
    }
  if (
    parts.has('ai_languageModel') ||
    /^(agent|chain\w+|openAi|anthropic|googleGemini|ollama|mistralAi)$/.test(base)
  )
    if (node.type.includes('langchain') || isQuestion(node)) return modelStep(input)
  return appStep(input)
}

const control = new Map<string, Mapper>([
  ['if', (input) => branch(input, [{ id: 'yes', when: condition(input) }], { 0: 'yes', 1: 'otherwise' })],
  [
    'filter',
    (input) => branch(input, [{ id: 'kept', when: condition(input) }], { 0: 'kept', 1: 'otherwise' }),
  ],
  ['switch', switchStep],
  ['set', setStep],
  ['noOp', ({ incoming }) => mapped({ kind: 'set', value: `\${${incoming}}` })],
  ['code', codeStep],
  ['function', codeStep],
  ['functionItem', codeStep],
  ['merge', mergeStep],
  ['textClassifier', classifierStep],
  ['wait', waitStep],
  [
    'stopAndError',
    (input) => {
      const value = input.values.template(
        at(input, 'errorMessage') ?? at(input, 'errorObject') ?? 'Stopped.',
        `${input.place}/errorMessage`,
      )
      return mapped({
        kind: 'code',
        code: 'throw new Error(typeof input.message === "string" ? input.message : JSON.stringify(input.message))',
        with: { message: value },
      })
    },
  ],
  ['executeWorkflow', executeStep],
  [
    'respondToWebhook',
    (input) => {
      const body = at(input, 'responseBody')
      const json =
        typeof body === 'string' && at(input, 'respondWith') === 'json'
          ? input.values.json(body, `${input.place}/responseBody`)
          : undefined
      return mapped(
        {
          kind: 'set',
          value:
            json ??
            (body === undefined
              ? `\${${input.incoming}}`
              : input.values.template(body, `${input.place}/responseBody`)),
        },
        {
          state: 'approximated',
          note: 'The answer is the output of this step; name it in `result`, and take its headers from the caller.',
          isPassing: false,
        },
      )
    },
  ],
  ['httpRequest', httpStep],
  [
    'splitInBatches',
    ({ incoming }) =>
      mapped(
        { kind: 'set', value: `\${${incoming}}` },
        { state: 'approximated', note: 'Nothing is repeated by it here.' },
      ),
  ],
  ['stickyNote', () => mapped({ kind: 'set', value: null })],
])

function waitStep(input: NodeInput): NodeStep {
  const { values, place } = input
  const resume = text(at(input, 'resume')) || 'timeInterval'
  if (resume === 'webhook' || resume === 'form')
    return mapped(
      { kind: 'wait', event: `resume.${slug(input.node.name, '_') || 'wait'}` },
      {
        isPassing: true,
        state: 'approximated',
        note: 'It goes on at this event; send it with the id of the run.',
      },
    )
  if (resume === 'specificTime') {
    const until = values.cel(at(input, 'dateTime'), `${place}/dateTime`)
    if (until !== null) return mapped({ kind: 'wait', until: `timestamp(${until})` }, { isPassing: true })
  }
  const amount = Number(at(input, 'amount') ?? 1)
  const letters: Record<string, (n: number) => string> = {
    seconds: (n) => `PT${n}S`,
    minutes: (n) => `PT${n}M`,
    hours: (n) => `PT${n}H`,
    days: (n) => `P${n}D`,
  }
  const unit = text(at(input, 'unit')) || (input.node.typeVersion >= 1.1 ? 'seconds' : 'hours')
  const whole = Number.isFinite(amount) && letters[unit] ? letters[unit](amount) : null
  return whole !== null && Number.isInteger(amount)
    ? mapped({ kind: 'wait', for: whole }, { isPassing: true })
    : {
        step: {
          kind: 'wait',
          for: Number.isFinite(amount)
            ? `PT${Math.max(1, Math.round(amount * (unit === 'minutes' ? 60 : unit === 'hours' ? 3600 : unit === 'days' ? 86_400 : 1)))}S`
            : 'PT1M',
        },
        state: Number.isFinite(amount) ? 'mapped' : 'by-hand',
        isPassing: true,
        ...(Number.isFinite(amount) ? {} : { note: 'How long it waits is worked out in n8n; write it.' }),
      }
}

function executeStep(input: NodeInput): NodeStep {
  const given = at(input, 'workflowId')
  const name = text(record(given)['cachedResultName'] ?? record(given)['value'] ?? given)
  const inputs = record(at(input, 'workflowInputs'))['value']
  return {
    step: {
      kind: 'agent',
      agent: agentNameOf(name.replace(/^=/, '') || 'workflow'),
      with:
        inputs === undefined || inputs === null
          ? `\${${input.incoming}}`
          : input.values.template(inputs, `${input.place}/workflowInputs`),
    },
    state: 'approximated',
    note: `It calls the workflow "${cut(name, 200)}": import that one too.`,
  }
}
