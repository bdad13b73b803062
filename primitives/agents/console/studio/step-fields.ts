import type { StepKind } from '../../src/definition/step.ts'
import type { FieldSpec } from './field-spec.ts'

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
      help: 'The first that is true is the exit that is taken, else “otherwise”.',
      kind: 'records',
      one: 'case',
      fields: [
        { name: 'id', label: 'Exit', kind: 'text' },
        { name: 'when', label: 'When', help: 'CEL over input and steps.', kind: 'cel' },
      ],
      fresh: () => ({ when: '' }),
      tell: ({ when }) => asWords(when),
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
    kind: 'group',
    fields: [
      { name: 'attempts', label: 'Tries in all', kind: 'number', isOptional: true },
      {
        name: 'firstWait',
        label: 'First wait',
        help: 'ISO 8601: PT1S. Default PT1S.',
        kind: 'text',
        isOptional: true,
      },
      {
        name: 'factor',
        label: 'Each wait is so many times the one before',
        kind: 'number',
        isOptional: true,
      },
    ],
    isOptional: true,
  },
  { name: 'note', label: 'Note for people', kind: 'lines', isOptional: true },
]

const asWords = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What each kind of trigger says beside its id and input. */
const triggerFields: Record<string, FieldSpec[]> = {
  schedule: [
    { name: 'cron', label: 'Cron', help: '0 7 * * 1-5: at seven on weekdays.', kind: 'text' },
    { name: 'timezone', label: 'Time zone', help: 'Default UTC.', kind: 'text', isOptional: true },
  ],
  webhook: [],
  cloudevent: [
    { name: 'type', label: 'Type', kind: 'text' },
    { name: 'source', label: 'Source', help: 'Empty: any.', kind: 'text', isOptional: true },
  ],
  stream: [{ name: 'stream', label: 'Stream', kind: 'text' }],
  queue: [{ name: 'queue', label: 'Queue', kind: 'text' }],
}

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
    help: 'Who answers for it.',
    kind: 'group',
    fields: [
      { name: 'team', label: 'Team', kind: 'text', isOptional: true },
      { name: 'person', label: 'Person', kind: 'text', isOptional: true },
      { name: 'standIn', label: 'Stand-in', kind: 'text', isOptional: true },
      {
        name: 'review',
        label: 'Looked at again by',
        help: 'A day: 2027-01-31.',
        kind: 'text',
        isOptional: true,
      },
    ],
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
    help: 'What its steps may call. The palette adds tools that are registered.',
    kind: 'records',
    one: 'tool',
    fields: [
      { name: 'id', label: 'Id', help: 'What steps call it.', kind: 'text' },
      { name: 'from', label: 'Source', help: 'As it is registered: mcp:files, http:crm.', kind: 'text' },
      { name: 'tool', label: 'Name there', kind: 'text' },
      {
        name: 'credential',
        label: 'Credential',
        help: 'By its name; only the edge of a call sees it.',
        kind: 'text',
        isOptional: true,
      },
    ],
    fresh: () => ({ from: '', tool: '' }),
    tell: ({ from, tool }) => `${asWords(from)} ${asWords(tool)}`.trim(),
    isOptional: true,
  },
  {
    name: 'triggers',
    label: 'Triggers',
    help: 'What starts it without a person.',
    kind: 'records',
    one: 'trigger',
    choices: [
      { value: 'schedule', label: 'Schedule' },
      { value: 'webhook', label: 'Webhook' },
      { value: 'cloudevent', label: 'CloudEvent' },
      { value: 'stream', label: 'Stream' },
      { value: 'queue', label: 'Queue' },
    ],
    fields: ({ kind }) => [
      { name: 'id', label: 'Id', kind: 'text' },
      ...(triggerFields[asWords(kind)] ?? []),
      { name: 'input', label: 'Input of the run', help: template, kind: 'json', isOptional: true },
    ],
    fresh: (kind) => ({
      kind,
      ...Object.fromEntries(
        (triggerFields[kind] ?? []).flatMap(({ name, isOptional }) =>
          isOptional === true ? [] : [[name, '']],
        ),
      ),
    }),
    tell: ({ id, kind, cron, type, stream, queue }) =>
      [id === kind ? '' : kind, cron, type, stream, queue].map(asWords).filter(Boolean).join(' '),
    isOptional: true,
  },
  {
    name: 'policy',
    label: 'Policy',
    help: 'Rules over each call; the first that is true decides. None: the policy of the house.',
    kind: 'records',
    one: 'rule',
    fields: [
      { name: 'id', label: 'Id', kind: 'text' },
      { name: 'when', label: 'When', help: 'CEL over agent, user, tool, args, origins.', kind: 'cel' },
      {
        name: 'verdict',
        label: 'Then',
        kind: 'choice',
        choices: [
          { value: 'allow', label: 'allow' },
          { value: 'ask', label: 'ask a person' },
          { value: 'refuse', label: 'refuse' },
        ],
      },
      { name: 'because', label: 'Because', help: 'What people are told.', kind: 'text', isOptional: true },
    ],
    fresh: () => ({ when: '', verdict: 'ask' }),
    tell: ({ when, verdict }) => `${asWords(verdict)} when ${asWords(when)}`,
    isOptional: true,
  },
  {
    name: 'limits',
    label: 'Limits',
    help: 'Empty: no limit but the team’s and the tenant’s.',
    kind: 'group',
    fields: [
      { name: 'concurrentRuns', label: 'Runs at once', kind: 'number', isOptional: true },
      { name: 'runsPerMinute', label: 'Runs a minute', kind: 'number', isOptional: true },
      { name: 'usdPerRun', label: 'US dollars a run', kind: 'number', isOptional: true },
      { name: 'usdPerDay', label: 'US dollars a day', kind: 'number', isOptional: true },
    ],
    isOptional: true,
  },
]
