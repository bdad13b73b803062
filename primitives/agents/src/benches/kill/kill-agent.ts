/** Every kind of call, one after the other, beside each other, in a map and in a loop of a model. */
export const killAgent = {
  schema: 'heavylift.agent/1',
  name: 'killed',
  title: 'Killed',
  tools: ['keyed', 'checked', 'blind'].map((tool) => ({ id: tool, from: 'world', tool })),
  steps: [
    { id: 'first', kind: 'tool', tool: 'keyed', with: { n: 1, run: '${run.id}' } },
    { id: 'second', kind: 'tool', after: ['first'], tool: 'checked', with: { n: 2, run: '${run.id}' } },
    { id: 'third', kind: 'tool', after: ['first'], tool: 'blind', with: { n: 3, run: '${run.id}' } },
    {
      id: 'each',
      kind: 'map',
      after: ['second', 'third'],
      over: '[4, 5, 6]',
      steps: [{ id: 'one', kind: 'tool', tool: 'keyed', with: { n: '${item}', run: '${run.id}' } }],
    },
    {
      id: 'solve',
      kind: 'loop',
      after: ['each'],
      goal: '${run.id}',
      tools: ['keyed', 'checked'],
      maxTurns: 5,
    },
  ],
  result: '${steps.solve.output}',
}

/** What each run does outside, once. */
export const expectedEffects = [1, 2, 3, 4, 5, 6, 11, 12, 21, 22]

/** The loop's model: two turns of two calls, then it is done. */
export function nextTurn(messages: readonly { role: string; content: string }[]): {
  text: string
  calls: { name: string; arguments: string }[]
} {
  const turn = messages.filter(({ role }) => role === 'assistant').length + 1
  const run = messages.find(({ role }) => role === 'user')?.content
  if (turn > 2) return { text: 'done', calls: [] }
  return {
    text: '',
    calls: ['keyed', 'checked'].map((name, index) => ({
      name,
      arguments: JSON.stringify({ n: turn * 10 + index + 1, run }),
    })),
  }
}
