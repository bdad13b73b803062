/**
 * An agent that does what the public test kit of A2A 1.0 asks of the one that it tests: by the beginning of a message's id (its file
 * `scenarios/*.feature`). It is a definition as anybody writes one.
 */
export const a2aKitAgent = {
  name: 'kit',
  summary: 'Does what the id of a message says.',
  input: { type: 'object', properties: { message: { type: 'string' }, call: { type: 'object' } } },
  steps: [
    {
      id: 'which',
      kind: 'branch',
      cases: [
        { id: 'asks', when: starts('tck-input-required') },
        { id: 'slow', when: starts('test-resubscribe-message-id') },
        { id: 'refuses', when: starts('tck-reject-task') },
        { id: 'link', when: starts('tck-artifact-file-url') },
        { id: 'file', when: `${starts('tck-artifact-file')} || ${starts('tck-stream-artifact-file')}` },
        { id: 'data', when: starts('tck-artifact-data') },
      ],
    },
    { id: 'ask', kind: 'approve', after: ['which/asks'], who: ['anyone'], ask: 'Which way?' },
    { id: 'sleep', kind: 'wait', after: ['which/slow'], for: 'PT5S' },
    { id: 'refuse', kind: 'set', after: ['which/refuses'], value: '${int("rejected")}' },
    {
      id: 'file',
      kind: 'set',
      after: ['which/file'],
      value: {
        content: [
          {
            type: 'resource',
            resource: {
              uri: 'kit://files/output.txt',
              mimeType: 'text/plain',
              text: 'Generated file content',
            },
          },
        ],
      },
    },
    {
      id: 'link',
      kind: 'set',
      after: ['which/link'],
      value: {
        content: [
          {
            type: 'resource_link',
            uri: 'https://example.com/output.txt',
            name: 'output.txt',
            mimeType: 'text/plain',
          },
        ],
      },
    },
    { id: 'data', kind: 'set', after: ['which/data'], value: { key: 'value', count: 42 } },
    { id: 'text', kind: 'set', after: ['which/otherwise'], value: 'Generated text content' },
  ],
}

function starts(prefix: string): string {
  return `input.call.id.startsWith('${prefix}')`
}
