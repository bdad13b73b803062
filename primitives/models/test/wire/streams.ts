/** Streams as the references of the three APIs show them, written anew. */

const sse = (events: object[], isNamed: boolean) =>
  events
    .map((event) => {
      const name = isNamed && 'type' in event ? `event: ${String(event.type)}\n` : ''
      return `${name}data: ${JSON.stringify(event)}\n\n`
    })
    .join('')

const chunk = (choices: object[], usage: object | null = null) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_760_000_000,
  model: 'small',
  choices,
  usage,
})
const delta = (value: object, finish: string | null = null) =>
  chunk([{ index: 0, delta: value, logprobs: null, finish_reason: finish }])

export const chatStream = `${sse(
  [
    delta({ role: 'assistant', content: '' }),
    delta({ content: 'Hello' }),
    delta({ content: ' wörld "quoted" \\' }),
    delta({}, 'stop'),
    chunk([], { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 }),
  ],
  false,
)}data: [DONE]\n\n`

export const anthropicStream = sse(
  [
    {
      type: 'message_start',
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        content: [],
        model: 'large',
        stop_reason: null,
        stop_sequence: null,
        usage: {
          input_tokens: 25,
          cache_creation_input_tokens: 7,
          cache_read_input_tokens: 100,
          output_tokens: 1,
        },
      },
    },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'ping' },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: '!' } },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 15 },
    },
    { type: 'message_stop' },
  ],
  true,
)

const response = (status: string, usage: object | null) => ({
  id: 'resp_1',
  object: 'response',
  status,
  output: [],
  tools: [{ type: 'function', parameters: { properties: { usage: { type: 'object' } } } }],
  usage,
  user: null,
})

export const responsesStream = sse(
  [
    { type: 'response.created', response: response('in_progress', null), sequence_number: 0 },
    { type: 'response.output_text.delta', item_id: 'msg_1', delta: 'Hi', sequence_number: 1 },
    {
      type: 'response.completed',
      response: response('completed', {
        input_tokens: 30,
        input_tokens_details: { cached_tokens: 6 },
        output_tokens: 9,
        output_tokens_details: { reasoning_tokens: 4 },
        total_tokens: 39,
      }),
      sequence_number: 2,
    },
  ],
  true,
)
