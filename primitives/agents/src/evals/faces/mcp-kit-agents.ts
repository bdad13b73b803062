const picture =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const sound = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA='
const image = { type: 'image', data: picture, mimeType: 'image/png' }
const resource = (uri: string, text: string, mimeType = 'text/plain') => ({
  type: 'resource',
  resource: { uri, mimeType, text },
})

/** An agent of one step that answers a value. */
const says = (name: string, value: unknown) => ({ name, steps: [{ id: 'say', kind: 'set', value }] })

/** An agent that is a prompt: it returns messages. */
const prompts = (name: string, content: unknown[], ...args: string[]) => ({
  name,
  input: {
    type: 'object',
    required: args,
    properties: Object.fromEntries(args.map((arg) => [arg, { type: 'string', description: arg }])),
  },
  output: { type: 'object', properties: { messages: { type: 'array' } } },
  steps: [
    { id: 'say', kind: 'set', value: { messages: content.map((each) => ({ role: 'user', content: each })) } },
  ],
})

/**
 * Agents that do what the public conformance suite of MCP asks of the tools of a server that it tests. Definitions as anybody writes them; what no agent can
 * be (a tool that asks its caller for a model) is not among them.
 */
export const mcpKitAgents: Record<string, unknown>[] = [
  says('test-simple-text', 'This is a simple text response for testing.'),
  says('test-image-content', { content: [image] }),
  says('test-audio-content', { content: [{ type: 'audio', data: sound, mimeType: 'audio/wav' }] }),
  says('test-embedded-resource', {
    content: [resource('test://embedded-resource', 'This is an embedded resource content.')],
  }),
  says('test-multiple-content-types', {
    content: [
      { type: 'text', text: 'Multiple content types test:' },
      image,
      resource('test://mixed-content-resource', '{"test":"data","value":123}', 'application/json'),
    ],
  }),
  {
    name: 'test-error-handling',
    steps: [
      { id: 'fail', kind: 'set', value: '${int("This tool intentionally returns an error for testing")}' },
    ],
  },
  {
    name: 'test-tool-with-progress',
    steps: ['one', 'two', 'three'].map((id, at, all) => ({
      id,
      kind: 'set',
      value: at,
      after: at === 0 ? [] : [all[at - 1]],
    })),
  },
  prompts('test-simple-prompt', ['This is a simple prompt for testing.']),
  prompts(
    'test-prompt-with-arguments',
    ["Prompt with arguments: arg1='${input.arg1}', arg2='${input.arg2}'"],
    'arg1',
    'arg2',
  ),
  prompts(
    'test-prompt-with-embedded-resource',
    [
      {
        type: 'resource',
        resource: {
          uri: '${input.resourceUri}',
          mimeType: 'text/plain',
          text: 'Embedded resource content for testing.',
        },
      },
      'Please process the embedded resource above.',
    ],
    'resourceUri',
  ),
  prompts('test-prompt-with-image', [image, 'Please analyze the image above.']),
  {
    name: 'json-schema-2020-12-tool',
    summary: 'Tool with JSON Schema 2020-12 features for conformance testing (SEP-1613)',
    input: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      $defs: {
        address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } },
      },
      properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
      additionalProperties: false,
    },
    steps: [{ id: 'say', kind: 'set', value: '${input}' }],
  },
]
