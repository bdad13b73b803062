import type { StepKind } from '../../src/definition/step.ts'
import type { FieldSpec } from './fields.tsx'

const template = 'Text or JSON; ${…} is an expression over input and steps.'
const model: FieldSpec = {
  name: 'model',
  label: 'Model',
  help: 'A route of the gateway; empty: the default one.',
  kind: 'text',
  isOptional: true,
}
const output: FieldSpec = {
  name: 'output',
  label: 'Answer’s JSON Schema',
  help: 'Without it the answer is text.',
  kind: 'json',
  isOptional: true,
}

/** The fields of each kind of step, in the order of its form. Tools and agents to choose from are added by the form. */
export const stepFields: Record<StepKind, FieldSpec[]> = {
  tool: [
    { name: 'tool', label: 'Tool', kind: 'choice' },
    { name: 'with', label: 'Arguments', help: template, kind: 'json' },
  ],
  model: [
    model,
    { name: 'system', label: 'System prompt', kind: 'lines', isOptional: true },
    { name: 'prompt', label: 'Prompt', help: '${…} puts a value in.', kind: 'lines' },
    output,
    { name: 'maxTokens', label: 'Most tokens', kind: 'number', isOptional: true },
  ],
  loop: [
    { name: 'goal', label: 'Goal', help: 'What is to be reached; ${…} puts a value in.', kind: 'lines' },
    { name: 'tools', label: 'Tools it may choose among', kind: 'list' },
    model,
    { name: 'system', label: 'System prompt', kind: 'lines', isOptional: true },
    { name: 'maxTurns', label: 'Most turns', kind: 'number', isOptional: true },
    { name: 'stop', label: 'Stop when', help: 'CEL over turn, calls, text.', kind: 'cel', isOptional: true },
    output,
  ],
  branch: [
    {
      name: 'cases',
      label: 'Cases',
      help: 'Each an id and a condition (when); the first that is true is the exit, else “otherwise”.',
      kind: 'json',
    },
  ],
  map: [
    { name: 'over', label: 'Over', help: 'CEL of a list.', kind: 'cel' },
    { name: 'as', label: 'An item is called', kind: 'text', isOptional: true },
    { name: 'concurrency', label: 'At once', kind: 'number', isOptional: true },
    { name: 'result', label: 'Each item comes to', help: template, kind: 'json', isOptional: true },
  ],
  approve: [
    { name: 'who', label: 'Who may answer', kind: 'list' },
    { name: 'ask', label: 'Question', help: '${…} puts a value in.', kind: 'lines' },
    { name: 'show', label: 'Evidence to show', help: template, kind: 'json', isOptional: true },
    {
      name: 'deadline',
      label: 'Deadline',
      help: 'ISO 8601: PT30M, P3D. Default P3D.',
      kind: 'text',
      isOptional: true,
    },
    {
      name: 'late',
      label: 'When nobody answered',
      kind: 'choice',
      isOptional: true,
      choices: [
        { value: 'refused', label: 'refused' },
        { value: 'approved', label: 'approved' },
        { value: 'error', label: 'error' },
      ],
    },
  ],
  wait: [
    { name: 'for', label: 'For', help: 'ISO 8601: PT30M, P3D.', kind: 'text', isOptional: true },
    { name: 'until', label: 'Until', help: 'CEL of a moment.', kind: 'cel', isOptional: true },
    { name: 'event', label: 'For an event of type', kind: 'text', isOptional: true },
  ],
  agent: [
    { name: 'agent', label: 'Agent', kind: 'choice' },
    { name: 'version', label: 'Version', help: 'Empty: the live one.', kind: 'number', isOptional: true },
    { name: 'with', label: 'Input', help: template, kind: 'json' },
  ],
  code: [
    {
      name: 'code',
      label: 'JavaScript',
      help: 'The body of a function of `input`; no I/O, 64 MiB, 1 s.',
      kind: 'code',
    },
    { name: 'with', label: 'input', help: template, kind: 'json' },
  ],
  set: [{ name: 'value', label: 'Value', help: template, kind: 'json' }],
}

/** Of every step. */
export const commonFields: FieldSpec[] = [
  {
    name: 'when',
    label: 'Only when',
    help: 'CEL; otherwise it is skipped and what comes after goes on.',
    kind: 'cel',
    isOptional: true,
  },
  { name: 'timeout', label: 'Timeout', help: 'ISO 8601: PT30S.', kind: 'text', isOptional: true },
  {
    name: 'retry',
    label: 'Try again',
    help: '{ "attempts": 3, "firstWait": "PT1S", "factor": 2 }',
    kind: 'json',
    isOptional: true,
  },
  { name: 'note', label: 'Note for people', kind: 'lines', isOptional: true },
]

/** Of the agent as a whole. */
export const agentFields: FieldSpec[] = [
  { name: 'title', label: 'Title', kind: 'text' },
  {
    name: 'summary',
    label: 'What it does',
    help: 'For people, and for agents that look for one.',
    kind: 'lines',
    isOptional: true,
  },
  {
    name: 'owner',
    label: 'Owner',
    help: '{ "team": "…", "person": "…", "review": "2027-01-31" }',
    kind: 'json',
    isOptional: true,
  },
  { name: 'tags', label: 'Tags', kind: 'list', isOptional: true },
  { name: 'input', label: 'Input’s JSON Schema', kind: 'json', isOptional: true },
  {
    name: 'result',
    label: 'Result',
    help: 'Out of the steps; empty: the output of the last one.',
    kind: 'json',
    isOptional: true,
  },
  {
    name: 'tools',
    label: 'Tools',
    help: 'Each an id, where it comes from, its name there.',
    kind: 'json',
    isOptional: true,
  },
  {
    name: 'triggers',
    label: 'Triggers',
    help: 'What starts it without a person.',
    kind: 'json',
    isOptional: true,
  },
  {
    name: 'policy',
    label: 'Policy',
    help: 'Rules over each call; the first that is true decides.',
    kind: 'json',
    isOptional: true,
  },
  {
    name: 'limits',
    label: 'Limits',
    help: '{ "concurrentRuns": 10, "usdPerDay": 5 }',
    kind: 'json',
    isOptional: true,
  },
]
